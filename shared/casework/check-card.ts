/** Mended card details before a second person: the old beside the new, and what follows (domain/card-check.ts). */
import type { Application } from "#shared/domain/application.ts";
import {
  isCardToCheck,
  passCard,
  refusedAnswersVersion,
  sendBackCard,
} from "#shared/domain/card-check.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { ApplicationId, StaffId } from "#shared/kernel/ids.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { cardToMendMail } from "#shared/web/mails/card-to-mend.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deliveryOf, loadFacts, policyOf } from "./load.ts";
import { momentAt } from "./moment.ts";

type Uses = Pick<Dependencies, "cases" | "clock" | "mailer" | "policy" | "siteUrl">;

const pageSize = 100;

/** Cases whose mended card waits to be checked, as their queue tells, the oldest first; at most so many. */
export const cardsToCheck = async (
  { cases }: Pick<Uses, "cases">,
  max: number,
): Promise<readonly QueueEntry[]> => {
  const found: QueueEntry[] = [];
  let after: string | undefined;
  do {
    const queue = { kind: "status", status: "payment_failed" } as const;
    const page = await cases.queue(queue, pageSize, after);
    found.push(...page.rows.filter(isCardToCheck));
    after = page.next ?? undefined;
  } while (after !== undefined && found.length < max);
  return found.slice(0, max);
};

interface CardDetails {
  readonly name: string;
  readonly bankName: string;
  readonly cardNumber: string;
}

/** What the bank refused, and what is to be paid to instead. */
export interface CardChange {
  readonly application: Application;
  readonly before: CardDetails;
  readonly after: CardDetails;
}

const detailsOf = (answers: Answers | null): CardDetails => ({
  name: (answers?.["applicantName"] ?? "").trim(),
  bankName: (answers?.["bankName"] ?? "").trim(),
  cardNumber: (answers?.["bankCardNumber"] ?? "").replaceAll(/[\s-]/gu, ""),
});

/** @returns null when no mended card of the case waits to be checked. */
export const loadCardChange = async (
  { cases }: Pick<Uses, "cases">,
  id: ApplicationId,
): Promise<CardChange | null> => {
  const application = await cases.get(id);
  if (!application || !isCardToCheck(application)) return null;
  const version = refusedAnswersVersion(await cases.events(application));
  if (version === null) return null;
  const [before, after] = await Promise.all([
    cases.answers(application, version),
    cases.answers(application),
  ]);
  return { application, before: detailsOf(before), after: detailsOf(after) };
};

/** Only the account may have changed: another name is another payee, and that is no mending. */
export const hasSameHolder = ({ before, after }: CardChange): boolean =>
  after.name !== "" && before.name === after.name;

export type CardChecked =
  | "done"
  /** It was checked, or changed, since the page was shown. */
  | "moved"
  | "own_entry"
  | "other_holder";

/** The version a page showed: what is passed is what was looked at. */
export interface ShownCard {
  readonly id: ApplicationId;
  readonly version: number;
}

/** Passes one mended card. Sent twice, it is passed once. */
export const passMendedCard = async (
  uses: Uses,
  { id, version }: ShownCard,
  by: StaffId,
): Promise<CardChecked> => {
  const change = await loadCardChange(uses, id);
  if (change?.application.version !== version) return "moved";
  if (!hasSameHolder(change)) return "other_holder";
  const { application } = change;
  const moment = momentAt(uses, application.submittedAt);
  const passed = passCard(application, by, moment, deliveryOf(uses, application));
  if (passed.kind === "refused") return passed.code === "own_entry" ? "own_entry" : "moved";
  return (await uses.cases.commit({ step: passed.step })) === "committed" ? "done" : "moved";
};

/** The applicant hears of it where there is an address; the status page says the same. */
const tell = async (uses: Uses, application: Application): Promise<void> => {
  const { email } = await loadFacts(uses, application);
  if (email === "") return;
  await uses.mailer.send(
    cardToMendMail({
      to: email,
      locale: application.locale,
      applicationId: application.id,
      attempt: application.attempt,
      sentBackAtVersion: application.version,
      deadlineAt: application.deadlineAt,
      link: absolute(uses.siteUrl, paths.card(application.id)),
    }),
  );
};

/** Sends a mended card back to its applicant, with words. */
export const sendBackMendedCard = async (
  uses: Uses,
  { id, version }: ShownCard,
  given: { readonly by: StaffId; readonly words: string },
): Promise<CardChecked> => {
  const application = await uses.cases.get(id);
  if (application?.version !== version) return "moved";
  const { flowClock, calendar } = policyOf(uses, application);
  const clock = { repairWorkingDays: flowClock.failedPaymentRepair, calendar };
  const back = sendBackCard(application, { ...given, at: uses.clock.now() }, clock);
  if (back.kind === "refused") return back.code === "own_entry" ? "own_entry" : "moved";
  if ((await uses.cases.commit({ step: back.step })) !== "committed") return "moved";
  await tell(uses, back.step.after).catch(() => undefined);
  return "done";
};
