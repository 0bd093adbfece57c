/** Money has come: cases that wait for it get their reservation, the one that has waited longest first. */
import type { Application } from "#shared/domain/application.ts";
import { reserveWaitingFrom } from "#shared/domain/decision.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { policyOf, programmeOf } from "./load.ts";
import { signal } from "./signal.ts";

type Uses = Pick<Dependencies, "cases" | "funds" | "workflow" | "clock">;

/** A case's funds in its order of use: every open fund of each code in turn. */
export const fundsInOrder = (application: Application, funds: readonly Fund[]): readonly Fund[] =>
  application.fundOrder.flatMap((code) => funds.filter((fund) => fund.code === code && fund.open));

const reserveOne = async (
  { cases, clock }: Uses,
  application: Application,
  funds: readonly Fund[],
): Promise<Application | null> => {
  for (const fund of fundsInOrder(application, funds)) {
    const { finalNotice } = programmeOf(application);
    const reserving = reserveWaitingFrom(
      application,
      fund,
      clock.now(),
      finalNotice,
      policyOf(application),
    );
    if (!reserving) return null;
    const outcome = await cases.commit(reserving);
    if (outcome === "committed") return reserving.step.after;
    // Short of money here: the next fund of its order may have it. Anything else: somebody moved the case.
    if (outcome !== "no_money") return null;
  }
  return null;
};

const pageSize = 100;

/**
 * Reserves for waiting cases, oldest first. A case that its funds can't pay is passed over, so that a large
 * award doesn't keep a small one waiting. @returns how many got their money.
 */
export const reserveWaiting = async (uses: Uses): Promise<number> => {
  const funds = await uses.funds.all();
  let reserved = 0;
  let after: string | undefined;
  do {
    const page = await uses.cases.queue(
      { kind: "status", status: "waiting_for_funds" },
      pageSize,
      after,
    );
    for (const { applicationId } of page.rows) {
      const application = await uses.cases.get(applicationId);
      if (application?.status !== "waiting_for_funds") continue;
      const moved = await reserveOne(uses, application, funds);
      if (!moved) continue;
      reserved += 1;
      const wait = await uses.cases.wait(applicationId, "funds");
      // The money is kept for it whether its execution hears of it now or by resume-stalled.
      if (wait) await signal(uses, moved, wait.taskToken).catch(() => false);
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
  return reserved;
};
