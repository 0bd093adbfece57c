/** Feedback rows, one for each payment, under the month of the payment. The applicant's words are sealed. */
import type { Feedback } from "#shared/domain/feedback.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { FeedbackStore } from "#shared/ports/feedback-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import {
  absent,
  getRow,
  putRow,
  queryRows,
  rowsUnder,
  updateRow,
  type Row,
  type Table,
} from "./client.ts";
import { applicationKey, feedbackKey, feedbackPartition } from "./keys.ts";

const monthOf = (at: Instant): string => localDateOf(at).slice(0, 7);

export const createFeedbackStore = (table: Table, vault: Vault): FeedbackStore => {
  const scopeOf = async (id: ApplicationId) => {
    const salt = (await getRow(table, applicationKey(id)))?.["salt"];
    return { owner: id, attribute: "feedback", salt: typeof salt === "string" ? salt : "" };
  };
  const feedbackOf = async (row: Row): Promise<Feedback> => {
    const { PK: _partition, SK: _sortKey, words, ...stored } = row;
    const applicationId = stored["applicationId"] as ApplicationId;
    return {
      unitId: null,
      settledBy: null,
      settledAt: null,
      ...stored,
      words: typeof words === "string" ? await vault.open(await scopeOf(applicationId), words) : "",
    } as Feedback;
  };
  return {
    put: async (feedback) => {
      const { applicationId, paidAt, words, ...rest } = feedback;
      const sealed = words === "" ? null : await vault.seal(await scopeOf(applicationId), words);
      const key = feedbackKey(monthOf(paidAt), applicationId);
      return putRow(table, { ...key, ...rest, applicationId, paidAt, words: sealed }, absent);
    },
    get: async (id, paidAt) => {
      const row = await getRow(table, feedbackKey(monthOf(paidAt), id));
      return row && feedbackOf(row);
    },
    ofMonth: async (month) =>
      Promise.all((await rowsUnder(table, feedbackPartition(month), "")).map(feedbackOf)),
    figuresOf: async function* (month) {
      for await (const row of queryRows(table, {
        KeyConditionExpression: "PK = :pk",
        values: { ":pk": feedbackPartition(month) },
      })) {
        const { applicationId, programmeId, paidAt, arrived, satisfaction } =
          row as unknown as Feedback;
        const unitId = (row["unitId"] ?? null) as Feedback["unitId"];
        yield { applicationId, programmeId, unitId, paidAt, arrived, satisfaction };
      }
    },
    settle: async ({ applicationId, paidAt }, by, at) =>
      (await updateRow(table, feedbackKey(monthOf(paidAt), applicationId), {
        update: "SET settledBy = :by, settledAt = :at",
        expression: "attribute_exists(PK) AND attribute_not_exists(settledAt)",
        values: { ":by": by, ":at": at },
      })) !== null,
  };
};
