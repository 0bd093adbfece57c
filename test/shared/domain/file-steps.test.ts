import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  closeFile,
  isAboveLine,
  mayExit,
  toPrevention,
  verifyFile,
} from "#shared/domain/file-exit.ts";
import {
  changeFile,
  computeFile,
  mayChange,
  openFile,
  renewFile,
  reopenFile,
  validUntilOf,
  type FileRefused,
  type FileStep,
  type OpenedFile,
} from "#shared/domain/file-steps.ts";
import type { FileContent } from "#shared/domain/file-content.ts";
import { bears, hasExpired, isValidOn } from "#shared/domain/hardship-file.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import { addMonths, instant, localDate, startOfDay } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import type { BlindIndex, FileId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { aDeclaration, aMember } from "#test/support/archive.ts";
import { commonPolicy, organisation } from "#test/support/cases.ts";

const today = localDate("2026-07-20");
const act = { by: "keeper" as StaffId, at: instant("2026-07-20T01:00:00Z"), reason: "核实" };
const L = yuan(1_062);

const contentOf = (declaration = aDeclaration(1)): FileContent => {
  const computed = computeFile(declaration, policyPack, today);
  if (computed.kind === "not_filed") throw new Error("not filed");
  return { ...declaration, computation: computed.computation };
};

const stepOf = (step: FileStep | FileRefused): FileStep => {
  if (step.kind === "refused") throw new Error(step.code);
  return step;
};

const next = (step: FileStep | FileRefused): OpenedFile => {
  const { after, version } = stepOf(step);
  return { file: after, content: version.content };
};

const given = {
  content: contentOf(),
  persons: ["p1", "p2"] as BlindIndex[],
  unitId: "spring" as UnitId,
  line: "territorial" as const,
};

const opened = (declaredOn = today): OpenedFile =>
  next(
    openFile(
      {
        ...given,
        id: "HF00000001" as FileId,
        salt: "salt",
        account: "account" as BlindIndex,
        declaredOn,
        change: "opened",
      },
      commonPolicy,
      act,
    ),
  );

test.each([
  ["2026-07-20", "2027-07-19"],
  ["2026-03-01", "2027-02-28"],
  ["2028-02-29", "2029-02-27"],
])("declared on %s it is valid for twelve months, up to %s", (declaredOn, last) => {
  expect(validUntilOf(localDate(declaredOn), commonPolicy)).toBe(last);
});

test("it counts from its first day to its last, both included, and not a day longer", () => {
  const { file } = opened();
  expect(isValidOn(file, localDate("2026-07-19"))).toBe(false);
  expect(isValidOn(file, localDate("2026-07-20"))).toBe(true);
  expect(isValidOn(file, localDate("2027-07-19"))).toBe(true);
  expect(isValidOn(file, localDate("2027-07-20"))).toBe(false);
  expect(hasExpired(file, localDate("2027-07-19"))).toBe(false);
  expect(hasExpired(file, localDate("2027-07-20"))).toBe(true);
});

test("a case rests on it when it counted on the day of application, or was opened before it is looked at", () => {
  const { file } = opened();
  const on = localDate;
  expect(bears(file, on("2027-07-19"), on("2027-08-30"))).toBe(true);
  expect(bears(file, on("2027-07-20"), on("2027-07-20"))).toBe(false);
  expect(bears(file, on("2026-07-01"), on("2026-07-20"))).toBe(true);
  expect(bears(file, on("2026-07-01"), on("2026-07-19"))).toBe(false);
  expect(bears({ ...file, state: "closed" }, today, today)).toBe(false);
  expect(bears({ ...file, state: "prevention" }, today, today)).toBe(false);
});

test("only the three filed categories get a file; at exactly 2 L, or with two homes, there is none", () => {
  const two = (yearly: number, changes = {}) =>
    computeFile(
      aDeclaration(1, changes, [aMember(1, { yearlyIncome: yuan(yearly) })]),
      policyPack,
      today,
    );
  // One person: 12 × 1,062 = 12,744 and 24 × 1,062 = 25,488.
  expect(two(12_743.99)).toMatchObject({ computation: { category: "DEEP" } });
  expect(two(12_744)).toMatchObject({ computation: { category: "RELATIVE" } });
  expect(two(25_487.99)).toMatchObject({ computation: { category: "RELATIVE" } });
  expect(two(25_488)).toMatchObject({ kind: "not_filed", hardship: { category: "TEMPORARY" } });
  expect(two(25_488, { netLoss: yuan(20_390.41) })).toMatchObject({
    computation: { category: "ACCIDENT" },
  });
  expect(two(1_000, { homes: 2 })).toMatchObject({
    kind: "not_filed",
    hardship: { refusal: { code: "EXCLUDED_PROPERTY" } },
  });
  expect(() => computeFile(aDeclaration(1), policyPack, localDate("2031-01-01"))).toThrow(
    PolicyNotConfirmed,
  );
});

test("a change needs a reason and something that changed", () => {
  const file = opened();
  expect(changeFile(file, given, act)).toEqual({ kind: "refused", code: "nothing_changed" });
  const content = contentOf(aDeclaration(1, { homes: 1 }));
  expect(changeFile(file, { ...given, content }, { ...act, reason: " " })).toEqual({
    kind: "refused",
    code: "reason_required",
  });
  const changed = stepOf(changeFile(file, { ...given, content }, act));
  expect(changed.after).toMatchObject({ version: 2, validUntil: file.file.validUntil });
  expect(changed.version).toMatchObject({ version: 2, change: "changed", by: "keeper" });
});

