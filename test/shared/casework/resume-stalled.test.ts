import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { resumeStalled } from "#shared/casework/resume-stalled.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Decision } from "#shared/domain/approval.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { addMinutes, instant, type Instant } from "#shared/kernel/calendar.ts";
import { aCase, approve, deciding, monday } from "#test/support/cases.ts";
import {
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { noticeEndsAt, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await grantTo(world.uses, "central", "CENTRAL", 900_000);
});
afterAll(() => world.stop());

/** When the decisions of a test are given; it begins with nothing left over of the test before. */
const decidedAt = instant("2026-07-21T01:00:00Z");
const later = addMinutes(decidedAt, 5);
beforeEach(() => world.moveClockTo(decidedAt));

const mute = () => ({
  ...world.uses,
  workflow: {
    ...world.uses.workflow,
    succeed: () => Promise.reject(new Error("the function was ended before it could signal")),
  },
});

/** A case decided at its district whose execution, which waits, was never told. */
const decidedUnheard = async (
  number: number,
  decision: Partial<Decision> = {},
  changes: Partial<Application> = {},
): Promise<{ readonly application: Application; readonly token: string }> => {
  const { application, approval } = await storeAskedCase(world.uses, number, changes);
  world.waiting.add(approval.taskToken);
  const context = deciding(application, {
    decision: { ...approve, ...decision },
    now: decidedAt,
    finalNotice: changes.programmeId === "emergency" ? "after_payment" : "before_payment",
  });
  const recorded = await recordDecision(mute(), context, approval);
  if (recorded.kind !== "recorded" || recorded.signalled) throw new Error("it was heard");
  return { application: recorded.application, token: approval.taskToken };
};

/** Names of executions are cut to case and version: the hour behind them tells retries apart. */
const caseAndVersion = (name: string): string => name.split("-").slice(0, 2).join("-");

/** Sweeps at an instant. @returns what was told and started by it. */
const sweepAt = async (now: Instant) => {
  world.moveClockTo(now);
  const [told, begun] = [world.answered.length, world.started.length];
  const count = await resumeStalled(world.uses);
  return {
    count,
    told: world.answered.slice(told),
    started: world.started.slice(begun).map(caseAndVersion),
  };
};

test.each([
  ["an approval at a lower tier", 1, {}, { tier: "station", atUnitId: "spring" }, "ask"],
  ["a return", 2, { kind: "return", reason: "补材料" }, {}, "information"],
  ["a rejection", 3, { kind: "reject", reason: "不属实" }, {}, "ended"],
  [
    "a confirmed refusal",
    4,
    { kind: "confirm_refusal" },
    { recommendation: "refuse", refusalCode: "EXCLUDED_PROPERTY", amountFen: 0 },
    "ended",
  ],
  ["an approval that found no money", 5, {}, { fundOrder: ["DONATION"] }, "funds"],
  ["a last approval with no notice before payment", 6, {}, { programmeId: "emergency" }, "ended"],
] as const)(
  "%s that its execution never heard of is told within five minutes",
  async (_what, number, decision, changes, outcome) => {
    const { token } = await decidedUnheard(
      number,
      decision,
      changes as unknown as Partial<Application>,
    );

    expect((await sweepAt(addMinutes(decidedAt, 1))).told).toEqual([]);
    const swept = await sweepAt(later);

    expect(swept.told).toEqual([{ taskToken: token, outcome }]);
    expect(swept.started.filter((name) => token.endsWith(name.slice(0, 12)))).toEqual([]);
  },
);

test("an ended case is looked after until its applicant was told, and no longer", async () => {
  const { application, token } = await decidedUnheard(11, { kind: "reject", reason: "不属实" });
  world.waiting.delete(token);

  const first = await sweepAt(later);
  await world.uses.cases.markOutcomeMailed(application, later);
  const second = await sweepAt(addMinutes(later, 5));

  expect(first.started).toContain(`${application.id}-${application.version}`);
  expect(second.started).not.toContain(`${application.id}-${application.version}`);
  const left = await world.uses.cases.queue({ kind: "status", status: "rejected" }, 100);
  expect(left.rows.map(({ applicationId }) => applicationId)).not.toContain(application.id);
  expect((await caseOf(world.uses, application)).outcomeMailedAt).toBe(later);
});

test("whoever withdraws money that was promised is told that too, by a new execution", async () => {
  const { application } = await decidedUnheard(12, {}, { programmeId: "emergency" });
  await world.uses.cases.markOutcomeMailed(application, decidedAt);
  const promised = await caseOf(world.uses, application);
  const taken = withdraw(promised, [], decidedAt);
  if (taken.kind === "refused") throw new Error(taken.code);
  expect(await world.uses.cases.commit(taken)).toBe("committed");
  world.waiting.clear();

  const swept = await sweepAt(later);

  expect(swept.started).toContain(`${application.id}-${promised.version + 1}`);
});

