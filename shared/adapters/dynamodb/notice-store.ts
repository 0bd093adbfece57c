/** Public notices and objections in the table. */
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { NoticeStore } from "#shared/ports/notice-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { applicationOf } from "./case-rows.ts";
import {
  absent,
  getRow,
  putRow,
  queryRows,
  rowsUnder,
  transact,
  updateRow,
  type Table,
  type TransactionItem,
} from "./client.ts";
import { applicationKey, applicationPartition, objectionKey } from "./keys.ts";
import { noticeOf, noticeRow, objectionOf, objectionRow } from "./notice-rows.ts";

/** The case is held; written without a change, so that whoever resolves the objection and this exclude each other. */
const stillHeld = (id: ApplicationId): TransactionItem => ({
  update: applicationKey(id),
  change: {
    update: "SET #status = :held",
    expression: "#status = :held",
    names: { "#status": "status" },
    values: { ":held": "objection" },
  },
});

export const createNoticeStore = (table: Table, vault: Vault): NoticeStore => {
  /** What an objection is sealed under. */
  const caseOf = async (id: ApplicationId) => {
    const row = await getRow(table, applicationKey(id));
    if (!row) throw new ApplicationNotFound();
    return applicationOf(row);
  };
  return {
    publish: (notice) => putRow(table, noticeRow(notice), absent),
    noticesOf: async (id) =>
      (await rowsUnder(table, applicationPartition(id), "NOTICE#")).map(noticeOf),
    addObjection: async (objection) => {
      const application = await caseOf(objection.applicationId);
      const put = await objectionRow(vault, application, objection);
      const items = [{ put, condition: absent }, stillHeld(application.id)];
      return (await transact(table, items)).kind === "committed";
    },
    objectionsOf: async (id) => {
      const rows = await rowsUnder(table, applicationPartition(id), "OBJECTION#");
      if (rows.length === 0) return [];
      const application = await caseOf(id);
      return Promise.all(rows.map((row) => objectionOf(vault, application, row)));
    },
    countsOf: async (id) => {
      const counts = { notices: 0, objections: 0 };
      for await (const { SK } of queryRows(table, {
        KeyConditionExpression: "PK = :pk AND SK BETWEEN :notice AND :objection",
        values: {
          ":pk": applicationPartition(id),
          ":notice": "NOTICE#",
          ":objection": "OBJECTION#~",
        },
      })) {
        if (String(SK).startsWith("NOTICE#")) counts.notices += 1;
        else if (String(SK).startsWith("OBJECTION#")) counts.objections += 1;
      }
      return counts;
    },
    markAnswered: async ({ applicationId, number }, at) => {
      await updateRow(table, objectionKey(applicationId, number), {
        update: "SET answeredAt = :at",
        expression: "attribute_exists(PK) AND attribute_not_exists(answeredAt)",
        values: { ":at": at },
      });
    },
  };
};
