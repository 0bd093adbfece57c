import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/end-notices/handler.ts";
import { endNotices } from "#shared/casework/end-notices.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { objectTo } from "#shared/casework/raise-objection.ts";
import { addMinutes, deadlineAfter, instant } from "#shared/kernel/calendar.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { NoticeWouldLeak } from "#shared/kernel/errors.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { noticeEndsAt, said, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const runJob = () => createHandler(world.uses)();

test("the notice after payment is published by the job, and closes the case five working days later", async () => {
  const application = await storeNoticed(world.uses, 1, "after_payment");

  expect(await runJob()).toEqual({ count: 1 });
  const [notice] = await world.uses.notices.noticesOf(application.id);
  expect(notice).toMatchObject({ kind: "after_payment", endsAt: deadlineAfter(monday, 5) });
  expect(await runJob()).toEqual({ count: 0 });

  world.moveClockTo(addMinutes(noticeEndsAt, -1));
  expect(await runJob()).toEqual({ count: 0 });
  world.moveClockTo(noticeEndsAt);
  expect(await runJob()).toEqual({ count: 1 });
  expect(await caseOf(world.uses, application)).toMatchObject({
    status: "closed",
    deadlineAt: null,
  });
  expect(await runJob()).toEqual({ count: 0 });
});

test("published late, it closes later: everybody has five working days to object", async () => {
  const application = await storeNoticed(world.uses, 2, "after_payment");
  world.moveClockTo(instant("2026-07-27T02:00:00Z"));
  await runJob();
  world.moveClockTo(noticeEndsAt);
  expect(await runJob()).toEqual({ count: 0 });
  world.moveClockTo(instant("2026-08-03T16:00:00Z"));
  await runJob();
  expect((await caseOf(world.uses, application)).status).toBe("closed");
});

test("an open objection keeps the case from being closed", async () => {
  const application = await storeNoticed(world.uses, 3, "after_payment");
  await runJob();
  await objectTo(world.uses, application.id, said("不属实"));
  world.moveClockTo(addMinutes(noticeEndsAt, 60));

  expect(await runJob()).toEqual({ count: 0 });
  expect((await caseOf(world.uses, application)).status).toBe("objection");
});

test("a notice before payment that its execution forgot is followed up; one that stands is left alone", async () => {
  const application = await storeNoticed(world.uses, 4, "grass_roots");
  await publishNotice(world.uses, application);
  await runJob();
  world.moveClockTo(addMinutes(noticeEndsAt, 10));
  await runJob();
  expect(world.started).toEqual([]);

  world.moveClockTo(addMinutes(noticeEndsAt, 16));
  expect(await runJob()).toEqual({ count: 1 });
  expect(world.started.map((name) => name.split("-").slice(0, 2))).toEqual([
    [application.id, String(application.version)],
  ]);
});

test("one notice that would leak keeps no other one waiting, and the job says so", async () => {
  const leaking = await storeNoticed(world.uses, 5, "after_payment");
  const sound = await storeNoticed(world.uses, 6, "after_payment");
  const shown = maskedName(answersOfCase(leaking, 5)["applicantName"] ?? "");
  const cases = {
    ...world.uses.cases,
    answers: async (...given: Parameters<typeof world.uses.cases.answers>) => {
      const answers = await world.uses.cases.answers(...given);
      return given[0].id === leaking.id ? { ...answers, address: shown } : answers;
    },
  };

  await expect(endNotices({ ...world.uses, cases })).rejects.toBeInstanceOf(NoticeWouldLeak);

  expect(await world.uses.notices.noticesOf(leaking.id)).toEqual([]);
  expect(await world.uses.notices.noticesOf(sound.id)).toHaveLength(1);
});

test.each([
  ["publishing", 7, monday],
  ["closing", 8, noticeEndsAt],
] as const)("%s: cut off anywhere and run again, it is done once", async (what, number, at) => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      const application = await storeNoticed(uses, number, "after_payment");
      if (what === "closing") await publishNotice(uses, application);
      world.moveClockTo(at);
      return uses;
    },
    run: (uses) => endNotices(uses),
    end: () => endStateOf(world),
  });
  const { status } = await caseOf(world.uses, { id: applicationIdOf(number) });
  expect(status).toBe(what === "closing" ? "closed" : "post_review");
  expect(end).toMatchObject({ mails: {}, started: [], brokenChains: [] });
  expect(end.rows.filter(({ SK }) => String(SK).startsWith("NOTICE#"))).toHaveLength(1);
});
