/** What pages and the JSON API tell an applicant of a case, and of what can't be done with it. */
import { expect, test } from "vitest";
import {
  askedFor,
  eventWords,
  failureWords,
  meaningOf,
  nextStepOf,
} from "#shared/web/case-words.ts";
import { trackMeaning } from "#shared/web/fast-track-words.ts";
import { kindWords } from "#shared/web/outcome-words.ts";
import {
  appealClosedWords,
  appealWordsProblem,
  barredWords,
  byLastDay,
  extensionWords,
  withdrawalWords,
} from "#shared/web/refusal-words.ts";
import { isOpen, outOfSeason, seasonNow, seasonWords } from "#shared/web/season.ts";
import { statusNames } from "#shared/web/messages.ts";
import type { RecordedEvent, Status } from "#shared/domain/application.ts";
import { appealWordsMax } from "#shared/domain/appeal.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";
import { aCase, monday } from "#test/support/cases.ts";

const inBoth = ({ zh, en }: Text): void => {
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(en).toMatch(/[a-z]/u);
};

test("every state means something, and its next step names the last day in time", () => {
  for (const status of Object.keys(statusNames) as Status[]) {
    inBoth(meaningOf(aCase(1, { status }), []));
  }
  const midnight = instant("2026-07-24T16:00:00Z");
  const next = nextStepOf(aCase(1, { status: "submitted", tier: null, deadlineAt: midnight }));
  expect(next?.zh).toContain("2026年7月24日");
  expect(nextStepOf(aCase(1, { status: "paid", deadlineAt: midnight }))).toBeNull();
  expect(trackMeaning(aCase(1, { fastTrack: "advance" }))?.en).toContain("advance");
  for (const words of Object.values(kindWords)) inBoth(words);
});

test("what happened is told with its tier and, once it is decided, its amount", () => {
  const event = (changes: Partial<RecordedEvent>): RecordedEvent => ({
    applicationId: aCase(1).id,
    version: 1,
    type: "approved",
    from: "in_approval",
    to: "reserved",
    at: monday,
    actor: { kind: "applicant" },
    detail: { tier: "district", amountFen: 500_000 },
    confidential: null,
    previousHash: "",
    hash: "",
    ...changes,
  });
  expect(eventWords(event({})).en).toMatch(/\(.*CNY 5,000\.00\)/u);
  expect(eventWords(event({ type: "assessed" })).en).not.toContain("5,000");
  const returned = event({ type: "returned", confidential: { reason: "请补充" } });
  expect(askedFor([event({}), returned])).toBe("请补充");
  expect(failureWords("no such code")).toBeNull();
});

test("what can't be done says why, in both languages", () => {
  for (const words of [...Object.values(withdrawalWords), ...Object.values(extensionWords)]) {
    inBoth(words);
  }
  const until = instant("2026-07-24T16:00:00Z");
  inBoth(appealClosedWords({ kind: "too_late", until }));
  inBoth(appealClosedWords({ kind: "appealed_before" }));
  inBoth(appealClosedWords({ kind: "not_refused" }));
  expect(byLastDay((day) => ({ zh: day, en: day }), until).en).toBe("24 July 2026");
  expect(appealWordsProblem("有理由")).toBeNull();
  expect(appealWordsProblem("字".repeat(appealWordsMax + 2))?.en).toContain("by 2");
  const bar = { until: "2027-01-01", code: "false_declaration" } as Parameters<
    typeof barredWords
  >[0];
  expect(barredWords(bar).zh).toContain("2027年1月1日");
});

test("a season is said with its days", () => {
  const uses = { clock: { now: () => monday }, policy: policyPack };
  for (const programme of programmes) {
    const season = seasonNow(uses, programme);
    inBoth(seasonWords(season));
    if (!isOpen(season)) inBoth(outOfSeason(season));
  }
});
