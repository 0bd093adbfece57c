/** Cases that wait for an allocation, with the P their assessment measured, and packs that share a pot by a method. */
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey } from "#shared/adapters/dynamodb/keys.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { AllocationPolicy } from "#shared/domain/policy.ts";
import { programmePolicies, type PolicyPack } from "#shared/domain/policy-pack.ts";
import { instant, localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, monday } from "./cases.ts";
import { storeCase, type CaseworkWorld } from "./casework-world.ts";

/** The pack with one programme's way of sharing a short pot. */
export const sharingBy = (
  pack: PolicyPack,
  programmeId: string,
  allocation: AllocationPolicy,
): PolicyPack => ({
  ...pack,
  programmes: {
    ...pack.programmes,
    [programmeId]: programmePolicies<object>(pack, programmeId).map((entry) => ({
      ...entry,
      figures: { ...entry.figures, allocation },
    })),
  },
});

const assessmentOf = (
  { programmeId, amountFen, fundOrder }: Application,
  perCapitaYuan: number | null,
): Assessment => ({
  programmeId,
  policyVersion: "v",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen,
  advanceFen: zeroFen,
  fundOrder,
  flags: [],
  steps:
    perCapitaYuan === null
      ? []
      : [
          {
            rule: "deep.maxP",
            inputs: { differenceFen: yuan(perCapitaYuan * 12 * 3), people: 3 },
            threshold: null,
            outcome: "met",
            clause: "8.1 deep.maxP (H1)",
            says: { zh: "深度困难", en: "severe hardship" },
          },
        ],
});

/** A case that was approved without money, sent on that day of July, with a task that waits for it. */
export const storeWaitingCase = async (
  { uses, waiting }: Pick<CaseworkWorld, "uses" | "waiting">,
  number: number,
  given: {
    readonly day?: number;
    readonly amountYuan?: number;
    readonly perCapitaYuan?: number | null;
  } = {},
  changes: Partial<Application> = {},
): Promise<Application> => {
  const { day = 10, amountYuan = 1_000, perCapitaYuan = 1_000 } = given;
  const application = aCase(number, {
    status: "waiting_for_funds",
    submittedAt: instant(`2026-07-${String(day).padStart(2, "0")}T01:00:00Z`),
    atUnitId: null,
    amountFen: yuan(amountYuan),
    fundOrder: ["UNION"],
    version: 2,
    ...changes,
  });
  await storeCase(uses, { ...application, status: "submitted", version: 1 });
  const assessed = takeStep({ ...application, status: "submitted", version: 1 }, "in_acceptance", {
    type: "assessed",
    at: monday,
    actor: { kind: "system", task: "test" },
    confidential: { assessment: assessmentOf(application, perCapitaYuan) },
  });
  if (assessed.kind === "refused") throw new Error(assessed.code);
  await uses.cases.commit({ step: assessed.step });
  await putRow(uses.table, applicationRow(application));
  await bookToYear(uses, application);
  const taskToken = `funds-${application.id}`;
  await uses.cases.putWait(application.id, "funds", { taskToken, caseVersion: 2 });
  waiting.add(taskToken);
  return application;
};

/** Its award stands in its household's account, as the approval without money booked it. */
const bookToYear = async (
  { table }: Pick<CaseworkWorld["uses"], "table">,
  { household, submittedAt, amountFen, fundOrder, programmeId }: Application,
): Promise<void> => {
  if (household === null || submittedAt === null) return;
  await putRow(table, {
    ...awardAccountKey(household, yearOf(localDateOf(submittedAt))),
    total: amountFen,
    [`fund.${fundOrder[0]}`]: amountFen,
    [`programme.${programmeId}`]: amountFen,
    [`count.${programmeId}`]: 1,
  });
};
