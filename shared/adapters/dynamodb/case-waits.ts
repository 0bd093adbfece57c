/** Who was asked about a case, and the tokens of the executions that wait for an answer. */
import type { Approval } from "#shared/domain/approval.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { CaseStore } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { approvalOf, approvalRow } from "./case-rows.ts";
import {
  absent,
  getRow,
  putRow,
  rowsUnder,
  updateRow,
  type Condition,
  type Key,
  type Table,
} from "./client.ts";
import { applicationPartition, approvalKey, waitKey } from "./keys.ts";

const tokenScope = (id: ApplicationId, attribute: string) => ({
  owner: applicationPartition(id),
  attribute,
  salt: "",
});

type Approvals = Pick<
  CaseStore,
  "approval" | "putApproval" | "markMailed" | "markReminded" | "useUpPinTry"
>;
type Waits = Pick<CaseStore, "putWait" | "wait" | "waitingTokens">;

const approvalTokenScope = (id: ApplicationId) => tokenScope(id, "approval.taskToken");
const waitTokenScope = (id: ApplicationId, kind: string) => tokenScope(id, `wait.${kind}`);

/** The record stands as it was read: nobody else asked, guessed or decided meanwhile. */
const unchangedSince = (previous: Approval): Condition => ({
  expression:
    "ask = :ask AND linkHash = :link AND pinTries = :tries AND (attribute_not_exists(decidedAt) OR decidedAt = :decided)",
  values: {
    ":ask": previous.ask,
    ":link": previous.linkHash,
    ":tries": previous.pinTries,
    ":decided": previous.decidedAt ?? "",
  },
});

const keyOf = ({ applicationId, round, tier, seat }: Approval): Key =>
  approvalKey(applicationId, round, tier, seat);

const approvalsIn = (table: Table, vault: Vault): Approvals => ({
  approval: async (id, round, tier, seat) => {
    const row = await getRow(table, approvalKey(id, round, tier, seat));
    if (!row) return null;
    const approval = approvalOf(row);
    return {
      ...approval,
      taskToken: await vault.open(approvalTokenScope(id), approval.taskToken),
    };
  },
  putApproval: async (approval, previous) => {
    const scope = approvalTokenScope(approval.applicationId);
    const taskToken = await vault.seal(scope, approval.taskToken);
    const row = approvalRow({ ...approval, taskToken });
    return putRow(table, row, previous ? unchangedSince(previous) : absent);
  },
  markMailed: async (approval, at) => {
    await updateRow(table, keyOf(approval), {
      update: "SET mailedAt = :at",
      expression: "linkHash = :link",
      values: { ":at": at, ":link": approval.linkHash },
    });
  },
  markReminded: async (approval, at) => {
    await updateRow(table, keyOf(approval), {
      update: "SET remindedAt = :at",
      expression: "linkHash = :link",
      values: { ":at": at, ":link": approval.linkHash },
    });
  },
  useUpPinTry: async (approval) =>
    (await updateRow(table, keyOf(approval), {
      update: "SET pinTries = :next",
      expression: "pinTries = :tries AND linkHash = :link AND attribute_not_exists(decidedAt)",
      values: {
        ":next": approval.pinTries + 1,
        ":tries": approval.pinTries,
        ":link": approval.linkHash,
      },
    })) !== null,
});

const newestFirst = (a: Approval, b: Approval): number =>
  (a.decidedAt ?? a.requestedAt) < (b.decidedAt ?? b.requestedAt) ? 1 : -1;

export const waitsIn = (table: Table, vault: Vault): Approvals & Waits => ({
  ...approvalsIn(table, vault),
  putWait: async (id, kind, { taskToken, caseVersion }) => {
    const sealed = await vault.seal(waitTokenScope(id, kind), taskToken);
    await putRow(table, { ...waitKey(id, kind), sealed, caseVersion });
  },
  wait: async (id, kind) => {
    const row = await getRow(table, waitKey(id, kind));
    if (!row) return null;
    const { sealed, caseVersion } = row as { sealed: string; caseVersion: number };
    return { taskToken: await vault.open(waitTokenScope(id, kind), sealed), caseVersion };
  },
  waitingTokens: async (id) => {
    const waits = await rowsUnder(table, applicationPartition(id), "WAIT#");
    const approvals = await rowsUnder(table, applicationPartition(id), "APPROVAL#");
    return Promise.all([
      ...waits.map(({ SK, sealed }) => {
        const kind = (SK as string).slice("WAIT#".length);
        return vault.open(waitTokenScope(id, kind), sealed as string);
      }),
      ...approvals
        .map(approvalOf)
        .toSorted(newestFirst)
        .map(({ taskToken }) => vault.open(approvalTokenScope(id), taskToken)),
    ]);
  },
});
