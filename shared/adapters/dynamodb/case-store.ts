/** Applications in the table: one partition a case; a step, its event and its money in one transaction. */
import type { Application, Claim } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { CaseStore, QueueEntry } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { advanceTimesIn } from "./advance-times.ts";
import { answersRow, readAnswers, type IsPersonal } from "./case-answers.ts";
import { awardAccountsIn } from "./award-account.ts";
import { partsOf } from "./case-commit.ts";
import { applicationOf, applicationRow, eventOf, paperOf, paperRow } from "./case-rows.ts";
import { waitsIn } from "./case-waits.ts";
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
import { answersKey, applicationKey, applicationPartition, queueOf, queueRange } from "./keys.ts";

const stillDraft = (application: Application) => ({
  expression: "#status = :draft AND #answers = :answers",
  names: { "#status": "status", "#answers": "answersVersion" },
  values: { ":draft": "draft", ":answers": application.answersVersion },
});

const entryOf = (row: Row): QueueEntry => {
  const {
    PK,
    status,
    programmeId,
    unitId,
    tier,
    amountFen,
    fastTrack,
    advanceFen,
    since,
    deadlineAt,
  } = row as Row & { PK: string };
  return {
    applicationId: PK.slice("APP#".length),
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
  const wasQueued = queueOf(application) !== null;
  const staysQueued = queueOf({ ...application, outcomeMailedAt: at }) !== null;
  if (staysQueued || !wasQueued) return { update, expression, values: { ":at": at } };
  return {
    update: `${update} REMOVE queueKey, queueSort`,
    // What has moved on since it was read stands in a queue of its own by now.
    expression: `${expression} AND #status = :status`,
    names: { "#status": "status" },
    values: { ":at": at, ":status": application.status },
  };
};

type Drafts = Pick<CaseStore, "createDraft" | "saveDraft" | "answers">;

const draftsIn = (table: Table, vault: Vault, isPersonal: IsPersonal): Drafts => {
  const answersPut = async (application: Application, answers: Answers) => ({
    put: await answersRow(vault, application, application.answersVersion, answers, isPersonal),
    condition: absent,
  });
  return {
    createDraft: async (application, answers) => {
      invariant(application.status === "draft", "a new case is a draft");
      const { put, condition } = await answersPut(application, answers);
      await putRow(table, put, condition);
      invariant(
        await putRow(table, applicationRow(application), absent),
        "an application id was drawn twice",
      );
    },
    saveDraft: async (application, answers) => {
      const next = { ...application, answersVersion: application.answersVersion + 1 };
      const outcome = await transact(table, [
        { put: applicationRow(next), condition: stillDraft(application) },
        await answersPut(next, answers),
      ]);
      return outcome.kind === "committed";
    },
    answers: async (application, version = application.answersVersion) => {
      const row = await getRow(table, answersKey(application.id, version));
      return row && readAnswers(vault, application, row);
    },
  };
};

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
  ...waitsIn(table, vault),
  ...awardAccountsIn(table),
  get: async (id) => {
    const row = await getRow(table, applicationKey(id));
    return row && applicationOf(row);
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
