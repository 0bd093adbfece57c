/** What asking does with a case whose base office's notice stood, and with an objection to it. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/request-approval/handler.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { objectTo } from "#shared/casework/raise-objection.ts";
import type { Application } from "#shared/domain/application.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { applicationIdOf } from "#test/support/cases.ts";
import { caseOf, startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { moveTo, noticeEndsAt, said, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const storePublished = async (number: number, kind: "grass_roots" | "final" = "grass_roots") => {
  const application = await storeNoticed(world.uses, number, kind);
  await publishNotice(world.uses, application);
  return application;
};

const ask = ({ id }: Pick<Application, "id">, taskToken = `token-${id}`) => {
  world.waiting.add(taskToken);
  return createHandler(world.uses)({ applicationId: id, taskToken });
};
const kindsOfMail = () => world.mails.map(({ id }) => id.split(":")[0]);

test("a notice that is over takes the case to the next tier, whose approver is asked by the same task", async () => {
  const application = await storePublished(1);
  world.moveClockTo(noticeEndsAt);

  expect(await ask(application)).toEqual({ waiting: true });

  const after = await caseOf(world.uses, application);
  expect(after).toMatchObject({
    status: "in_approval",
    tier: "district",
    atUnitId: "east",
    version: application.version + 1,
    decidedBy: { station: "spring-1" },
  });
  expect(kindsOfMail()).toEqual(["approval"]);
  const approval = await world.uses.cases.approval(application.id, 1, "district", 1);
  expect(approval).toMatchObject({
    taskToken: `token-${application.id}`,
    caseVersion: after.version,
  });
  expect(world.answered).toEqual([]);
});

test("a notice that still stands, or wasn't published, sends the machine back to wait for it", async () => {
  const standing = await storePublished(2);
  const unpublished = await storeNoticed(world.uses, 3, "grass_roots");
  world.moveClockTo(addMinutes(noticeEndsAt, -1));
  expect(await ask(standing)).toEqual({ waiting: false });
  world.moveClockTo(addMinutes(noticeEndsAt, 1));
  expect(await ask(unpublished)).toEqual({ waiting: false });

  expect(world.answered.map(({ outcome }) => outcome)).toEqual([
    "grass_roots_notice",
    "grass_roots_notice",
  ]);
  expect(world.mails).toEqual([]);
});

test("the last notice isn't this task's to end: the machine goes where the case is", async () => {
  const application = await storePublished(4, "final");
  world.moveClockTo(addMinutes(noticeEndsAt, 1));
  expect(await ask(application)).toEqual({ waiting: false });
  expect(world.answered.map(({ outcome }) => outcome)).toEqual(["notice"]);
  expect((await caseOf(world.uses, application)).status).toBe("public_notice");
});

test("held for an objection when the notice ends, the case stays held, and its reviewer is mailed once", async () => {
  const application = await storePublished(5);
  await objectTo(world.uses, application.id, said("不属实"));
  const held = await caseOf(world.uses, application);
  world.moveClockTo(addMinutes(noticeEndsAt, -60));
  expect(kindsOfMail()).toEqual(["review"]);

  await ask(application);

  expect(await caseOf(world.uses, application)).toEqual(held);
  expect(kindsOfMail()).toEqual(["review"]);
});

test("an objection whose reviewer was never mailed is asked about by the case's execution", async () => {
  const application = await storePublished(6);
  const mailer = { send: () => Promise.reject(new Error("no mail today")) };
  await objectTo({ ...world.uses, mailer }, application.id, said("不属实"));
  expect(world.mails).toEqual([]);
  await ask(application);
  expect(kindsOfMail()).toEqual(["review"]);
});

test("withdrawn during its notice, nobody is asked any more", async () => {
  const application = await storePublished(7);
  await moveTo(world.uses, application, { status: "withdrawn" });
  world.moveClockTo(noticeEndsAt);
  expect(await ask(application)).toEqual({ waiting: false });
  expect(world.mails).toEqual([]);
  expect(world.answered.map(({ outcome }) => outcome)).toEqual(["ended"]);
});

test("cut off anywhere as the notice ends, and run again: one step up, one mail", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storePublished(8);
      world.moveClockTo(noticeEndsAt);
      return uses;
    },
    run: (uses) => createHandler(uses)({ applicationId: applicationIdOf(8), taskToken: "task-8" }),
    end: () => endStateOf(world),
  });
  expect(faults).toEqual(
    expect.arrayContaining(["before cases.commit", "after cases.commit", "after mailer.send"]),
  );
  expect(Object.keys(end.mails)).toHaveLength(1);
  expect(end.brokenChains).toEqual([]);
});