test("a case that was sent but whose execution never started gets one", async () => {
  const application = await storeCase(
    world.uses,
    aCase(21, {
      status: "submitted",
      tier: null,
      decidedBy: {},
      since: decidedAt,
      deadlineAt: instant("2026-07-24T00:00:00Z"),
    }),
  );

  expect((await sweepAt(addMinutes(decidedAt, 1))).started).not.toContain(`${application.id}-3`);
  expect((await sweepAt(later)).started).toContain(`${application.id}-3`);
});

test("a tier that was recorded but never mailed is asked again", async () => {
  const { application } = await storeAskedCase(
    world.uses,
    22,
    { since: decidedAt },
    { mailedAt: null, taskToken: "crashed-22" },
  );

  const swept = await sweepAt(later);

  expect(swept.started).toContain(`${application.id}-${application.version}`);
});

test.each(["grass_roots", "final"] as const)(
  "a %s notice that should have ended is followed up, and not a minute before",
  async (kind) => {
    const application = await storeNoticed(world.uses, kind === "final" ? 23 : 24, kind, {
      since: decidedAt,
    });
    world.moveClockTo(monday);
    await publishNotice(world.uses, application);
    const name = `${application.id}-${application.version}`;

    expect((await sweepAt(addMinutes(noticeEndsAt, -1))).started).not.toContain(name);
    expect((await sweepAt(addMinutes(noticeEndsAt, 3))).started).toContain(name);
  },
);

test("a notice that nobody published is published by a new execution", async () => {
  const application = await storeNoticed(world.uses, 25);

  const swept = await sweepAt(addMinutes(monday, 5));

  expect(swept.started).toContain(`${application.id}-${application.version}`);
});

test.each(["objection", "under_appeal"] as const)(
  "a case under %s whose reviewer was never asked gets an execution that asks; one that was asked is left",
  async (status) => {
    const number = status === "objection" ? 26 : 27;
    const changes = { status, since: decidedAt, round: 2 } as const;
    const unasked = await storeCase(world.uses, aCase(number, changes));
    const { application: asked } = await storeAskedCase(world.uses, number + 2, changes, {
      taskToken: "",
    });

    const { started } = await sweepAt(later);

    expect(started).toContain(`${unasked.id}-${unasked.version}`);
    expect(started).not.toContain(`${asked.id}-${asked.version}`);
  },
);

test("whoever waits as they should is touched by no sweep, by day or by night", async () => {
  const waiting = { taskToken: "good", caseVersion: 3 };
  await storeAskedCase(world.uses, 31, { since: decidedAt });
  const asked = await storeCase(
    world.uses,
    aCase(32, { status: "needs_information", since: decidedAt }),
  );
  await world.uses.cases.putWait(asked.id, "information", waiting);
  const poor = await storeCase(
    world.uses,
    aCase(33, { status: "waiting_for_funds", since: decidedAt, atUnitId: null }),
  );
  await world.uses.cases.putWait(poor.id, "funds", waiting);
  world.moveClockTo(decidedAt);
  await publishNotice(world.uses, await storeNoticed(world.uses, 34));
  const told = { status: "reserved", outcomeMailedAt: decidedAt, since: decidedAt } as const;
  await storeCase(world.uses, aCase(35, { ...told, fundId: "central" as never }));
  await storeCase(world.uses, aCase(36, { status: "paid", since: decidedAt }));
  await storeCase(world.uses, aCase(37, { status: "draft", version: 0, submittedAt: null }));
  const theirs = (name: string): boolean => /^SN00000000(?:3\d)-/u.test(name);

  for (const now of [later, instant("2026-07-21T18:10:00Z"), instant("2026-07-22T18:10:00Z")]) {
    const swept = await sweepAt(now);
    expect(swept.started.filter(theirs)).toEqual([]);
    expect(swept.told.filter(({ taskToken }) => taskToken === "good")).toEqual([]);
  }
});

test("what was lost longer ago than a few hours is found in the night", async () => {
  const { token } = await decidedUnheard(41, { kind: "return", reason: "补材料" });
  const told = ({ told: answers }: Awaited<ReturnType<typeof sweepAt>>) =>
    answers.map(({ taskToken }) => taskToken);

  expect(told(await sweepAt(addMinutes(decidedAt, 10 * 60)))).not.toContain(token);
  expect(told(await sweepAt(instant("2026-07-22T18:05:00Z")))).toContain(token);
});

test("one case that can't be resumed keeps no other one waiting; the job still says that something failed", async () => {
  const since = decidedAt;
  const submitted = { status: "submitted", tier: null, decidedBy: {}, since } as const;
  const broken = await storeCase(world.uses, aCase(51, submitted));
  const sound = await storeCase(world.uses, aCase(52, submitted));
  const begun = world.started.length;
  const workflow = {
    ...world.uses.workflow,
    start: (machine: string, name: string) =>
      name.startsWith(broken.id)
        ? Promise.reject(new Error("refused"))
        : world.uses.workflow.start(machine, name),
  };
  world.moveClockTo(later);

  await expect(resumeStalled({ ...world.uses, workflow })).rejects.toThrow("refused");

  expect(world.started.slice(begun).map(caseAndVersion)).toContain(`${sound.id}-3`);
});
