/** A case of the handler's own branch, and the pages for what stands in the way. */
import { handlingRefusal } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, type Desk } from "../../frame.ts";

export interface HandledCase {
  readonly kind: "case";
  readonly application: Application;
  readonly organisation: Organisation;
}

type Refused = { readonly kind: "refused"; readonly page: PageResponse };

const queueLink = (): { href: string; label: Text } => ({
  href: paths.desk("handling"),
  label: { zh: "返回待办", en: "Back to the queue" },
});

const asideWords: Readonly<Record<"own_case" | "decided_it", Text>> = {
  own_case: {
    zh: "申请人是您本人、您的家庭成员或亲属，或者这件申请是您代为录入的，按规定不能由您经办。",
    en: "It is your own application, that of your household or kin, or one that you entered: you may not handle it.",
  },
  decided_it: {
    zh: "您对这件申请作过审批决定，按规定经办和审批不能是同一个人。",
    en: "You have decided on this case: who decides may not handle it as well.",
  },
};

const standAside = (desk: Desk, id: ApplicationId, code: keyof typeof asideWords): PageResponse => {
  log.warn("refused at the desk", {
    function: "serve-desk",
    applicationId: id,
    staffId: desk.session.staff.id,
    code,
  });
  return deskMessage(desk, 403, {
    title: { zh: "这件申请您需要回避", en: "You have to stand aside here" },
    happened: asideWords[code],
    next: {
      zh: "请由本单位或上级工会的其他经办人办理，他们的待办里也有这一件。",
      en: "Another handler of your office or of the one above has it in their queue, too.",
    },
    link: queueLink(),
  });
};

/** @returns the case, or the page that says why it isn't this handler's; of other branches' not even that it is. */
export const loadHandled = async (desk: Desk, typed: string): Promise<HandledCase | Refused> => {
  const { uses, request, session } = desk;
  const id = parseApplicationId(typed);
  const [application, organisation] = await Promise.all([
    id && uses.cases.get(id),
    uses.directory.organisation(),
  ]);
  const notFound: Refused = { kind: "refused", page: notFoundPage(request.locale) };
  if (!application || application.status === "draft") return notFound;
  const refusal = handlingRefusal(organisation, application, session.staff);
  if (refusal === null) return { kind: "case", application, organisation };
  return refusal === "not_your_branch"
    ? notFound
    : { kind: "refused", page: standAside(desk, application.id, refusal) };
};

/** What was sent rests on a case that has moved on since. */
export const changedSince = (desk: Desk, id: ApplicationId): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "案件有变化", en: "The case has changed" },
    happened: {
      zh: "您打开页面以后案件有了新的进展，所以刚才的操作没有办理。",
      en: "The case moved on since you opened the page, so what you sent was not done.",
    },
    next: {
      zh: "请打开案件，看过现在的情况再办理。",
      en: "Open it again and look at it as it stands.",
    },
    link: {
      href: paths.desk("handling", id),
      label: { zh: "打开案件", en: "Open the case" },
    },
  });
