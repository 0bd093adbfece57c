import { afterAll, beforeAll, expect, test } from "vitest";
import { putRow, updateRow } from "#shared/adapters/dynamodb/client.ts";
import { claimKey } from "#shared/adapters/dynamodb/keys.ts";
import { paymentReadsIn } from "#shared/adapters/dynamodb/payment-reads.ts";
import type { Application } from "#shared/domain/application.ts";
import type { ApplicationId, BlindIndex } from "#shared/kernel/ids.ts";
import { aCase } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;

beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const typed = { applicantName: "王示例", bankCardNumber: "6222020000000000017", cause: "illness" };

const stored = async (number: number, changes: Partial<Application> = {}): Promise<Application> => {
  const application = aCase(number, { answersVersion: 1, ...changes });
  await store.cases.createDraft({ ...application, status: "draft" }, typed);
  return application;
};

const claim = async (
  { household, programmeId, id }: Application,
  period: string,
  subject: BlindIndex | null = household,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<void> => {
  if (!household || !subject) throw new Error("a claim is a household's");
  const key = claimKey(household, programmeId, period, subject);
  await putRow(store.table, { ...key, applicationId: id, ...changes });
};

/** How often the table is asked from now on, told when it is called. */
const countCalls = (): (() => number) => {
  let calls = 0;
  store.table.client.middlewareStack.add(
    (next) => (given) => {
      calls += 1;
      return next(given);
    },
    { step: "initialize", name: "counted" },
  );
  return () => calls;
};

const ids = (those: Iterable<ApplicationId>): readonly string[] => [...those].toSorted();

test("salts and the wanted answers of many cases come by id, of more than one call takes", async () => {
  const cases = await Promise.all(Array.from({ length: 130 }, (_case, n) => stored(1_000 + n)));
  const reads = paymentReadsIn(store.table, store.vault);
  const salts = await reads.salts(cases.map(({ id }) => id));
  expect(salts.size).toBe(130);
  expect(salts.get(cases[129]!.id)).toBe(cases[129]!.salt);
  const answers = await reads.answersOf(cases, ["bankCardNumber", "applicantName", "bankName"]);
  expect(answers.size).toBe(130);
  expect(answers.get(cases[129]!.id)).toEqual({
    applicantName: typed.applicantName,
    bankCardNumber: typed.bankCardNumber,
  });
});

test("whoever holds a claim is found with one call once it is known where such claims are", async () => {
  const cases = await Promise.all(Array.from({ length: 40 }, (_case, n) => stored(2_000 + n)));
  for (const one of cases) await claim(one, "winter-2026");
  const reads = paymentReadsIn(store.table, store.vault);
  expect(ids(await reads.holdingClaim(cases))).toEqual(ids(cases.map(({ id }) => id)));
  const calls = countCalls();
  expect((await reads.holdingClaim(cases)).size).toBe(40);
  expect(calls()).toBe(1);
});

test("another period, another person of the household, another case's claim and a freed one are told apart", async () => {
  const reads = paymentReadsIn(store.table, store.vault);
  const [usual, otherPeriod, otherPerson, lost, freed, foreign] = await Promise.all(
    [3_001, 3_002, 3_003, 3_004, 3_005, 3_006].map((number) =>
      stored(number, { persons: [`household${number}`, `child${number}`] as BlindIndex[] }),
    ),
  );
  await claim(usual!, "winter-2026");
  await claim(otherPeriod!, "event-2026-07-02");
  await claim(otherPerson!, "winter-2026", "child3003" as BlindIndex);
  await claim(freed!, "winter-2026", freed!.household, { released: true });
  await claim(foreign!, "winter-2026", foreign!.household, { applicationId: usual!.id });
  const all = [usual!, otherPeriod!, otherPerson!, lost!, freed!, foreign!];
  const holding = ids([usual!, otherPeriod!, otherPerson!].map(({ id }) => id));
  expect(ids(await reads.holdingClaim(all))).toEqual(holding);
  // Known places change nothing but the number of calls.
  expect(ids(await reads.holdingClaim(all.toReversed()))).toEqual(holding);
  await updateRow(
    store.table,
    claimKey(usual!.household!, usual!.programmeId, "winter-2026", usual!.household!),
    { update: "SET released = :yes", expression: "attribute_exists(PK)", values: { ":yes": true } },
  );
  expect((await reads.holdingClaim([usual!])).size).toBe(0);
});
