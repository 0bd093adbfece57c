/**
 * The nightly audit's batches (quality I6, I18, I19): each that has changed since it was found in order, and every one
 * again after some days, since whoever writes past the program raises no version.
 */
import type { Application } from "#shared/domain/application.ts";
import { batchFindings, type BatchLook } from "#shared/domain/batch-audit.ts";
import { wasPaid } from "#shared/domain/batch-closing.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { addDays, localDateOf, startOfDay, type Instant } from "#shared/kernel/calendar.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import type { CheckedBatch } from "#shared/ports/audit-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { itemsSha256 } from "./lock-batch.ts";
import { settledFindings, type Look } from "./settled-findings.ts";

type Uses = Pick<Dependencies, "audit" | "batches" | "cases" | "vault">;

/** After so many days a batch in order is looked at again. */
const againAfterDays = 7;

export interface BatchesAudit {
  readonly findings: readonly Finding[];
  readonly looked: number;
  readonly unsettled: readonly BatchId[];
}

const readLook = async (uses: Uses, id: BatchId): Promise<BatchLook | null> => {
  const batch = await uses.batches.get(id);
  if (batch === null) return null;
  const items = await uses.batches.items(id);
  const live = items.filter((item) => item.status === "ready" || wasPaid(item));
  const posted = live.filter(wasPaid);
  const cases = await uses.cases.getAll([...new Set(live.map((item) => item.applicationId))]);
  return {
    batch,
    items,
    cases: new Map(cases.map((one): [Application["id"], Application] => [one.id, one])),
    postedFen: await uses.audit.posted(posted),
    lockSha256: itemsSha256(uses.vault, items),
  };
};

const markOf = ({ batch, items, cases, lockSha256 }: BatchLook): string =>
  [
    batch.version,
    batch.status,
    lockSha256,
    ...items.map(({ reference, status }) => `${reference} ${status}`),
    ...[...cases.values()].map(({ id, version }) => `${id} ${version}`).toSorted(),
  ].join("\n");

const lookAt = async (uses: Uses, id: BatchId): Promise<Look> => {
  const look = await readLook(uses, id);
  return look ? { mark: markOf(look), findings: batchFindings(look) } : { mark: "", findings: [] };
};

const isDue = (batch: Batch, checked: CheckedBatch | undefined, againBefore: Instant): boolean =>
  checked === undefined || checked.version !== batch.version || checked.at < againBefore;

/** Looks at every batch that is due. One in order is marked; one that isn't is looked at every night. */
export const auditBatches = async (uses: Uses, now: Instant): Promise<BatchesAudit> => {
  const checked = await uses.audit.checkedBatches();
  const againBefore = startOfDay(addDays(localDateOf(now), 1 - againAfterDays));
  const findings: Finding[] = [];
  const unsettled: BatchId[] = [];
  let looked = 0;
  for await (const batch of uses.audit.batches()) {
    if (!isDue(batch, checked.get(batch.id), againBefore)) continue;
    looked += 1;
    const settled = await settledFindings(() => lookAt(uses, batch.id));
    if (settled === null) unsettled.push(batch.id);
    else if (settled.length > 0) findings.push(...settled);
    else await uses.audit.markChecked(batch, now);
  }
  return { findings, looked, unsettled };
};
