import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/await-information/handler.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { Application } from "#shared/domain/application.ts";
import { giveInformation } from "#shared/domain/correction.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { aCase, applicationIdOf, commonPolicy, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const returned = (number: number): Application =>
  aCase(number, {
    status: "needs_information",
    deadlineAt: instant("2026-08-03T16:00:00Z"),
  });

const wait = ({ id }: Pick<Application, "id">, taskToken: string) =>
  createHandler(world.uses)({ applicationId: id, taskToken });

const tokenOf = async ({ id }: Application) =>
  (await world.uses.cases.wait(id, "information"))?.taskToken;

/** The applicant sends what was asked for. */
const give = async (read: Application) => {
  const application = await caseOf(world.uses, read);
  const { flowClock, calendar } = commonPolicy;
  const moment = { now: addMinutes(monday, 60), flowClock, calendar };
  const given = giveInformation(application, { correction: null, newPapers: 1, moment });
  if (given.kind === "refused") throw new Error(given.code);
  expect(await world.uses.cases.commit(given)).toBe("committed");
};

/** A tier returns it once more, as the steps in between leave it. */
const returnAgain = async (application: Application) => {
  const before = await caseOf(world.uses, application);
  const after = { ...before, version: before.version + 1, status: "needs_information" as const };
  const event = {
    applicationId: before.id,
    version: after.version,
    type: "returned" as const,
    from: before.status,
    to: after.status,
    at: monday,
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  const step = { before, after: { ...after, deadlineAt: application.deadlineAt }, event };
  expect(await world.uses.cases.commit({ step })).toBe("committed");
};

test("the applicant is asked once for all that is missing, and the token is kept until it comes", async () => {
  const application = await storeCase(world.uses, returned(1));
  world.waiting.add("task-1");

  expect(await wait(application, "task-1")).toEqual({ waiting: true });

  expect(world.mails.map(({ id, to }) => [id, to])).toEqual([
    [`information:${application.id}:3`, demoApplicant(1).email],
  ]);
  expect(await tokenOf(application)).toBe("task-1");
  expect(world.answered).toEqual([]);
});

test("run again, with the same token or a new one, nobody is asked twice and the last token is kept", async () => {
  const application = await storeCase(world.uses, returned(2));
  await wait(application, "task-1");
  const before = await endStateOf(world);

  await wait(application, "task-1");
  world.moveClockTo(addMinutes(monday, 14 * 24 * 60));
  expect(await wait(application, "task-2")).toEqual({ waiting: true });

  expect(await endStateOf(world)).toEqual(before);
  expect(world.mails).toHaveLength(1);
  expect(await tokenOf(application)).toBe("task-2");
  expect(await caseOf(world.uses, application)).toEqual(application);
});

test("returned a second time, the applicant is asked a second time", async () => {
  const application = await storeCase(world.uses, returned(3));
  await wait(application, "task-1");
  await give(application);
  await returnAgain(application);

  expect(await wait(application, "task-2")).toEqual({ waiting: true });

  expect(world.mails.map(({ id }) => id)).toEqual([
    `information:${application.id}:3`,
    `information:${application.id}:5`,
  ]);
});

test.each([
  ["submitted", "reassess"],
  ["in_approval", "ask"],
  ["lapsed", "ended"],
  ["withdrawn", "ended"],
] as const)(
  "a case that is %s by now: the execution is told %s at once, and nobody is mailed",
  async (status, outcome) => {
    const application = await storeCase(world.uses, aCase(4, { status }));
    world.waiting.add("task-1");

    expect(await wait(application, "task-1")).toEqual({ waiting: false });

    expect(world.answered).toEqual([{ taskToken: "task-1", outcome }]);
    expect(world.mails).toEqual([]);
  },
);

test("what comes between the mail and the keeping of the token is not missed", async () => {
  const application = await storeCase(world.uses, returned(5));
  world.waiting.add("task-1");
  const quick = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      putWait: async (...kept: Parameters<typeof world.uses.cases.putWait>) => {
        await give(application);
        return world.uses.cases.putWait(...kept);
      },
    },
  };

  const input = { applicationId: application.id, taskToken: "task-1" };
  expect(await createHandler(quick)(input)).toEqual({ waiting: false });

  expect(world.answered).toEqual([{ taskToken: "task-1", outcome: "reassess" }]);
});

test("whoever gave no address finds it on the status page; the case waits all the same", async () => {
  const answers = { ...answersOfCase(returned(6), 6), email: "" };
  const application = await storeCase(world.uses, returned(6), answers);
  expect(await wait(application, "task-1")).toEqual({ waiting: true });
  expect(world.mails).toEqual([]);
});

test("the token lies sealed", async () => {
  const application = await storeCase(world.uses, returned(7));
  await wait(application, "a-token-that-is-a-credential");
  expect(JSON.stringify((await endStateOf(world)).rows)).not.toContain("credential");
});

test("cut off at any call and run again with another token, one mail was sent and that token is kept", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeCase(uses, returned(8));
      for (const token of ["task-1", "task-2"]) world.waiting.add(token);
      return uses;
    },
    run: (uses, attempt) =>
      createHandler(uses)({ applicationId: applicationIdOf(8), taskToken: `task-${attempt}` }),
    end: () => endStateOf(world),
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      "before mailer.send",
      "after mailer.send",
      "before cases.putWait",
      "after cases.putWait",
    ]),
  );
  expect(Object.keys(end.mails)).toEqual([`information:${applicationIdOf(8)}:3`]);
  expect(Object.values(end.mails).map((kept) => kept.length)).toEqual([1]);
  expect(end.told).toEqual([]);
  expect(await tokenOf(returned(8))).toBe("task-2");
});

test("cut off while it says that the case has moved on, it says so again", async () => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeCase(uses, aCase(9, { status: "submitted" }));
      for (const token of ["task-1", "task-2"]) world.waiting.add(token);
      return uses;
    },
    run: (uses, attempt) =>
      createHandler(uses)({ applicationId: applicationIdOf(9), taskToken: `task-${attempt}` }),
    end: () => endStateOf(world),
  });
  expect(end).toMatchObject({ told: ["reassess"], mails: {} });
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
