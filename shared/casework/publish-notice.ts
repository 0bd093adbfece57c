/** Publishing a case's notice (公示): made of what may be shown, checked for what may not, kept once (policy 7). */
import type { Application } from "#shared/domain/application.ts";
import type { Answers, FieldKind, Fields } from "#shared/domain/form.ts";
import { cardsIn } from "#shared/domain/people-field.ts";
import { noticeEndFrom } from "#shared/domain/notice.ts";
import { noticeLeak } from "#shared/domain/notice-check.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import {
  makeNotice,
  noticeBegan,
  noticeKindOf,
  type Notice,
  type NoticeKind,
} from "#shared/domain/public-notice.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { NoticeWouldLeak } from "#shared/kernel/errors.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { noticeLines, registeredTexts } from "#shared/web/notice-lines.ts";
import { loadFacts, policyOf, programmeOf } from "./load.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "notices" | "clock" | "policy">;

/** A case's present notice: by which event it began, and the notice itself once it is published. */
export interface PresentNotice {
  readonly began: number;
  readonly notice: Notice | null;
}

/** @returns null for a case that stands under no notice, and holds none for an objection. */
export const presentNotice = async (
  { cases, notices }: Pick<Uses, "cases" | "notices">,
  application: Application,
): Promise<PresentNotice | null> => {
  if (noticeKindOf(application) === null && application.status !== "objection") return null;
  const published = await notices.noticesOf(application.id);
  // Nothing has happened since it was published, which is the rule: then no event can name another one.
  const newest = published.find(({ caseVersion }) => caseVersion === application.version);
  if (newest) return { began: newest.caseVersion, notice: newest };
  const began = noticeBegan(await cases.events(application));
  if (began === null) return null;
  return { began, notice: published.find(({ caseVersion }) => caseVersion === began) ?? null };
};

/** Answers in words or numbers that tell who somebody is; amounts, counts and chosen options don't. */
const tellingKinds: readonly FieldKind[] = ["text", "id_number", "phone", "email", "bank_card"];

/** Who a card is about. A workplace, which may be told or not, is a name that an office may share. */
const whoIsOn =
  ({ cards }: Pick<Fields[string], "cards">) =>
  (card: Answers): readonly string[] =>
    Object.entries(cards?.fields ?? {})
      .filter(([, { personal, optional }]) => personal && !optional)
      .map(([name]) => card[name] ?? "");

/** What an applicant told that must reach nobody else, as typed. */
export const personalAnswers = async (
  { cases }: Pick<Uses, "cases">,
  application: Application,
): Promise<readonly string[]> => {
  const fields: Fields = programmeOf(application).form.fields;
  const answers = (await cases.answers(application)) ?? {};
  return Object.entries(answers).flatMap(([name, typed]) => {
    const field = fields[name];
    if (field?.kind === "people") return (cardsIn(typed) ?? []).flatMap(whoIsOn(field));
    // An answer that today's form doesn't know is personal, like one that says so.
    const telling = field ? field.personal && tellingKinds.includes(field.kind) : true;
    return telling && typed !== "" ? [typed] : [];
  });
};

/** @throws NoticeWouldLeak */
const checked = async (uses: Uses, application: Application, notice: Notice): Promise<Notice> => {
  const { title } = programmeOf(application);
  const leak = noticeLeak({
    texts: (["zh-CN", "en"] as const).flatMap((locale) =>
      Object.values(noticeLines(notice, title, locale)),
    ),
    registered: registeredTexts(notice, title),
    answers: await personalAnswers(uses, application),
  });
  if (leak) throw new NoticeWouldLeak(`the notice holds what looks like: ${leak}`);
  return notice;
};

const noticeNow = async (
  uses: Uses,
  application: Application,
  kind: NoticeKind,
  caseVersion: number,
): Promise<Notice> => {
  const { units } = await uses.directory.organisation();
  const unit = application.unitId && unitOf({ units, staff: [] }, application.unitId);
  invariant(unit, "a noticed case belongs to an office");
  const publishedAt = uses.clock.now();
  return makeNotice({
    application,
    kind,
    caseVersion,
    applicantName: (await loadFacts(uses, application)).applicantName,
    unit,
    publishedAt,
    endsAt: noticeEndFrom(publishedAt, kind, application, policyOf(uses, application)),
  });
};

/**
 * Publishes the case's notice, once: run again it says what was published. Its days count from now, so a notice
 * that went out late stands as long as any other.
 * @returns null when the case stands under no notice any more.
 * @throws NoticeWouldLeak when the notice would tell more than it may; then nothing is published.
 */
export const publishNotice = async (
  uses: Uses,
  application: Application,
): Promise<Notice | null> => {
  const present = await presentNotice(uses, application);
  if (!present || present.notice) return present?.notice ?? null;
  const kind = noticeKindOf(application);
  if (kind === null) return null;
  const made = await noticeNow(uses, application, kind, present.began);
  const notice = await checked(uses, application, made);
  if (await uses.notices.publish(notice)) return notice;
  // Another run published it a moment before: that one stands.
  return (await presentNotice(uses, application))?.notice ?? null;
};