test("a renewal counts anew from its own day; the day it was first opened stays", () => {
  const file = opened();
  const at = startOfDay(localDate("2027-06-01"));
  const renewed = stepOf(renewFile(file, given, commonPolicy, { ...act, at }));
  expect(renewed.after).toMatchObject({
    openedOn: "2026-07-20",
    declaredOn: "2027-06-01",
    validUntil: "2028-05-31",
  });
});

test("above the line is more than L a head and month, to the fen", () => {
  // 1,062 × 3 people × 6 months = 19,116.
  expect(isAboveLine({ months: 6, incomeFen: yuan(19_116) }, 3, L)).toBe(false);
  expect(isAboveLine({ months: 6, incomeFen: yuan(19_116.01) }, 3, L)).toBe(true);
});

const looked = (file: OpenedFile, months: number, yearly: number, causeGone = true): OpenedFile =>
  next(verifyFile(file, { on: today, months, incomeFen: yuan(yearly), causeGone }, L, act));

test("six months running with the cause gone lead out; a month below the line begins anew", () => {
  let file = opened();
  for (let month = 1; month <= 5; month += 1) file = looked(file, 1, 3_000);
  expect(mayExit(file.file, commonPolicy)).toBe(false);
  expect(mayExit(looked(file, 1, 3_000, false).file, commonPolicy)).toBe(false);
  expect(mayExit(looked(file, 1, 3_000).file, commonPolicy)).toBe(true);
  const below = looked(file, 1, 2_124);
  expect(below.file.monthsAboveLine).toBe(0);
  expect(mayExit(looked(below, 5, 60_000).file, commonPolicy)).toBe(false);
  expect(mayExit(looked(below, 6, 60_000).file, commonPolicy)).toBe(true);
});

test("out of hardship and the prevention list want the exit rule; other reasons close it at once", () => {
  const file = opened();
  const notYet = { kind: "refused", code: "not_out_of_hardship_yet" };
  expect(closeFile(file, "out_of_hardship", commonPolicy, act)).toEqual(notYet);
  expect(toPrevention(file, commonPolicy, act)).toEqual(notYet);
  expect(stepOf(closeFile(file, "moved_away", commonPolicy, act)).after).toMatchObject({
    state: "closed",
    closedFor: "moved_away",
  });
  const ready = looked(file, 6, 60_000);
  const watched = next(toPrevention(ready, commonPolicy, act));
  expect(watched.file.state).toBe("prevention");
  expect(next(reopenFile(watched, given, commonPolicy, act)).file).toMatchObject({
    state: "open",
    monthsAboveLine: 0,
  });
});

test("whatever is done in whatever order, versions are contiguous, states follow the table, closed bears nothing", () => {
  const acts = ["changed", "renewed", "verified", "to_prevention", "closed", "reopened"] as const;
  const doOne = (file: OpenedFile, name: (typeof acts)[number], salt: number) => {
    const content = contentOf(aDeclaration(1, { homes: salt % 2 }));
    switch (name) {
      case "changed":
        return changeFile(file, { ...given, content }, act);
      case "renewed":
        return renewFile(file, { ...given, content }, commonPolicy, act);
      case "verified":
        return verifyFile(
          file,
          { on: today, months: 3, incomeFen: fen(salt * 1_000), causeGone: salt % 3 > 0 },
          L,
          act,
        );
      case "to_prevention":
        return toPrevention(file, commonPolicy, act);
      case "closed":
        return closeFile(file, salt % 2 ? "out_of_hardship" : "moved_away", commonPolicy, act);
      case "reopened":
        return reopenFile(file, { ...given, content }, commonPolicy, act);
    }
  };
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...acts), fc.nat(5_000)), { maxLength: 40 }),
      (played) => {
        let file = opened();
        for (const [name, salt] of played) {
          const step = doOne(file, name, salt);
          if (step.kind === "refused") {
            if (!mayChange(file.file, name)) expect(step.code).not.toBe("reason_required");
            continue;
          }
          expect(mayChange(file.file, name)).toBe(true);
          expect(step.after.version).toBe(file.file.version + 1);
          expect(step.version.version).toBe(step.after.version);
          expect(step.after.openedOn).toBe(file.file.openedOn);
          expect(step.after.validUntil >= file.file.validUntil).toBe(true);
          // On the way out only: a household watched afterwards may fall below the line again and is watched on.
          const out =
            (step.after.state === "prevention" && file.file.state !== "prevention") ||
            step.after.closedFor === "out_of_hardship";
          if (out) expect(mayExit(step.after, commonPolicy)).toBe(true);
          expect(step.after.closedFor === null).toBe(step.after.state !== "closed");
          if (step.after.state === "closed") expect(isValidOn(step.after, today)).toBe(false);
          file = next(step);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test("a file of an office is kept by that office and those above it, not beside or below", () => {
  const keeps = (own: string, unit: string): boolean =>
    isInBranch(organisation, own as UnitId, unit as UnitId);
  expect(keeps("spring", "spring")).toBe(true);
  expect(keeps("east", "spring")).toBe(true);
  expect(keeps("city", "spring")).toBe(true);
  expect(keeps("spring", "east")).toBe(false);
  expect(keeps("metal", "spring")).toBe(false);
});

test("a year's validity never ends before it began", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_650 }), (days) => {
      const on = localDate(
        new Date(Date.UTC(2025, 0, 1) + days * 86_400_000).toISOString().slice(0, 10),
      );
      const last = validUntilOf(on, commonPolicy);
      expect(last > on).toBe(true);
      expect(last < addMonths(on, 12)).toBe(true);
    }),
  );
});
