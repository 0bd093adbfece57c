/** A public notice: what its page shows, and nothing else (policy 7). */
import type { Standing } from "#shared/casework/raise-objection.ts";
import { categoryTitles } from "#shared/domain/assessment.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import { noticeKinds } from "#shared/web/notice-lines.ts";
import { programmeById } from "#workflows/registry.ts";
import { say, type Call } from "../operation.ts";
import type { NoticeBody } from "../document/schemas.ts";

const relief = { zh: "救助", en: "Relief" };

export const noticeBody = (
  call: Call,
  { notice }: Standing,
  organisation: Organisation,
): NoticeBody => {
  const contact = unitOf(organisation, notice.unitId)?.contact;
  return {
    applicationId: notice.applicationId,
    kind: notice.kind,
    kindName: say(call, noticeKinds[notice.kind]),
    maskedName: notice.maskedName,
    unitId: notice.unitId,
    unitName: say(call, notice.unitName),
    programmeId: notice.programmeId,
    programmeTitle: say(call, programmeById(notice.programmeId)?.title ?? relief),
    category: notice.category && say(call, categoryTitles[notice.category]),
    amountFen: notice.amountFen,
    publishedAt: notice.publishedAt,
    endsAt: notice.endsAt,
    contact: contact ? say(call, contact) : null,
  };
};
