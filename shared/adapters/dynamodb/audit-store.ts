/**
 * What the nightly audit keeps: its findings, its runs, which batches it found in order. A finding freezes its fund in
 * the transaction that takes it down, so that no batch is made between the two (ADR 0036).
 */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { paymentOf } from "#shared/domain/batch-audit.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BatchId } from "#shared/kernel/ids.ts";
import { fen, type Fen } from "#shared/kernel/money.ts";
import type {
  AuditRun,
  AuditStore,
  CheckedBatch,
  ClearedFinding,
  Clearing,
  OpenFinding,
} from "#shared/ports/audit-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { chunksOf } from "./batch-chunks.ts";
import { batchOf } from "./batch-rows.ts";
import {
  absent,
  putRow,
  queryPage,
  queryRows,
  rowsUnder,
  transact,
  type Key,
  type Row,
  type RowUpdate,
  type Table,
  type TransactionItem,
} from "./client.ts";
import { batchQueueKey, fundKey, transferKey } from "./keys.ts";
import {
  auditCheckedKey,
  auditCheckedPartition,
  auditClearedKey,
  auditClearedPartition,
  auditOpenKey,
  auditOpenPartition,
  auditRunKey,
  auditRunsPartition,
} from "./oversight-keys.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";

/** Each finding that is cleared is two writes of a transaction that takes 100, and the fund is one more. */
const clearedAtOnceMax = 40;

const withoutKeys = ({ PK: _partition, SK: _sortKey, ...stored }: Row): Row => stored;

const openOf = (row: Row): OpenFinding =>
  ({ detail: "", ...withoutKeys(row) }) as unknown as OpenFinding;

/** The words stand beside no case, so they are sealed under the finding's own place. */
const wordsScope = ({ PK, SK }: Key) => ({
  owner: PK,
  attribute: `words.${SK}`,
  salt: "",
});

async function* batchesIn(table: Table): AsyncGenerator<Batch> {
  for (const which of ["open", "done"] as const) {
    let keys: Key[] = [];
    const read = async (): Promise<readonly Batch[]> => {
      const rows = await getRows(table, keys);
      keys = [];
      return rows.map(batchOf);
    };
    for await (const { PK, SK } of queryRows(table, {
      IndexName: "queue",
      KeyConditionExpression: "queueKey = :which",
      values: { ":which": batchQueueKey(which) },
    })) {
      keys.push({ PK: PK as string, SK: SK as string });
      if (keys.length === rowsAtOnceMax) yield* await read();
    }
    if (keys.length > 0) yield* await read();
  }
}

const reportItems = (finding: Finding, at: string): readonly TransactionItem[] => [
  {
    update: auditOpenKey(finding),
    change: {
      update:
        "SET code = :code, fundId = :fund, place = :place, detail = :detail, #unit = :unit, expected = :expected, #found = :found, lastSeenAt = :at, firstSeenAt = if_not_exists(firstSeenAt, :at)",
      expression: "",
      names: { "#unit": "unit", "#found": "found" },
      values: {
        ":code": finding.code,
        ":fund": finding.fundId,
        ":place": finding.place,
        ":detail": finding.detail,
        ":unit": finding.unit,
        ":expected": finding.expected,
        ":found": finding.found,
        ":at": at,
      },
    },
  },
  {
    update: fundKey(finding.fundId),
    change: {
      // The last finding's instant stands on the fund: whoever clears what was shown before it is too early.
      update: "SET frozen = :frozen",
      expression: "attribute_exists(PK)",
      values: { ":frozen": { at, code: finding.code } },
    },
  },
];

/** Nothing is deleted in this table: an open finding's row stays behind, empty, until the same is found again. */
const emptied = ({ lastSeenAt }: OpenFinding): RowUpdate => ({
  update: "REMOVE code, fundId, place, detail, #unit, expected, #found, firstSeenAt, lastSeenAt",
  expression: "lastSeenAt = :seen",
  names: { "#unit": "unit", "#found": "found" },
  values: { ":seen": lastSeenAt },
});

