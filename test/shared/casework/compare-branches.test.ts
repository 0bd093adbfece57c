import { afterAll, beforeAll, expect, test } from "vitest";
import {
  comparisonFlagsOf,
  compareWith,
  listRows,
  ownHashes,
  type OwnList,
} from "#shared/casework/compare-branches.ts";
import { listColumns, type Agreement, type ListedHash } from "#shared/domain/branch-comparison.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  grantTo,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let here: CaseworkWorld;
let there: CaseworkWorld;
beforeAll(async () => {
  [here, there] = await Promise.all([startCaseworkWorld(), startCaseworkWorld()]);
});
afterAll(() => Promise.all([here.stop(), there.stop()]));

const agreement: Agreement = {
  passphrase: "春风十里不如你，二零二六金秋助学两区比对",
  from: localDate("2026-07-01"),
  to: localDate("2026-08-31"),
};
const by = "admin" as StaffId;

const listOf = async (world: CaseworkWorld, agreed: Agreement = agreement): Promise<OwnList> => {
  const list = await ownHashes(world.uses, agreed);
  if (list.kind !== "list") throw new Error(list.kind);
  return list;
};

const cellsOf = (rows: readonly ListedHash[]) => [
  { cells: listColumns },
  ...rows.map(({ programmeId, period, hash }) => ({ cells: [programmeId, period, hash] })),
];

const exported = async (world: CaseworkWorld, agreed: Agreement = agreement) =>
  cellsOf(listRows(await listOf(world, agreed)));

/** A case of this person; the numbers of cases differ between the branches. */
const applied = (
  world: CaseworkWorld,
  number: number,
  person: number,
  changes: Parameters<typeof aCase>[1] = {},
) => {
  const application = aCase(number, changes);
  return storeCase(world.uses, application, answersOfCase(application, person));
};

test("two branches find whom both help for one programme and period, and nothing else, without a number exchanged", async () => {
  const mine = await applied(here, 1, 41);
  await applied(here, 2, 42);
  await applied(there, 901, 41);
  await applied(there, 902, 43);
  // The same person in another programme may be helped by both.
  await applied(there, 903, 42, { programmeId: "emergency" });

  const theirs = await exported(there);
  const given = { agreement, branch: "邻市总工会", by, rows: theirs };
  const compared = await compareWith(here.uses, given);

  expect(compared).toMatchObject({
    kind: "compared",
    cases: 2,
    matches: [{ applicationId: mine.id, branch: "邻市总工会" }],
  });
  expect(await comparisonFlagsOf(here.uses, mine)).toMatchObject([{ closedAt: null, foundBy: by }]);
  expect(await comparisonFlagsOf(here.uses, aCase(2))).toEqual([]);
  await compareWith(here.uses, given);
  expect(await comparisonFlagsOf(here.uses, mine)).toHaveLength(1);

  const text = JSON.stringify(theirs);
  const answers = answersOfCase(mine, 41);
  for (const name of ["applicantIdNumber", "studentIdNumber", "applicantName", "bankCardNumber"]) {
    expect(text).not.toContain(answers[name] ?? "none");
  }
  expect(text).not.toMatch(/SN\d/u);
});

test("a list tells nothing by its order, and other days or another passphrase make other hashes", async () => {
  const list = await listOf(here);
  const hashes = listRows(list)
    .slice(1)
    .map(({ hash }) => hash);
  expect(hashes).toEqual(hashes.toSorted());
  const otherDays = await listOf(here, { ...agreement, to: localDate("2026-08-30") });
  const otherWords = await listOf(here, { ...agreement, passphrase: `${agreement.passphrase}！` });
  for (const other of [otherDays, otherWords]) {
    expect(other.hashes).toHaveLength(list.hashes.length);
    expect(other.hashes.some(({ hash }) => hashes.includes(hash))).toBe(false);
  }
});

test("a mistyped passphrase, our own list and what is no list are told apart, and leave no flag", async () => {
  const problemOf = async (rows: readonly { readonly cells: readonly string[] }[]) => {
    const compared = await compareWith(here.uses, { agreement, branch: "别处", by, rows });
    return compared.kind === "problem" ? compared.problem : compared.kind;
  };
  const mistyped = { ...agreement, passphrase: `${agreement.passphrase}？` };
  expect(await problemOf(await exported(there, mistyped))).toBe("another_passphrase");
  expect(await problemOf(await exported(here))).toBe("own_list");
  expect(await problemOf([{ cells: ["a", "b"] }])).toBe("not_a_list");
  const flags = await comparisonFlagsOf(here.uses, aCase(1));
  expect(flags.filter(({ branch }) => branch === "别处")).toEqual([]);
});

test("compared is what is under way or has money, sent on the agreed days; what was refused or sent at another time is not", async () => {
  const world = await startCaseworkWorld();
  try {
    const fundId = await grantTo(world.uses, "central", "CENTRAL", 50_000);
    await applied(world, 11, 51);
    await applied(world, 12, 52, { status: "rejected", atUnitId: null, outcomeMailedAt: null });
    await applied(world, 13, 53, { submittedAt: "2026-06-30T15:59:59.000Z" as typeof monday });
    await applied(world, 14, 54, { status: "needs_information", atUnitId: null });
    const batched = await applied(world, 15, 55, { status: "waiting_for_funds", atUnitId: null });
    const reserve = takeStep(
      batched,
      "reserved",
      { type: "funds_reserved", at: monday, actor: { kind: "system", task: "t" } },
      { fundId },
    );
    if (reserve.kind === "refused") throw new Error(reserve.code);
    const transfer = caseTransfer(batched.id, batched.cycle, {
      kind: "reserve",
      fundId,
      amountFen: batched.amountFen,
      at: monday,
    });
    expect(await world.uses.cases.commit({ step: reserve.step, transfer })).toBe("committed");
    const inBatch = takeStep(reserve.step.after, "batched", {
      type: "batched",
      at: monday,
      actor: { kind: "system", task: "t" },
    });
    if (inBatch.kind === "refused") throw new Error(inBatch.code);
    await world.uses.cases.commit({ step: inBatch.step });

    const { hashes, cases } = await listOf(world);
    const ids = new Set(hashes.map(({ applicationId }) => applicationId));
    expect(cases).toBe(3);
    expect([...ids].toSorted()).toEqual([11, 14, 15].map((number) => aCase(number).id));
  } finally {
    await world.stop();
  }
});
