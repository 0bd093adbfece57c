import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { updateRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationKey } from "#shared/adapters/dynamodb/keys.ts";
import { auditLedger } from "#shared/casework/audit-ledger.ts";
import { closeOverdue } from "#shared/casework/close-overdue.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import type { Application } from "#shared/domain/application.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { approve, deciding, monday, staff } from "#test/support/cases.ts";
import {
  balancesOf,
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeAskedCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

const deadlineAt = instant("2026-07-30T16:00:00Z");
const after = addMinutes(deadlineAt, 30);

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.moveClockTo(monday));

/** A case that waits for its applicant, with a task that waits for the answer. */
const returnedCase = async (
  number: number,
  changes: Partial<Application> = {},
): Promise<{ readonly application: Application; readonly token: string }> => {
  const { application } = await storeAskedCase(world.uses, number, {
    status: "needs_information",
    deadlineAt,
    ...changes,
  });
  const token = `information-${application.id}`;
  await world.uses.cases.putWait(application.id, "information", {
    taskToken: token,
    caseVersion: application.version,
  });
  world.waiting.add(token);
  return { application, token };
};

const outcomesOf = ({ id }: Application) =>
  world.mails.filter((mail) => mail.id.startsWith(`outcome:${id}`)).map((mail) => mail.id);

const closeAt = (now: typeof monday): Promise<number> => {
  world.moveClockTo(now);
  return closeOverdue(world.uses);
};

test("what the applicant hasn't answered by the deadline lapses: once, with its claims freed, and its execution tells it", async () => {
  const { application, token } = await returnedCase(1);
  const held = await claimsHeldBy(world.uses, application);
  expect(held.length).toBeGreaterThan(0);

  expect(await closeAt(addMinutes(deadlineAt, -1))).toBe(0);
  expect((await caseOf(world.uses, application)).status).toBe("needs_information");
  expect(await closeAt(after)).toBe(1);
  expect(await closeAt(after)).toBe(0);

  const lapsed = await caseOf(world.uses, application);
  expect(lapsed).toMatchObject({ status: "lapsed", deadlineAt: null, version: 4 });
  expect((await world.uses.cases.events(lapsed)).map(({ type }) => type)).toEqual(["lapsed"]);
  expect(world.answered.at(-1)).toEqual({ taskToken: token, outcome: "ended" });
  expect(outcomesOf(application)).toEqual([]);
});

test("where no execution waits any more, the applicant is told here, and once", async () => {
  const { application, token } = await returnedCase(2);
  world.waiting.delete(token);

  await closeAt(after);
  await closeAt(addMinutes(after, 24 * 60));

  expect(outcomesOf(application)).toEqual([`outcome:${application.id}:1:lapsed`]);
  expect((await caseOf(world.uses, application)).outcomeMailedAt).toBe(after);
});

test("a card that isn't mended in time: the money goes back to its fund, the case lapses, the applicant is told", async () => {
  const fundId = await grantTo(world.uses, "union", "UNION", 5_000);
  const asked = await storeAskedCase(world.uses, 3, { fundOrder: ["UNION"] });
  await recordDecision(
    world.uses,
    deciding(asked.application, { decision: approve, finalNotice: "none" }),
    asked.approval,
  );
  const reserved = await caseOf(world.uses, asked.application);
  expect(await balancesOf(world.uses, fundId)).toMatchObject({ available: 0, reserved: 5_000 });
  // As the bank's answer leaves it; that it was approved had been told.
  await updateRow(world.uses.table, applicationKey(reserved.id), {
    update:
      "SET #status = :failed, deadlineAt = :deadline, outcomeMailedAt = :told, queueKey = :queue, queueSort = :sort",
    expression: "attribute_exists(PK)",
    names: { "#status": "status" },
    values: {
      ":failed": "payment_failed",
      ":deadline": deadlineAt,
      ":told": monday,
      ":queue": "status",
      ":sort": `payment_failed#${reserved.id}`,
    },
  });

  expect(await closeAt(addMinutes(deadlineAt, -1))).toBe(0);
  expect(await closeAt(after)).toBe(1);

  const lapsed = await caseOf(world.uses, reserved);
  expect(lapsed).toMatchObject({ status: "lapsed", cycle: 2, outcomeMailedAt: after });
  expect(await balancesOf(world.uses, fundId)).toEqual({
    available: 5_000,
    reserved: 0,
    fault: null,
  });
  expect(outcomesOf(reserved)).toEqual([`outcome:${reserved.id}:1:lapsed`]);
  expect(await auditLedger(world.uses)).toEqual([]);
});

