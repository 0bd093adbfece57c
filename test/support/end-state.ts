/** A casework world made anew, and all that came of it: every row, who was mailed, what executions were told. */
import { fromItem, type Row } from "#shared/adapters/dynamodb/client.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import type { CaseworkWorld } from "./casework-world.ts";
import { monday } from "./cases.ts";
import { emptyTable, itemsOf } from "./crash.ts";

/** No cases, no money, nobody mailed; the offices and their people stay. */
export const beginAnew = async (world: CaseworkWorld): Promise<CaseworkWorld["uses"]> => {
  await emptyTable(world.uses.table);
  for (const list of [world.mails, world.started, world.answered]) list.length = 0;
  for (const names of [world.waiting, world.ended]) names.clear();
  world.moveClockTo(monday);
  return world.uses;
};

/** Random by nature, or the hash of something that is: sealed texts and what covers them. */
const randomNames = ["sealed", "salt", "taskToken", "hash", "previousHash", "chainHead"];

const keyOf = (row: Row): string => `${String(row["PK"])}|${String(row["SK"])}`;

const rowsOf = async ({ uses: { table } }: CaseworkWorld): Promise<readonly Row[]> =>
  (await itemsOf(table))
    .map(fromItem)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));

/** Partitions whose events don't follow one from the other up to the case's chain head. */
const brokenChains = (rows: readonly Row[]): readonly unknown[] =>
  rows
    .filter(({ PK, SK }) => SK === "META" && String(PK).startsWith("APP#"))
    .filter(({ PK, chainHead }) => {
      const events = rows.filter((row) => row["PK"] === PK && String(row["SK"]).startsWith("EV#"));
      const heads = ["", ...events.map(({ hash }) => hash)];
      return (
        heads.at(-1) !== chainHead ||
        events.some(({ previousHash }, index) => previousHash !== heads[index])
      );
    })
    .map(({ PK }) => PK);

const distinct = <Value>(values: readonly Value[]): readonly Value[] =>
  [...new Map(values.map((value) => [JSON.stringify(value), value])).entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, value]) => value);

/** Mails as a carrier that knows their ids keeps them: the same id is one mail, so it must say the same. */
const keptMails = (mails: readonly Mail[]): Readonly<Record<string, readonly Mail[]>> =>
  Object.fromEntries(
    distinct(mails.map(({ id }) => id)).map((id) => [
      id,
      distinct(mails.filter((mail) => mail.id === id)),
    ]),
  );

/** Vouchers are numbered through all worlds of a test file. */
const withoutNumbers = (value: unknown): unknown =>
  typeof value === "string" ? value.replaceAll(/:V-\d+/gu, ":V") : value;

/** When somebody was mailed: later after a crash, and mailed all the same. */
const mailedNames = ["mailedAt", "outcomeMailedAt"];

const settled = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !randomNames.includes(name))
      .map(([name, value]) => [
        name,
        mailedNames.includes(name) ? "mailed" : withoutNumbers(value),
      ]),
  );

/** All that a world has come to. Two worlds that differ in nothing but luck give equal ends. */
export const endStateOf = async (world: CaseworkWorld) => {
  const rows = await rowsOf(world);
  return {
    rows: rows.map(settled),
    brokenChains: brokenChains(rows),
    mails: keptMails(world.mails),
    told: distinct(world.answered.map(({ outcome }) => outcome)),
    started: distinct(world.started),
  };
};

/** An end in which somebody may have been asked some minutes later, by a link of its own, after a crash. */
export const anyLink = <State>(state: State): State =>
  JSON.parse(
    JSON.stringify(state)
      .replaceAll(/[\w-]{43}/gu, "secret")
      .replaceAll(/"requestedAt":"[^"]+"/gu, '"requestedAt":"then"'),
  ) as State;
