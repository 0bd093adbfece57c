/** What follows a failed payment: its applicant gives another card, and a second person checks it. */
import type { Application } from "#shared/domain/application.ts";
import { passCard } from "#shared/domain/card-check.ts";
import { mendCard } from "#shared/domain/intake.ts";
import { commonPolicy } from "./cases.ts";
import { maker } from "./disbursement.ts";
import { loadCase, type DisbursementWorld } from "./disbursement-world.ts";

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
  const mended = mendCard(application, moment);
  if (mended.kind === "refused") throw new Error(mended.code);
  if ((await cases.commit({ step: mended.step, answers })) !== "committed") {
    throw new Error("the card was not mended");
  }
  const waiting = await loadCase({ cases }, application.id);
  const passed = passCard(waiting, maker, moment, null);
  if (passed.kind === "refused") throw new Error(passed.code);
  if ((await cases.commit({ step: passed.step })) !== "committed") {
    throw new Error("the card was not checked");
  }
};
