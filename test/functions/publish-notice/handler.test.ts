import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/publish-notice/handler.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import { aCase, applicationIdOf } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const noticeEndsAt = instant("2026-07-27T16:00:00Z");
const storeNoticed = (number: number, status: Status = "public_notice"): Promise<Application> =>
  storeCase(world.uses, aCase(number, { status, noticeEndsAt, deadlineAt: noticeEndsAt }));
const publish = ({ id }: Pick<Application, "id">) =>
  createHandler(world.uses)({ applicationId: id });

test("the machine waits until the instant that the decision set", async () => {
  expect(await publish(await storeNoticed(1))).toEqual({ until: noticeEndsAt });
});

test("run again, however much later, it waits no longer: the instant is the same, and nothing changes", async () => {
  const application = await storeNoticed(2);
  const before = await endStateOf(world);
  await publish(application);
  world.moveClockTo(addMinutes(noticeEndsAt, 60));
  expect(await publish(application)).toEqual({ until: noticeEndsAt });
  expect(await endStateOf(world)).toEqual(before);
});

test.each(["reserved", "withdrawn", "batched", "paid"] as const)(
  "a case that is %s by now has no more to wait for than its notice had",
  async (status) => {
    expect(await publish(await storeNoticed(3, status))).toEqual({ until: noticeEndsAt });
  },
);

test("a case that was never to be noticed, or that nobody knows, is an error and no wait", async () => {
  const application = await storeCase(world.uses, aCase(4, { status: "reserved" }));
  await expect(publish(application)).rejects.toBeInstanceOf(InvariantBroken);
  await expect(publish({ id: applicationIdOf(99) })).rejects.toBeInstanceOf(ApplicationNotFound);
});

test("cut off and run again, it has written nothing", async () => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeNoticed(5);
      return uses;
    },
    run: (uses) => createHandler(uses)({ applicationId: applicationIdOf(5) }),
    end: () => endStateOf(world),
  });
  expect(end).toMatchObject({ mails: {}, told: [], started: [] });
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
