/** Reads of sensitive fields in the table: a row for each, under what was read, and in the index under its day. */
import { accessOrder, sameReadMinutes, type AccessEvent } from "#shared/domain/access.ts";
import { addMinutes, localDateOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { AccessLog } from "#shared/ports/access-log.ts";
import { chunksOf } from "./batch-chunks.ts";
import {
  putRow,
  queryPage,
  queryRows,
  rowsUnder,
  type Key,
  type Row,
  type Table,
} from "./client.ts";
import { accessDayKey, accessKey, accessPartition } from "./oversight-keys.ts";
import { getRows, rowsAtOnceMax } from "./rows-by-key.ts";

const partsAtOnce = 8;

const eventOf = (row: Row): AccessEvent => {
  const { PK, SK, fields } = row as Row & Key;
  const [staffId = "", page = "", at = ""] = SK.split("#");
  return {
    at,
    staffId,
    subject: PK.slice(accessPartition("").length),
    page,
    fields,
  } as AccessEvent;
};

export const createAccessLog = (table: Table): AccessLog => ({
  note: async ({ at, staffId, subject, page, fields }) => {
    const key = accessKey(subject, staffId, page, at);
    const since = accessKey(subject, staffId, page, addMinutes(at, -sameReadMinutes));
    const { rows } = await queryPage(table, {
      KeyConditionExpression: "PK = :subject AND SK BETWEEN :since AND :now",
      values: { ":subject": key.PK, ":since": since.SK, ":now": key.SK },
      Limit: 1,
    });
    if (rows.length > 0) return;
    await putRow(table, {
      ...key,
      fields,
      queueKey: accessDayKey(localDateOf(at)),
      queueSort: `${at}#${staffId}`,
    });
  },
  ofSubject: async (subject, limit) =>
    (await rowsUnder(table, accessPartition(subject), ""))
      .map(eventOf)
      .toSorted((one, other) => accessOrder(other, one))
      .slice(0, limit),
  ofDay: async (day) => {
    const keys: Key[] = [];
    for await (const { PK, SK } of queryRows(table, {
      IndexName: "queue",
      KeyConditionExpression: "queueKey = :day",
      values: { ":day": accessDayKey(day) },
    })) {
      keys.push({ PK: PK as string, SK: SK as string });
    }
    const parts = await inParallel(chunksOf(keys, rowsAtOnceMax), partsAtOnce, (part) =>
      getRows(table, part),
    );
    return parts.flat().map(eventOf).toSorted(accessOrder);
  },
});
