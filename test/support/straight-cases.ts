/** Cases before their district that the rules bear out whole, in the casework world: with the event that says so. */
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { zeroFen } from "#shared/kernel/money.ts";
import { monday } from "./cases.ts";
import { caseOf, storeAskedCase, type CaseworkWorld } from "./casework-world.ts";

const assessmentOf = (
  { amountFen, category, fundOrder, programmeId }: Application,
  changes: Partial<Assessment>,
): Assessment => ({
  programmeId,
  policyVersion: "v",
  category,
  recommendation: "approve",
  refusal: null,
  amountFen,
  advanceFen: zeroFen,
  fundOrder,
  flags: [],
  steps: [],
  ...changes,
});

/** Stores the case, assessed and asked about, as it stands after that. */
export const storeStraight = async (
  { uses }: Pick<CaseworkWorld, "uses">,
  number: number,
  given: {
    readonly changes?: Partial<Application>;
    readonly asked?: Partial<Approval>;
    readonly assessment?: Partial<Assessment>;
  } = {},
): Promise<{ readonly application: Application; readonly approval: Approval }> => {
  const stored = await storeAskedCase(uses, number, given.changes, given.asked);
  const before = { ...stored.application, status: "submitted" as const };
  await putRow(uses.table, applicationRow(before));
  const taken = takeStep(before, "in_approval", {
    type: "assessed",
    at: monday,
    actor: { kind: "system", task: "test" },
    confidential: { assessment: assessmentOf(stored.application, given.assessment ?? {}) },
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  await uses.cases.commit({ step: taken.step });
  const application = await caseOf(uses, before);
  const approval = { ...stored.approval, caseVersion: application.version };
  if (!(await uses.cases.putApproval(approval, stored.approval))) throw new Error("asked anew");
  return { application, approval };
};