test("a link that ran out passes to a stand-in of the tier; the silent one's is dead", async () => {
  const { application, approval } = await storeAskedCase(
    world.uses,
    4,
    { deadlineAt },
    { expiresAt: deadlineAt },
  );

  expect(await closeAt(addMinutes(deadlineAt, -1))).toBe(0);
  expect(await closeAt(after)).toBe(1);
  expect(await closeAt(addMinutes(after, 1))).toBe(0);

  const asked = (await world.uses.cases.approval(application.id, 1, "district", 1))!;
  expect(asked).toMatchObject({ ask: 2, approverId: "east-2", taskToken: approval.taskToken });
  expect(asked.linkHash).not.toBe(approval.linkHash);
  const mails = world.mails.filter(({ id }) => id.startsWith(`approval:${application.id}`));
  expect(mails.map(({ to }) => to)).toEqual(["east-2@example.org"]);
});

test("where nobody of the tier may decide, the case goes to the tier above, and the others are seen to", async () => {
  const everyone = ["east-1", "east-2"].map((id) => staff(id, "east", { active: false }));
  for (const person of everyone) await world.uses.directory.putStaff(person);
  try {
    const stuck = await storeAskedCase(world.uses, 5, { deadlineAt }, { expiresAt: deadlineAt });
    const station = await storeAskedCase(
      world.uses,
      6,
      { deadlineAt, tier: "station", atUnitId: "spring" as never, decidedBy: {} },
      { expiresAt: deadlineAt, tier: "station", approverId: "spring-1" as never },
    );

    expect(await closeAt(after)).toBe(2);

    expect(await caseOf(world.uses, stuck.application)).toMatchObject({ tier: "city" });
    const renewed = await world.uses.cases.approval(station.application.id, 1, "station", 1);
    expect(renewed).toMatchObject({ ask: 2, approverId: "spring-2" });
  } finally {
    for (const { id } of everyone) await world.uses.directory.putStaff(staff(id, "east"));
  }
});

test("the answer that came at the last moment wins or loses whole: no case both goes on and lapses", async () => {
  const { application } = await returnedCase(7);
  const late = {
    ...world.uses,
    cases: {
      ...world.uses.cases,
      commit: async (...[commit]: Parameters<typeof world.uses.cases.commit>) => {
        // The applicant's papers are committed between reading the case and lapsing it.
        await updateRow(world.uses.table, applicationKey(application.id), {
          update: "SET #status = :sent, #version = :next",
          expression: "attribute_exists(PK)",
          names: { "#status": "status", "#version": "version" },
          values: { ":sent": "submitted", ":next": application.version + 1 },
        });
        return world.uses.cases.commit(commit);
      },
    },
  };
  world.moveClockTo(after);

  await closeOverdue(late);

  expect((await caseOf(world.uses, application)).status).toBe("submitted");
  expect(outcomesOf(application)).toEqual([]);
});

test("one case that fails keeps no other one waiting; the job still says that something failed", async () => {
  const broken = await returnedCase(8);
  const sound = await returnedCase(9);
  world.waiting.delete(broken.token);
  const uses = {
    ...world.uses,
    mailer: { send: () => Promise.reject(new Error("no mail server")) },
  };
  world.moveClockTo(after);

  await expect(closeOverdue(uses)).rejects.toThrow("no mail server");

  expect((await caseOf(world.uses, broken.application)).status).toBe("lapsed");
  expect((await caseOf(world.uses, sound.application)).status).toBe("lapsed");
});
