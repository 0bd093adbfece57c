/** Applications in the table: one partition a case; a step, its event and its money in one transaction. */
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { CaseStore, QueueEntry } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { advanceTimesIn } from "./advance-times.ts";
import { answersRow, readAnswers, type IsPersonal } from "./case-answers.ts";
import { awardAccountsIn } from "./award-account.ts";
import { partsOf } from "./case-commit.ts";
import { applicationOf, applicationRow, eventOf, paperOf, paperRow } from "./case-rows.ts";
import { waitsIn } from "./case-waits.ts";
import { paymentReadsIn } from "./payment-reads.ts";
import { draftPagesIn } from "./draft-pages.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  rowsUnder,
  transact,
  updateRow,
  type Row,
  type RowUpdate,
  type Table,
} from "./client.ts";
import {
  answersKey,
  applicationKey,
  applicationPartition,
  queueIndex,
  queueRange,
} from "./keys.ts";

const partsAtOnce = 8;

const entryOf = (row: Row): QueueEntry => {
  const {
    PK,
    queueSort,
    status,
    programmeId,
    unitId,
    tier,
    amountFen,
    fastTrack,
    advanceFen,
    since,
    deadlineAt,
  } = row as Row & { PK: string; queueSort: string };
  return {
    applicationId: PK.slice("APP#".length),
    // The sort key ends in it and the case's id, whatever the queue.
    submittedAt: queueSort.split("#").at(-2),
    status,
    programmeId,
    unitId: unitId ?? null,
    tier: tier ?? null,
    amountFen,
    fastTrack: fastTrack ?? null,
    advanceFen: advanceFen ?? null,
    since,
    deadlineAt: deadlineAt ?? null,
  } as QueueEntry;
};

const outcomeMailed = (application: Application, at: Instant): RowUpdate => {
  const update = "SET outcomeMailedAt = :at";
  const expression = "attribute_exists(PK) AND attribute_not_exists(outcomeMailedAt)";
  const { queueKey: before } = queueIndex(application);
  const { queueKey, queueSort } = queueIndex({ ...application, outcomeMailedAt: at });
  if (queueKey === before) return { update, expression, values: { ":at": at } };
  return {
    update: `${update}, queueKey = :queue, queueSort = :sort`,
    // What has moved on since it was read stands in a queue of its own by now.
    expression: `${expression} AND #status = :status`,
    names: { "#status": "status" },
    values: { ":at": at, ":status": application.status, ":queue": queueKey, ":sort": queueSort },
  };
};

type Drafts = Pick<CaseStore, "createDraft" | "answers">;

const draftsIn = (table: Table, vault: Vault, isPersonal: IsPersonal): Drafts => ({
  createDraft: async (application, answers) => {
    invariant(application.status === "draft", "a new case is a draft");
    if (Object.keys(answers).length > 0) {
      const version = application.answersVersion;
      await putRow(
        table,
        await answersRow(vault, application, version, answers, isPersonal),
        absent,
      );
    }
    invariant(
      await putRow(table, applicationRow(application), absent),
      "an application id was drawn twice",
    );
  },
  answers: async (application, version = application.answersVersion) => {
    const row = await getRow(table, answersKey(application.id, version));
    return row && readAnswers(vault, application, row);
  },
});

const claimOf = (row: Row): Claim => {
  const { PK, SK, applicationId, released } = row as Row & { PK: string; SK: string };
  const [, programmeId, period, subject] = SK.split("#");
  const household = PK.slice("HH#".length);
  const claim = { household, programmeId, period, subject, applicationId } as Claim;
  return released === true ? { ...claim, released } : claim;
};

/**
 * The case store over a table. `isPersonal` says of a programme's field whether its answer is sealed; a field
 * it doesn't know must be treated as personal.
 */
export const createCaseStore = (table: Table, vault: Vault, isPersonal: IsPersonal): CaseStore => ({
  ...draftsIn(table, vault, isPersonal),
  ...draftPagesIn(table, vault, isPersonal),
  ...waitsIn(table, vault),
  ...awardAccountsIn(table),
  ...paymentReadsIn(table, vault),
  get: async (id) => {
    const row = await getRow(table, applicationKey(id));
    return row && applicationOf(row);
  },
  getAll: async (ids) => {
    const keys = [...new Set(ids)].map(applicationKey);
    const parts = Array.from({ length: Math.ceil(keys.length / rowsAtOnceMax) }, (_part, index) =>
      keys.slice(index * rowsAtOnceMax, (index + 1) * rowsAtOnceMax),
    );
    const rows = await inParallel(parts, partsAtOnce, (part) => getRows(table, part));
    return rows.flat().map(applicationOf);
  },
  commit: async (commit) => {
    const parts = await partsOf(vault, isPersonal, commit);
    const outcome = await transact(
      table,
      parts.map(({ item }) => item),
    );
    if (outcome.kind === "committed") return "committed";
    const first = parts.find((_part, index) => outcome.failed[index]);
    invariant(first, "a refused transaction names what refused it");
    return first.refused;
  },
  events: async (application) => {
    const rows = await rowsUnder(table, applicationPartition(application.id), "EV#");
    return Promise.all(rows.map((row) => eventOf(vault, application, row)));
  },
  papers: async (id) => (await rowsUnder(table, applicationPartition(id), "DOC#")).map(paperOf),
  addPaper: (paper) => putRow(table, paperRow(paper), absent),
  markOutcomeMailed: async (application, at) => {
    await updateRow(table, applicationKey(application.id), outcomeMailed(application, at));
  },
  claimsOf: async (household) => (await rowsUnder(table, `HH#${household}`, "CLAIM#")).map(claimOf),
  advanceTimes: (year) => advanceTimesIn(table, year),
  queue: async (queue, limit, after) => {
    const { key, prefix } = queueRange(queue);
    const isWhole = prefix === "";
    const page = await queryPage(table, {
      IndexName: "queue",
      KeyConditionExpression: isWhole
        ? "queueKey = :queue"
        : "queueKey = :queue AND begins_with(queueSort, :prefix)",
      values: { ":queue": key, ...(isWhole ? {} : { ":prefix": prefix }) },
      Limit: limit,
      ...(after === undefined ? {} : { after }),
    });
    return { rows: page.rows.map(entryOf), next: page.next };
  },
});
