import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readLocator } from "#shared/casework/decision-link.ts";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { remindApprovers } from "#shared/casework/remind-approvers.ts";
import type { Application } from "#shared/domain/application.ts";
import { instant, type Instant } from "#shared/kernel/calendar.ts";
import { aCase, monday, staff } from "#test/support/cases.ts";
import { startCaseworkWorld, storeCase, type CaseworkWorld } from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

// Seven working days from Monday 20 July: through Wednesday 29 July in China.
const deadlineAt = instant("2026-07-29T16:00:00Z");
const morningOf = (day: number): Instant => instant(`2026-07-${day}T00:30:00Z`);
const ask = async (number: number, changes: Partial<Application> = {}) => {
  const application = await storeCase(world.uses, aCase(number, { deadlineAt, ...changes }));
  await askApprover(world.uses, application, `task-${number}`);
  return application;
};
const remindOn = (day: number): Promise<number> => {
  world.moveClockTo(morningOf(day));
  return remindApprovers(world.uses);
};
const linksTo = (address: string): readonly string[] =>
  world.mails
    .filter(({ to }) => to === address)
    .map(({ text }) => /\/decide\/(?<locator>\S+)/u.exec(text)?.groups?.["locator"] ?? "");

test("one working day before the last the person asked is reminded, once, with the very same link", async () => {
  const application = await ask(1);

  expect(await remindOn(27)).toBe(0);
  expect(await remindOn(28)).toBe(1);
  expect(await remindOn(29)).toBe(0);

  const [first, second, ...more] = linksTo("east-1@example.org");
  expect(more).toEqual([]);
  expect(second).toBe(first);
  expect(world.mails.at(-1)?.id).toMatch(/^reminder:/u);
  const approval = await world.uses.cases.approval(application.id, 1, "district", 1);
  expect(approval).toMatchObject({ remindedAt: morningOf(28), ask: 1 });
  expect(world.uses.vault.digest(readLocator(second ?? "")?.secret ?? "")).toBe(approval?.linkHash);
});

test("a job that missed a day reminds on the last day; after the limit nobody is reminded any more", async () => {
  await ask(2);
  expect(await remindOn(29)).toBe(1);
  await ask(3);
  expect(await remindOn(30)).toBe(0);
});

test("reviewers are reminded too; who decided, or may not any more, is not", async () => {
  await ask(4, { status: "under_appeal", atUnitId: null });
  const decided = await ask(5);
  const approval = (await world.uses.cases.approval(decided.id, 1, "district", 1))!;
  await world.uses.cases.putApproval(
    { ...approval, decidedAt: monday, decision: "approve" },
    approval,
  );
  await ask(6);
  await world.uses.directory.putStaff(staff("east-1", "east", { active: false }));
  try {
    expect(await remindOn(28)).toBe(1);
  } finally {
    await world.uses.directory.putStaff(staff("east-1", "east"));
  }
  expect(world.mails.at(-1)?.to).toBe("city-1@example.org");
  expect(world.mails.at(-1)?.text).toContain("复议");
});

test("one mail that can't be sent keeps no other one back, and the job says so", async () => {
  await ask(7);
  await ask(8);
  world.moveClockTo(morningOf(28));
  let failed = false;
  const uses = {
    ...world.uses,
    mailer: {
      send: async (mail: Parameters<typeof world.uses.mailer.send>[0]) => {
        if (failed) return world.uses.mailer.send(mail);
        failed = true;
        throw new Error("the mail server is gone");
      },
    },
  };
  await expect(remindApprovers(uses)).rejects.toThrow("mail server");
  expect(world.mails.filter(({ id }) => id.startsWith("reminder:"))).toHaveLength(1);
  expect(await remindApprovers(world.uses)).toBe(1);
});

test("cut off at any call, everybody is reminded by one and the same mail", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await ask(9);
      world.moveClockTo(morningOf(28));
      return uses;
    },
    run: (uses) => remindApprovers(uses),
    end: async () => {
      const { rows, mails } = await endStateOf(world);
      return { rows, mails };
    },
  });
  expect(faults).toEqual(expect.arrayContaining(["after mailer.send", "after cases.markReminded"]));
  expect(Object.values(end.mails).map((kept) => kept.length)).toEqual([1, 1]);
});
