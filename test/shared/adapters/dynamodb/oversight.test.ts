import { afterAll, beforeAll, expect, test } from "vitest";
import { getRow } from "#shared/adapters/dynamodb/client.ts";
import { barKey, branchMatchKey, secondLookKey } from "#shared/adapters/dynamodb/oversight-keys.ts";
import type { Bar } from "#shared/domain/bar.ts";
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { drawnLook, type SecondLook } from "#shared/domain/second-look.ts";
import { addMinutes, localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { Commit } from "#shared/ports/case-store.ts";
import { storeCase } from "#test/support/casework-world.ts";
import { aCase, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const reviewer = "reviewer" as StaffId;
const remark = (words: string) => ({ at: addMinutes(monday, 60), by: reviewer, words });

/** Rejects a stored case, with a second look drawn for it. */
const drawn = async (
  number: number,
  minutes = 0,
): Promise<{ look: SecondLook; commit: Commit }> => {
  const application = await storeCase(store, aCase(number));
  const at = addMinutes(monday, minutes);
  const taken = takeStep(application, "rejected", {
    type: "rejected",
    at,
    actor: { kind: "staff", staffId: "east-1" as StaffId },
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  const by = { seedName: "second-look|2026-07", seed: "seed", drawn: 0.012 };
  const look = drawnLook(taken.step, "refused", by);
  const commit = { step: taken.step, secondLook: look };
  expect(await store.cases.commit(commit)).toBe("committed");
  return { look, commit };
};

test("a second look is written with its decision, once, and listed oldest first until somebody looked", async () => {
  const { look: later } = await drawn(101, 30);
  const { look, commit } = await drawn(102, 10);

  expect(await store.cases.commit(commit)).toBe("stale");
  expect(await store.oversight.openSecondLooks(10)).toEqual([look, later]);
  expect(await store.oversight.openSecondLooks(1)).toEqual([look]);
  expect(await store.oversight.secondLook(look.applicationId, look.caseVersion)).toEqual(look);
  expect(await store.oversight.secondLook(look.applicationId, 99)).toBeNull();

  expect(await store.oversight.closeSecondLook(look, "confirmed", remark("核对无误"))).toBe(true);
  expect(await store.oversight.closeSecondLook(look, "concern", remark("晚了"))).toBe(false);
  expect(await store.oversight.openSecondLooks(10)).toEqual([later]);
  expect(await store.oversight.openConcerns(10)).toEqual([]);
  expect(await store.oversight.secondLooksOf(look.applicationId)).toMatchObject([
    { finding: "confirmed", lookedBy: reviewer, reason: "核对无误", answer: "" },
  ]);
  await store.oversight.closeSecondLook(later, "confirmed", remark("核对无误"));
});

test("a decision that isn't committed leaves no second look behind", async () => {
  const { commit } = await drawn(103);
  const { secondLook } = commit;
  if (!secondLook) throw new Error("drawn");
  const stale = { ...commit, secondLook: { ...secondLook, caseVersion: 50 } };
  expect(await store.cases.commit(stale)).toBe("stale");
  expect(await store.oversight.secondLook(secondLook.applicationId, 50)).toBeNull();
  await store.oversight.closeSecondLook(secondLook, "confirmed", remark("核对无误"));
});

test("of eight people who look at once one is taken down", async () => {
  const { look } = await drawn(104);
  const looked = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      store.oversight.closeSecondLook(look, "confirmed", remark(`第${index}人`)),
    ),
  );
  expect(looked.filter(Boolean)).toHaveLength(1);
});

test("a concern stays listed until somebody writes what was done, once; its words lie sealed", async () => {
  const { look } = await drawn(105);
  const { applicationId, caseVersion } = look;
  expect(await store.oversight.answerConcern(look, remark("还没有疑点"))).toBe(false);
  await store.oversight.closeSecondLook(look, "concern", remark("收入证明前后不一"));
  const [concern] = await store.oversight.openConcerns(10);
  expect(concern).toMatchObject({ applicationId, finding: "concern", reason: "收入证明前后不一" });
  expect(await store.oversight.openSecondLooks(10)).toEqual([]);

  expect(await store.oversight.answerConcern(look, remark("已重新核实"))).toBe(true);
  expect(await store.oversight.answerConcern(look, remark("又写一次"))).toBe(false);
  expect(await store.oversight.openConcerns(10)).toEqual([]);
  expect(await store.oversight.secondLook(applicationId, caseVersion)).toMatchObject({
    answer: "已重新核实",
  });
  const row = JSON.stringify(await getRow(store.table, secondLookKey(applicationId, caseVersion)));
  expect(row).not.toMatch(/收入证明|重新核实/u);
});

test("a match is kept once, shown with its case, and closed once", async () => {
  const application = await storeCase(store, aCase(106));
  const match: FlaggedMatch = {
    applicationId: application.id,
    programmeId: "golden-autumn",
    period: "2026-2027",
    branch: "邻市总工会",
    foundAt: monday,
    foundBy: "admin" as StaffId,
    closedAt: null,
    closedBy: null,
    outcome: "",
  };
  expect(await store.oversight.putMatch(match)).toBe(true);
  expect(await store.oversight.putMatch({ ...match, foundAt: addMinutes(monday, 9) })).toBe(false);
  expect(await store.oversight.putMatch({ ...match, branch: "某产业工会" })).toBe(true);
  expect(await store.oversight.matchesOf(application.id)).toHaveLength(2);
  expect(await store.oversight.openMatches(10)).toHaveLength(2);

  expect(await store.oversight.closeMatch(match, remark("对方已撤回"))).toBe(true);
  expect(await store.oversight.closeMatch(match, remark("再写一次"))).toBe(false);
  expect(await store.oversight.openMatches(10)).toMatchObject([{ branch: "某产业工会" }]);
  const known = await store.oversight.matchesOf(application.id);
  expect(known.find(({ branch }) => branch === "邻市总工会")).toMatchObject({
    closedBy: reviewer,
    outcome: "对方已撤回",
  });
  const row = await getRow(store.table, branchMatchKey(application.id, match));
  expect(JSON.stringify(row)).not.toContain("撤回");
});

test("bars are found by their person alone, kept when they are lifted, and their reasons lie sealed", async () => {
  const application = await storeCase(store, aCase(107));
  const person = "a-person" as BlindIndex;
  const bar: Bar = {
    person,
    from: localDate("2026-07-20"),
    until: localDate("2029-07-20"),
    code: "false_declaration",
    applicationId: application.id,
    setAt: monday,
    setBy: "admin" as StaffId,
    reason: "票据系伪造",
    liftedAt: null,
    liftedBy: null,
    liftReason: "",
  };
  const other = { ...bar, person: "a-person-2" as BlindIndex, until: localDate("2030-01-01") };
  expect(await store.oversight.putBar(bar)).toBe(true);
  expect(await store.oversight.putBar({ ...bar, reason: "重复" })).toBe(false);
  expect(await store.oversight.putBar(other)).toBe(true);

  expect(await store.oversight.barsOf(person)).toEqual([bar]);
  expect(await store.oversight.barsOf("nobody" as BlindIndex)).toEqual([]);
  expect(await store.oversight.bars(10)).toEqual([other, bar]);
  expect(await store.oversight.liftBar(bar, remark("申诉成立"))).toBe(true);
  expect(await store.oversight.liftBar(bar, remark("再来一次"))).toBe(false);
  expect(await store.oversight.barsOf(person)).toMatchObject([
    { liftedBy: reviewer, liftReason: "申诉成立", reason: "票据系伪造" },
  ]);
  const row = JSON.stringify(await getRow(store.table, barKey(person, bar.from)));
  expect(row).not.toMatch(/票据|申诉/u);
});
