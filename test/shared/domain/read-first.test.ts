import { expect, test } from "vitest";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import type { Assessment } from "#shared/domain/assessment.ts";
import { flagsIn, readFirst, type ReadFirst } from "#shared/domain/read-first.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { aCase, commonPolicy, monday } from "#test/support/cases.ts";

const assessment: Assessment = {
  programmeId: "golden-autumn",
  policyVersion: "golden-autumn-2025",
  category: "DEEP",
  recommendation: "approve",
  refusal: null,
  amountFen: yuan(5_000),
  advanceFen: zeroFen,
  fundOrder: ["CENTRAL"],
  steps: [],
  flags: [],
} as unknown as Assessment;

const event = (
  type: RecordedEvent["type"],
  changes: Partial<RecordedEvent> = {},
): RecordedEvent => ({
  ...({ applicationId: aCase(1).id, version: 2, from: "submitted", to: "in_approval" } as const),
  at: monday,
  actor: { kind: "system", task: "assess-application" },
  detail: {},
  confidential: null,
  previousHash: "",
  hash: "",
  type,
  ...changes,
});

const assessed = (changes: Partial<Assessment> = {}): RecordedEvent =>
  event("assessed", { confidential: { assessment: { ...assessment, ...changes } } });

const visited = (confirmed: boolean): RecordedEvent =>
  event("visited", {
    confidential: {
      visit: {
        visitedOn: localDate("2026-07-20"),
        staffIds: [],
        others: [],
        metWith: "",
        findings: "",
        confirmed,
        paperNumbers: [],
      },
    },
  });

const reasonsFor = (
  changes: Partial<Application> = {},
  events: readonly RecordedEvent[] = [assessed()],
  given: { readonly othersFound?: number; readonly isLocked?: boolean } = {},
): readonly ReadFirst[] =>
  readFirst({
    application: aCase(1, changes),
    events,
    policy: commonPolicy,
    othersFound: 0,
    isLocked: false,
    ...given,
  });

test("what the rules bear out whole, a visit confirmed and nobody changed may be ticked", () => {
  expect(reasonsFor({}, [event("submitted"), assessed(), visited(true)])).toEqual([]);
});

test("an objection, an appeal and a recommended refusal are always opened", () => {
  expect(reasonsFor({ status: "objection" })).toEqual(["review"]);
  expect(reasonsFor({ status: "under_appeal" })).toEqual(["review"]);
  expect(reasonsFor({ recommendation: "refuse" })).toEqual(["refusal"]);
});

test("a flag of the rules, another list's match or a near-duplicate wants to be read", () => {
  const flagged = [assessed({ flags: [{ zh: "请看", en: "look" }] })];
  expect(reasonsFor({}, flagged)).toEqual(["flagged"]);
  expect(reasonsFor({}, undefined, { othersFound: 1 })).toEqual(["flagged"]);
  // Nobody knows what the rules said: that is no straight case.
  expect(reasonsFor({}, [])).toEqual(["flagged"]);
  expect(flagsIn({ events: [...flagged, visited(false)], othersFound: 2 })).toBe(4);
});

test("a visit that bore nothing out, a change, a lowered amount, an advance, a second round are read first", () => {
  expect(reasonsFor({}, [assessed(), visited(false)])).toEqual(["visit"]);
  const corrected = event("corrected", { detail: { answersVersion: 2 } });
  expect(reasonsFor({}, [assessed(), corrected])).toEqual(["changed"]);
  expect(reasonsFor({ amountFen: yuan(4_000) })).toEqual(["lowered"]);
  expect(reasonsFor({ fastTrack: "follow_up" })).toEqual(["fast_track"]);
  expect(reasonsFor({ round: 2 })).toEqual(["again"]);
  expect(reasonsFor({}, [assessed(), event("returned")])).toEqual(["again"]);
});

test("what a meeting decides needs its minutes, and a locked link isn't gone round", () => {
  const amountFen = yuan(200_000);
  const minuted = [assessed({ amountFen })];
  expect(reasonsFor({ tier: "city", amountFen }, minuted)).toEqual(["minutes"]);
  expect(reasonsFor({ tier: "district", amountFen }, minuted)).toEqual([]);
  expect(reasonsFor({}, undefined, { isLocked: true })).toEqual(["locked"]);
});