const clearIn = async (
  table: Table,
  vault: Vault,
  clearing: Clearing,
  open: readonly OpenFinding[],
): Promise<"cleared" | "stale"> => {
  const { fundId, frozenAt, by, at, words } = clearing;
  const chunks = chunksOf(open, clearedAtOnceMax);
  for (const [index, chunk] of (chunks.length > 0 ? chunks : [[]]).entries()) {
    const moves = await Promise.all(
      chunk.map(async (finding): Promise<readonly TransactionItem[]> => {
        const key = auditClearedKey(finding, at);
        const sealed = await vault.seal(wordsScope(key), words);
        const row = { ...key, ...finding, clearedAt: at, clearedBy: by, words: sealed };
        return [
          { update: auditOpenKey(finding), change: emptied(finding) },
          { put: row, condition: absent },
        ];
      }),
    );
    const isLast = index >= chunks.length - 1;
    const seenFrozen = { expression: "frozen.#at = :seen", names: { "#at": "at" } };
    const values = { ":seen": frozenAt };
    const fund: TransactionItem = isLast
      ? { update: fundKey(fundId), change: { update: "REMOVE frozen", ...seenFrozen, values } }
      : { check: fundKey(fundId), condition: { ...seenFrozen, values } };
    const outcome = await transact(table, [fund, ...moves.flat()]);
    if (outcome.kind === "refused") return "stale";
  }
  return "cleared";
};

const findingsIn = (
  table: Table,
  vault: Vault,
): Pick<AuditStore, "report" | "open" | "cleared" | "clear"> => {
  const open = async (): Promise<readonly OpenFinding[]> =>
    (await rowsUnder(table, auditOpenPartition, ""))
      .filter(({ code }) => code !== undefined)
      .map(openOf);
  return {
    report: async (finding, at) => {
      const outcome = await transact(table, reportItems(finding, at));
      invariant(outcome.kind === "committed", "a finding names a fund that is there");
    },
    open,
    cleared: async (since) => {
      const found: ClearedFinding[] = [];
      for await (const row of queryRows(table, {
        KeyConditionExpression: "PK = :pk AND SK >= :since",
        values: { ":pk": auditClearedPartition, ":since": since },
        ScanIndexForward: false,
      })) {
        const { PK, SK } = row as Row & Key;
        const words = await vault.open(wordsScope({ PK, SK }), row["words"] as string);
        found.push({ ...openOf(row), words } as ClearedFinding);
      }
      return found;
    },
    clear: async (clearing) => {
      const own = (await open()).filter(({ fundId }) => fundId === clearing.fundId);
      return clearIn(table, vault, clearing, own);
    },
  };
};

const postedIn = async (
  table: Table,
  items: Parameters<AuditStore["posted"]>[0],
): Promise<ReadonlyMap<string, Fen>> => {
  const subjects = [...new Set(items.map(paymentOf))];
  const posted = new Map<string, Fen>();
  for (const chunk of chunksOf(subjects, rowsAtOnceMax)) {
    const keys = chunk.map((subject) => transferKey({ subject, kind: "post" }));
    for (const row of await getRows(table, keys)) {
      posted.set(row["subject"] as string, fen(row["amountFen"] as number));
    }
  }
  return posted;
};

export const createAuditStore = (table: Table, vault: Vault): AuditStore => ({
  batches: () => batchesIn(table),
  checkedBatches: async () =>
    new Map(
      (await rowsUnder(table, auditCheckedPartition, "")).map((row) => [
        row["SK"] as BatchId,
        withoutKeys(row) as unknown as CheckedBatch,
      ]),
    ),
  markChecked: async ({ id, version }, at) => {
    await putRow(table, { ...auditCheckedKey(id), version, at });
  },
  posted: (items) => postedIn(table, items),
  ...findingsIn(table, vault),
  putRun: async (run) => {
    await putRow(table, { ...auditRunKey(run.at), ...run });
  },
  runs: async (limit) => {
    const { rows } = await queryPage(table, {
      KeyConditionExpression: "PK = :pk",
      values: { ":pk": auditRunsPartition },
      ScanIndexForward: false,
      Limit: limit,
    });
    return rows.map((row) => withoutKeys(row) as unknown as AuditRun);
  },
});
