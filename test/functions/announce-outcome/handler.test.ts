import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/announce-outcome/handler.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { Application } from "#shared/domain/application.ts";
import { withdraw } from "#shared/domain/intake.ts";
import { addMinutes, deadlineAfter } from "#shared/kernel/calendar.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { aCase, applicationIdOf, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  balancesOf,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { moveTo, noticeEndsAt, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const fundId = "central" as FundId;

/** A case of the last decision: its money is reserved, its notice published. */
const storePublished = async (number: number): Promise<Application> => {
  const application = await storeNoticed(world.uses, number);
  await publishNotice(world.uses, application);
  return application;
};

const announce = ({ id }: Pick<Application, "id">) =>
  createHandler(world.uses)({ applicationId: id });
const mailIds = () => world.mails.map(({ id }) => id);

test("a notice that has run out ends: the award is payable, and the applicant is told of it", async () => {
  const application = await storePublished(1);
  world.moveClockTo(noticeEndsAt);

  expect(await announce(application)).toEqual({ outcome: "ended" });

  expect(await caseOf(world.uses, application)).toMatchObject({
    status: "reserved",
    version: application.version + 1,
    outcomeMailedAt: noticeEndsAt,
    deadlineAt: deadlineAfter(noticeEndsAt, 10),
  });
  expect(world.mails.map(({ id, to }) => [id, to])).toEqual([
    [`outcome:${application.id}:1:approved`, demoApplicant(1).email],
  ]);
  const payable = await world.uses.cases.queue({ kind: "payable", fundId }, 10);
  expect(payable.rows.map(({ applicationId }) => applicationId)).toEqual([application.id]);
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ reserved: 5_000, fault: null });
});

test.each([
  ["reserved", "approved"],
  ["rejected", "refused"],
  ["ineligible", "refused"],
  ["withdrawn", "withdrawn"],
  ["lapsed", "lapsed"],
] as const)("of a case that is %s the applicant is told: %s", async (status, outcome) => {
  const application = await storeCase(world.uses, aCase(2, { status, fundId }));

  expect(await announce(application)).toEqual({ outcome: "ended" });

  expect(mailIds()).toEqual([`outcome:${application.id}:1:${outcome}`]);
  expect(await caseOf(world.uses, application)).toEqual({
    ...application,
    outcomeMailedAt: monday,
  });
});

test("run again, a day later too, nobody is told twice and nothing changes", async () => {
  const application = await storePublished(3);
  const refused = await storeCase(world.uses, aCase(4, { status: "rejected" }));
  world.moveClockTo(noticeEndsAt);
  for (const one of [application, refused]) await announce(one);
  const before = await endStateOf(world);

  world.moveClockTo(addMinutes(noticeEndsAt, 24 * 60));
  for (const one of [application, refused, application]) {
    expect(await announce(one)).toEqual({ outcome: "ended" });
  }

  expect(await endStateOf(world)).toEqual(before);
  expect(world.mails).toHaveLength(2);
});

test("what was told already is not told again when the payment has moved on", async () => {
  const application = await storeCase(
    world.uses,
    aCase(5, { status: "paid", fundId, outcomeMailedAt: monday }),
  );
  expect(await announce(application)).toEqual({ outcome: "ended" });
  expect(world.mails).toEqual([]);
});

test("a notice that still stands is neither ended nor told as an award", async () => {
  const application = await storePublished(6);
  world.moveClockTo(addMinutes(noticeEndsAt, -1));

  expect(await announce(application)).toEqual({ outcome: "notice" });

  expect(world.mails).toEqual([]);
  expect(await caseOf(world.uses, application)).toEqual(application);
});

test("a notice that was never published neither ends nor is told as an award, however late it is", async () => {
  const application = await storeNoticed(world.uses, 12);
  world.moveClockTo(addMinutes(noticeEndsAt, 24 * 60));

  expect(await announce(application)).toEqual({ outcome: "notice" });

  expect(world.mails).toEqual([]);
  expect((await caseOf(world.uses, application)).status).toBe("public_notice");
});

