import { expect, test } from "vitest";
import { readTogether } from "#shared/adapters/dynamodb/read-together.ts";

interface Named {
  readonly name: string;
  readonly value?: number;
}

/** A reader over some rows that writes down what it was asked for, call by call. */
const readerOver = (rows: readonly Named[], atOnceMax = 100) => {
  const calls: (readonly string[])[] = [];
  const read = readTogether<Named, Named>(
    (keys) => {
      const names = keys.map(({ name }) => name);
      calls.push(names);
      return Promise.resolve(rows.filter(({ name }) => names.includes(name)).toReversed());
    },
    ({ name }) => name,
    atOnceMax,
  );
  return { calls, read };
};

const rows = [
  { name: "a", value: 1 },
  { name: "b", value: 2 },
];

test("what is asked for in one moment is one call, and each gets its own row", async () => {
  const { calls, read } = readerOver(rows);
  const answers = await Promise.all([
    read({ name: "a" }),
    read({ name: "none" }),
    read({ name: "b" }),
  ]);
  expect(answers).toEqual([rows[0], null, rows[1]]);
  expect(calls).toEqual([["a", "none", "b"]]);
});

test("a key asked for twice in one moment is read once, and later on again", async () => {
  const { calls, read } = readerOver(rows);
  await Promise.all([read({ name: "a" }), read({ name: "a" })]);
  await read({ name: "a" });
  expect(calls).toEqual([["a"], ["a"]]);
});

test("more keys than a call takes are several calls", async () => {
  const { calls, read } = readerOver(rows, 2);
  const names = ["a", "b", "c", "d", "e"];
  const answers = await Promise.all(names.map((name) => read({ name })));
  expect(answers.map((row) => row?.value ?? null)).toEqual([1, 2, null, null, null]);
  expect(calls).toEqual([["a", "b"], ["c", "d"], ["e"]]);
});

test("a read that fails fails for all that waited for it, and not for the next one", async () => {
  let isDown = true;
  const read = readTogether<Named, Named>(
    () => (isDown ? Promise.reject(new Error("throttled")) : Promise.resolve(rows)),
    ({ name }) => name,
    100,
  );
  const outcomes = await Promise.allSettled([read({ name: "a" }), read({ name: "b" })]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isDown = false;
  expect(await read({ name: "b" })).toEqual(rows[1]);
});
