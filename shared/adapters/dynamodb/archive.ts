/** The hardship archive in the table: a change of a file, its persons and the claims they bring, all in one. */
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BlindIndex, FileId } from "#shared/kernel/ids.ts";
import type { Archive, FileList, FileOutcome, FileWrite } from "#shared/ports/archive.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { broughtClaims } from "./archive-claims.ts";
import { nearIn, nearRow } from "./archive-near.ts";
import { fileIdOfRow, fileOfRow, fileRow, sealVersion, versionOfRow } from "./archive-rows.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  rowsUnder,
  transact,
  updateRow,
  type Condition,
  type Table,
  type TransactionItem,
} from "./client.ts";
import { countRows } from "./count-rows.ts";
import { fileKey, fileListKey, filePartition, filePersonKey, fileVersionKey } from "./keys.ts";

interface Part {
  readonly item: TransactionItem;
  readonly refused: Exclude<FileOutcome, "written">;
}

/** DynamoDB's limit of a transaction. */
const itemsMax = 100;

const asRead = (before: HardshipFile): Condition => ({
  expression: "#version = :version",
  names: { "#version": "version" },
  values: { ":version": before.version },
});

/** Whom a file keeps from standing in another one: its members, as long as it isn't closed. */
const heldPersons = (file: HardshipFile | null): readonly BlindIndex[] =>
  file === null || file.state === "closed" ? [] : file.persons;

const holdPerson = (person: BlindIndex, fileId: FileId): Part => ({
  item: {
    put: { ...filePersonKey(person), fileId },
    condition: {
      expression: "attribute_not_exists(PK) OR released = :yes OR fileId = :file",
      values: { ":yes": true, ":file": fileId },
    },
  },
  refused: "person_in_other_file",
});

/** The row stays, so that the person's former file is still found. */
const releasePerson = (person: BlindIndex, fileId: FileId): Part => ({
  item: {
    update: filePersonKey(person),
    change: {
      update: "SET released = :yes",
      expression: "fileId = :file",
      values: { ":yes": true, ":file": fileId },
    },
  },
  refused: "stale",
});

const unless = (
  persons: readonly BlindIndex[],
  others: readonly BlindIndex[],
): readonly BlindIndex[] => [...new Set(persons)].filter((person) => !others.includes(person));

const nearItems = ({ step, near, formerNear }: FileWrite): readonly TransactionItem[] => {
  const { id } = step.after;
  const rows = new Map(
    [
      ...formerNear.map((index) => nearRow(index, id, true)),
      ...near.map((index) => nearRow(index, id, false)),
    ].map((row) => [row.PK, row]),
  );
  return [...rows.values()].map((put) => ({ put }));
};

/** The parts in the order in which their refusals are read: the first that failed is the answer. */
const partsOf = async (table: Table, vault: Vault, write: FileWrite): Promise<readonly Part[]> => {
  const { before, after, version } = write.step;
  const sealed = await sealVersion(vault, before ?? after, version);
  const [held, toHold] = [heldPersons(before), heldPersons(after)];
  const gained = unless(toHold, held);
  const refused = before ? "stale" : "already_there";
  const own: readonly Part[] = [
    {
      item: {
        put: fileRow({ ...after, chainHead: sealed.hash }),
        condition: before ? asRead(before) : absent,
      },
      refused,
    },
    { item: { put: sealed.row, condition: absent }, refused },
    ...gained.map((person) => holdPerson(person, after.id)),
    ...unless(held, toHold).map((person) => releasePerson(person, after.id)),
    ...nearItems(write).map((item): Part => ({ item, refused: "stale" })),
  ];
  const claims = await broughtClaims(table, after.account, gained);
  // What doesn't fit is written first, each by itself: held under an account without a file it bars nobody.
  const room = itemsMax - own.length;
  for (const item of claims.slice(room)) {
    if ("put" in item) await putRow(table, item.put, item.condition);
  }
  return [...own, ...claims.slice(0, room).map((item): Part => ({ item, refused: "stale" }))];
};

const fileWith = async (table: Table, id: FileId): Promise<HardshipFile | null> => {
  const row = await getRow(table, fileKey(id));
  return row && fileOfRow(row);
};

/** Lists are read by their days: a bound that no id can pass stands behind the last. */
const afterEveryId = "~";

/** The part of the queue index that a list is. */
const listed = ({ unitId, state, from, to }: FileList) => ({
  IndexName: "queue",
  KeyConditionExpression: "queueKey = :list AND queueSort BETWEEN :from AND :to",
  values: {
    ":list": fileListKey(unitId, state),
    ":from": from ?? "0",
    ":to": `${to ?? "9"}${afterEveryId}`,
  },
});

export const createArchive = (table: Table, vault: Vault): Archive => ({
  ...nearIn(table, vault),
  get: (id) => fileWith(table, id),
  fileOf: async (person) => {
    const row = await getRow(table, filePersonKey(person));
    const file = row && (await fileWith(table, row["fileId"] as FileId));
    return file?.persons.includes(person) ? file : null;
  },
  write: async (write) => {
    const parts = await partsOf(table, vault, write);
    const outcome = await transact(
      table,
      parts.map(({ item }) => item),
    );
    if (outcome.kind === "committed") return "written";
    const first = parts.find((_part, index) => outcome.failed[index]);
    invariant(first, "a refused transaction names what refused it");
    return first.refused;
  },
  versions: async (file) => {
    const rows = await rowsUnder(table, filePartition(file.id), "V#");
    return Promise.all(rows.map((row) => versionOfRow(vault, file, row)));
  },
  newest: async (file) => {
    const row = await getRow(table, fileVersionKey(file.id, file.version));
    invariant(row, "a file has the version it stands on");
    return versionOfRow(vault, file, row);
  },
  count: (list) => countRows(table, listed(list)),
  list: async (list, limit, after) => {
    const page = await queryPage(table, {
      ...listed(list),
      Limit: limit,
      ...(after === undefined ? {} : { after }),
    });
    return { rows: page.rows.map(fileIdOfRow), next: page.next };
  },
  markReminded: async (file, of) =>
    (await updateRow(table, fileKey(file.id), {
      ...asRead(file),
      update: "SET remindedOf = :day",
      expression: "#version = :version AND (attribute_not_exists(remindedOf) OR remindedOf < :day)",
      values: { ":version": file.version, ":day": of },
    })) !== null,
});
