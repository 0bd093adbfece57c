import { afterAll, beforeAll, expect, test } from "vitest";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { readLocator } from "#shared/casework/decision-link.ts";
import { decisionRefusal } from "#shared/domain/approver.ts";
import type { Application } from "#shared/domain/application.ts";
import { deadlineAfter, instant } from "#shared/kernel/calendar.ts";
import { ApproverNotAvailable, StoreContended } from "#shared/kernel/errors.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { aCase, commonPolicy, monday, staff } from "#test/support/cases.ts";
import {
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const store = (number: number, changes: Partial<Application> = {}) =>
  storeCase(world.uses, aCase(number, changes));

const linkIn = (mail: Mail | undefined): string =>
  /\/decide\/(?<locator>\S+)/u.exec(mail?.text ?? "")?.groups?.["locator"] ?? "";

/** Mails about a case, oldest first. */
const mailsOf = ({ id }: Application): readonly Mail[] =>
  world.mails.filter((mail) => mail.id.includes(id));

const approvalOf = async ({ id, round }: Application) => {
  const approval = await world.uses.cases.approval(id, round, "district", 1);
  if (!approval) throw new Error("nobody was asked");
  return approval;
};

/** A mailer that fails once, before or after the mail has left. */
const failingOnce = (when: "before" | "after") => {
  let failed = false;
  return {
    send: async (mail: Mail): Promise<void> => {
      if (failed || when === "after") await world.uses.mailer.send(mail);
      if (failed) return;
      failed = true;
      throw new Error("the mail server is gone");
    },
  };
};

test("the first eligible person of the tier is mailed a link; the record holds its hash and the tier's time", async () => {
  const application = await store(1);

  await askApprover(world.uses, application, "task-1");

  const [mail] = mailsOf(application);
  const locator = readLocator(linkIn(mail));
  expect(mail?.to).toBe("east-1@example.org");
  expect(locator).toMatchObject({ applicationId: application.id, round: 1, tier: "district" });
  const approval = await approvalOf(application);
  expect(approval).toMatchObject({
    approverId: "east-1",
    caseVersion: application.version,
    linkHash: world.uses.vault.digest(locator?.secret ?? ""),
    mailedAt: monday,
    taskToken: "task-1",
    expiresAt: deadlineAfter(
      monday,
      commonPolicy.flowClock.districtDecision,
      commonPolicy.calendar,
    ),
  });
  expect(JSON.stringify(approval)).not.toContain(locator?.secret ?? "");
});

test.each(["before", "after"] as const)(
  "after a crash %s the mail left, the same mail goes out again: same id, same link",
  async (when) => {
    const application = await store(when === "before" ? 2 : 3);
    const uses = { ...world.uses, mailer: failingOnce(when) };
    await expect(askApprover(uses, application, "task-1")).rejects.toThrow("mail server");
    const recorded = await approvalOf(application);
    expect(recorded.mailedAt).toBeNull();

    await askApprover(uses, application, "task-2");

    const mails = mailsOf(application);
    expect(mails).toHaveLength(when === "before" ? 1 : 2);
    expect(new Set(mails.map((mail) => JSON.stringify(mail))).size).toBe(1);
    const approval = await approvalOf(application);
    expect(approval.linkHash).toBe(recorded.linkHash);
    expect(approval.linkHash).toBe(
      world.uses.vault.digest(readLocator(linkIn(mails[0]))?.secret ?? ""),
    );
    expect(approval).toMatchObject({ ask: 1, taskToken: "task-2", mailedAt: monday });
  },
);

test("a later function, with other memory, mails the very same link", async () => {
  const application = await store(4);
  const dying = { ...world.uses, mailer: failingOnce("after") };
  await expect(askApprover(dying, application, "task-1")).rejects.toThrow("mail server");

  await askApprover({ ...world.uses, vault: world.uses.newVault() }, application, "task-2");

  const links = mailsOf(application).map(linkIn);
  expect(links).toHaveLength(2);
  expect(links[1]).toBe(links[0]);
});

test("asked again, whoever was mailed is mailed nothing; the record takes the new task's token", async () => {
  const application = await store(5);
  for (const token of ["task-1", "task-2", "task-3"]) {
    await askApprover(world.uses, application, token);
  }

  expect(mailsOf(application)).toHaveLength(1);
  expect((await approvalOf(application)).taskToken).toBe("task-3");
});

test("of runs at the same time one asks; the others say that they lost, and nobody gets two links", async () => {
  const application = await store(6);

  const runs = await Promise.allSettled(
    Array.from({ length: 8 }, (_, run) => askApprover(world.uses, application, `task-${run}`)),
  );

  const lost = runs.filter(({ status }) => status === "rejected");
  for (const run of lost) {
    expect(run).toMatchObject({ reason: expect.any(StoreContended) as unknown });
  }
  expect(lost.length).toBeLessThan(8);
  expect(new Set(mailsOf(application).map(linkIn)).size).toBe(1);
});

test("a changed case is asked about anew, and the link before opens nothing", async () => {
  const application = await store(7);
  await askApprover(world.uses, application, "task-1");
  const changed = { ...application, version: application.version + 2 };

  await askApprover(world.uses, changed, "task-2");

  const [first, second] = mailsOf(application).map(linkIn);
  expect(second).not.toBe(first);
  const approval = await approvalOf(application);
  expect(approval).toMatchObject({ ask: 2, caseVersion: changed.version });
  expect(approval.linkHash).not.toBe(
    world.uses.vault.digest(readLocator(first ?? "")?.secret ?? ""),
  );
});

test("an approver removed after the mail was sent can't decide, and the next link goes to somebody else", async () => {
  const application = await store(8);
  await askApprover(world.uses, application, "task-1");
  const asked = await approvalOf(application);
  expect(asked.approverId).toBe("east-1");
  const gone = staff("east-1", "east", { active: false });
  const demoted = staff("east-1", "east", { roles: ["auditor"] });

  for (const person of [gone, demoted]) {
    await world.uses.directory.putStaff(person);
    const stored = await world.uses.directory.staff(asked.approverId);
    expect(
      decisionRefusal({ application, approval: asked, staff: stored, insteadOf: null }, monday),
    ).toBe("not_yours");
  }
  try {
    world.moveClockTo(asked.expiresAt);
    await askApprover(world.uses, application, "task-2");
  } finally {
    world.moveClockTo(monday);
    await world.uses.directory.putStaff(staff("east-1", "east"));
  }

  expect((await approvalOf(application)).approverId).toBe("east-2");
  expect(mailsOf(application).map(({ to }) => to)).toEqual([
    "east-1@example.org",
    "east-2@example.org",
  ]);
});

test("nobody is asked to decide their own case, their household's, their own entry, or a case twice", async () => {
  const household = "the-household" as BlindIndex;
  const relative = "a-relative" as BlindIndex;
  const ask = async (number: number, changes: Partial<Application>): Promise<string> => {
    const application = await store(number, changes);
    await askApprover(world.uses, application, "task");
    return (await approvalOf(application)).approverId;
  };
  await world.uses.directory.putStaff(staff("east-1", "east", { identity: relative }));
  try {
    expect(await ask(11, { household, persons: [household, relative] })).toBe("east-2");
    expect(await ask(12, { enteredBy: "east-1" as StaffId })).toBe("east-2");
    expect(await ask(13, { decidedBy: { station: "east-1" as StaffId } })).toBe("east-2");
    const both = await store(14, {
      persons: [household, relative],
      household,
      enteredBy: "east-2" as StaffId,
    });
    await expect(askApprover(world.uses, both, "task")).rejects.toThrow(ApproverNotAvailable);
    expect(mailsOf(both)).toEqual([]);
    expect((await caseOf(world.uses, both)).version).toBe(both.version);
  } finally {
    await world.uses.directory.putStaff(staff("east-1", "east"));
  }
});

test("a decided record is not asked again by a late run of its task: the case has moved on", async () => {
  const application = await store(9);
  const approval = await askApprover(world.uses, application, "task-1");
  const usedLink = { approval, decision: "reject", at: instant("2026-07-20T02:00:00Z") } as const;
  const after = { ...application, version: application.version + 1, status: "rejected" as const };
  const event = {
    applicationId: application.id,
    version: after.version,
    type: "rejected" as const,
    from: "in_approval" as const,
    to: "rejected" as const,
    at: monday,
    actor: { kind: "system", task: "test" } as const,
    detail: {},
    confidential: null,
  };
  const stored = await world.uses.cases.commit({
    step: { before: application, after, event },
    usedLink,
  });
  expect(stored).toBe("committed");

  // It read the case before the decision and writes after it: the condition on the record refuses it.
  const lateRun = {
    ...world.uses,
    cases: { ...world.uses.cases, approval: () => Promise.resolve(approval) },
  };
  await expect(askApprover(lateRun, application, "task-2")).rejects.toThrow(StoreContended);
  expect(await approvalOf(application)).toMatchObject({ decision: "reject", taskToken: "task-1" });
});

test.each([
  "",
  "SN0000000001",
  "SN0000000001.1.district.short",
  `SN0000000001.1.mayor.${"A".repeat(43)}`,
  `SN0000000001.1000.district.${"A".repeat(43)}`,
  `SN000000000U.1.district.${"A".repeat(43)}`,
  `SN0000000001.1.district.${"A".repeat(43)}\n`,
  `SN0000000001.1.district.${"é".repeat(43)}`,
  `x.SN0000000001.1.district.${"A".repeat(43)}`,
])("what is no link of ours is read as none: %j", (text) => {
  expect(readLocator(text)).toBeNull();
});