test("held for an objection when its notice ends, nobody is told of an award; dismissed, it is told then", async () => {
  const application = await storePublished(13);
  const held = await moveTo(world.uses, application, { status: "objection" });
  world.moveClockTo(noticeEndsAt);
  expect(await announce(application)).toEqual({ outcome: "ask" });
  expect(world.mails).toEqual([]);
  expect(await caseOf(world.uses, application)).toEqual(held);

  await moveTo(world.uses, application, { status: "public_notice" });
  expect(await announce(application)).toEqual({ outcome: "ended" });
  expect(mailIds()).toEqual([`outcome:${application.id}:1:approved`]);
});

test("the base office's notice is not this task's to end", async () => {
  const application = await storeNoticed(world.uses, 14, "grass_roots");
  await publishNotice(world.uses, application);
  world.moveClockTo(noticeEndsAt);
  expect(await announce(application)).toEqual({ outcome: "grass_roots_notice" });
  expect(world.mails).toEqual([]);
  expect((await caseOf(world.uses, application)).status).toBe("public_notice");
});

test.each([
  ["submitted", "reassess"],
  ["in_acceptance", "ask"],
  ["in_verification", "ask"],
  ["in_approval", "ask"],
  ["objection", "ask"],
  ["under_appeal", "ask"],
  ["needs_information", "information"],
  ["waiting_for_funds", "funds"],
] as const)(
  "a case that is %s has nothing to tell yet, and nobody is told of an award: %s",
  async (status, outcome) => {
    const application = await storeCase(world.uses, aCase(7, { status }));
    expect(await announce(application)).toEqual({ outcome });
    expect(world.mails).toEqual([]);
    expect(await caseOf(world.uses, application)).toEqual(application);
  },
);

test("withdrawn while its notice ended: the step is refused, and the next run tells what is true", async () => {
  const application = await storePublished(8);
  world.moveClockTo(noticeEndsAt);
  const withdrawing = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      commit: async (...[commit]: Parameters<typeof world.uses.cases.commit>) => {
        const taken = withdraw(application, [], noticeEndsAt);
        if (taken.kind === "refused") throw new Error(taken.code);
        await world.uses.cases.commit(taken);
        return world.uses.cases.commit(commit);
      },
    },
  };

  const input = { applicationId: application.id };
  await expect(createHandler(withdrawing)(input)).rejects.toBeInstanceOf(StoreContended);
  await announce(application);

  expect((await caseOf(world.uses, application)).status).toBe("withdrawn");
  expect(mailIds().at(-1)).toBe(`outcome:${application.id}:1:withdrawn`);
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ available: 5_000, reserved: 0 });
});

test("whoever gave no address is not mailed, and is not looked for again", async () => {
  const rejected = aCase(9, { status: "rejected" });
  const answers = { ...answersOfCase(rejected, 9), email: "" };
  const application = await storeCase(world.uses, rejected, answers);
  await announce(application);
  expect(world.mails).toEqual([]);
  expect((await caseOf(world.uses, application)).outcomeMailedAt).toBe(monday);
});

test.each([
  ["a notice that has run out", () => storePublished(10), 10, "approved", "cases.commit"],
  [
    "a refusal",
    () => storeCase(world.uses, aCase(11, { status: "rejected" })),
    11,
    "refused",
    "cases.markOutcomeMailed",
  ],
] as const)(
  "%s: cut off at any call and run again, it was told once",
  async (_what, store, number, told, recorded) => {
    const { end, faults } = await surviveEveryCrash({
      begin: async () => {
        const uses = await beginAnew(world);
        await store();
        world.moveClockTo(noticeEndsAt);
        return uses;
      },
      run: (uses) => createHandler(uses)({ applicationId: applicationIdOf(number) }),
      end: () => endStateOf(world),
    });
    expect(faults).toEqual(expect.arrayContaining(["after mailer.send", `after ${recorded}`]));
    expect(Object.keys(end.mails)).toEqual([`outcome:${applicationIdOf(number)}:1:${told}`]);
    expect(Object.values(end.mails).map((kept) => kept.length)).toEqual([1]);
    expect(end.brokenChains).toEqual([]);
  },
);

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
