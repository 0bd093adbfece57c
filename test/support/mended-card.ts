/** What an applicant does after a failed payment: gives another card. */
import type { Application } from "#shared/domain/application.ts";
import { mendCard } from "#shared/domain/intake.ts";
import { commonPolicy } from "./cases.ts";
import type { DisbursementWorld } from "./disbursement-world.ts";

type Uses = Pick<DisbursementWorld["uses"], "cases" | "clock">;

export const applyMendedCard = async (
  { cases, clock }: Uses,
  application: Application,
  bankCardNumber: string,
): Promise<void> => {
  const answers = { ...(await cases.answers(application)), bankCardNumber };
  const moment = {
    now: clock.now(),
    flowClock: commonPolicy.flowClock,
    calendar: commonPolicy.calendar,
  };
  const mended = mendCard(application, moment, null);
  if (mended.kind === "refused") throw new Error(mended.code);
  if ((await cases.commit({ step: mended.step, answers })) !== "committed") {
    throw new Error("the card was not mended");
  }
};
