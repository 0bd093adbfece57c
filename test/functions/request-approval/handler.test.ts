import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/request-approval/handler.ts";
import { readLocator } from "#shared/casework/decision-link.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { withdraw } from "#shared/domain/intake.ts";
import type { Application } from "#shared/domain/application.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { ApproverNotAvailable, StoreContended } from "#shared/kernel/errors.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { aCase, applicationIdOf, deciding, monday, staff } from "#test/support/cases.ts";
import {
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

const atStation = {
  tier: "station",
  atUnitId: "spring" as UnitId,
  decidedBy: {},
} as const satisfies Partial<Application>;

const ask = (
  { id }: Pick<Application, "id">,
  taskToken: string,
  uses: Pick<Dependencies, "cases"> = world.uses,
) => createHandler({ ...world.uses, ...uses })({ applicationId: id, taskToken });

const approvalOf = async ({ id }: Application, tier: "station" | "district" = "station") => {
  const approval = await world.uses.cases.approval(id, 1, tier, 1);
  if (!approval) throw new Error(`${tier} was not asked`);
  return approval;
};

const linksMailed = () =>
  world.mails.map(({ text }) => /\/decide\/(?<link>\S+)/u.exec(text)?.groups?.["link"] ?? "");

/** The station approves through its link, and the execution that asked hears nothing of it. */
const approveUnheard = async (application: Application) =>
  recordDecision(
    world.uses,
    deciding(application, { staffId: "spring-1" as StaffId }),
    await approvalOf(application),
  );

test("the tier's approver is mailed a link that opens this version, and the token is kept with it", async () => {
  const application = await storeCase(world.uses, aCase(1, atStation));
  world.waiting.add("task-1");

  expect(await ask(application, "task-1")).toEqual({ waiting: true });

  expect(world.mails.map(({ to }) => to)).toEqual(["spring-1@example.org"]);
  const approval = await approvalOf(application);
  const secret = readLocator(linksMailed()[0] ?? "")?.secret ?? "";
  expect(approval).toMatchObject({
    taskToken: "task-1",
    caseVersion: application.version,
    linkHash: world.uses.vault.digest(secret),
    mailedAt: monday,
    decidedAt: null,
  });
  expect(world.answered).toEqual([]);
});

test("run again with the same token nothing changes; with a new one the link in the inbox still decides", async () => {
  const application = await storeCase(world.uses, aCase(2, atStation));
  await ask(application, "task-1");
  const before = await endStateOf(world);

  await ask(application, "task-1");
  expect(await endStateOf(world)).toEqual(before);

  world.moveClockTo(addMinutes(monday, 24 * 60));
  expect(await ask(application, "task-2")).toEqual({ waiting: true });
  expect(await endStateOf(world)).toEqual(before);
  expect(world.mails).toHaveLength(1);
  expect((await approvalOf(application)).taskToken).toBe("task-2");

  world.waiting.add("task-2");
  const recorded = await approveUnheard(application);
  expect(recorded).toMatchObject({ kind: "recorded", signalled: true });
});

test("two at once mail one link", async () => {
  const application = await storeCase(world.uses, aCase(3, atStation));
  const results = await Promise.allSettled([ask(application, "a"), ask(application, "b")]);
  for (const result of results) {
    if (result.status === "rejected") expect(result.reason).toBeInstanceOf(StoreContended);
  }
  expect(await ask(application, "c")).toEqual({ waiting: true });
  expect(new Set(linksMailed()).size).toBe(1);
  expect((await approvalOf(application)).taskToken).toBe("c");
});

test.each([
  ["submitted", "reassess"],
  ["needs_information", "information"],
  ["waiting_for_funds", "funds"],
  ["public_notice", "grass_roots_notice"],
  ["reserved", "ended"],
  ["rejected", "ended"],
  ["withdrawn", "ended"],
] as const)(
  "a case that is %s by now: the execution is told %s at once, and nobody is asked",
  async (status, outcome) => {
    const application = await storeCase(world.uses, aCase(4, { status }));
    world.waiting.add("task-1");

    expect(await ask(application, "task-1")).toEqual({ waiting: false });

    expect(world.answered).toEqual([{ taskToken: "task-1", outcome }]);
    expect(world.mails).toEqual([]);
    expect(await caseOf(world.uses, application)).toEqual(application);
  },
);

test.each(["in_acceptance", "in_verification"] as const)(
  "a case that is %s: nobody is asked, and the token is kept for whoever moves it on",
  async (status) => {
    const application = await storeCase(world.uses, aCase(6, { ...atStation, status }));
    world.waiting.add("task-1");
    expect(await ask(application, "task-1")).toEqual({ waiting: true });
    expect(await ask(application, "task-2")).toEqual({ waiting: true });
    expect(await world.uses.cases.wait(application.id, "handling")).toEqual({
      taskToken: "task-2",
      caseVersion: application.version,
    });
    expect([world.mails, world.answered]).toEqual([[], []]);
  },
);

test("moved on before the token was kept, the execution is told at once, and asks by itself", async () => {
  const before = await storeCase(world.uses, aCase(7, { ...atStation, status: "in_acceptance" }));
  world.waiting.add("task-1");
  let reads = 0;
  const cases = {
    ...world.uses.cases,
    get: async (id: Application["id"]) => {
      reads += 1;
      const application = await world.uses.cases.get(id);
      return application && reads > 1 ? { ...application, status: "in_approval" as const } : before;
    },
  };
  expect(await ask(before, "task-1", { cases })).toEqual({ waiting: false });
  expect(world.answered).toEqual([{ taskToken: "task-1", outcome: "ask" }]);
});

test("a link that has run out is followed by a new one, and the old one is no more", async () => {
  const application = await storeCase(world.uses, aCase(5, atStation));
  await ask(application, "task-1");
  const { expiresAt, linkHash } = await approvalOf(application);
  world.moveClockTo(expiresAt);

  await ask(application, "task-2");

  const renewed = await approvalOf(application);
  expect(renewed).toMatchObject({ ask: 2, taskToken: "task-2" });
  expect(renewed.linkHash).not.toBe(linkHash);
  expect(new Set(linksMailed()).size).toBe(2);
});

test("where nobody may decide it says so, asks nobody, and asks as soon as somebody may", async () => {
  const everyone = ["spring-1", "spring-2"];
  for (const id of everyone) {
    await world.uses.directory.putStaff(staff(id, "spring", { active: false }));
  }
  const application = await storeCase(world.uses, aCase(6, atStation));

  await expect(ask(application, "task-1")).rejects.toBeInstanceOf(ApproverNotAvailable);
  expect(world.mails).toEqual([]);
  expect(await world.uses.cases.approval(application.id, 1, "station", 1)).toBeNull();

  for (const id of everyone) await world.uses.directory.putStaff(staff(id, "spring"));
  expect(await ask(application, "task-2")).toEqual({ waiting: true });
  expect(world.mails).toHaveLength(1);
});

/** A store in which something happens right after the task has read the case. */
const afterFirstRead = (happens: (application: Application) => Promise<unknown>) => {
  let reads = 0;
  return {
    cases: {
      ...world.uses.cases,
      get: async (id: Application["id"]) => {
        const application = await world.uses.cases.get(id);
        reads += 1;
        if (reads === 1 && application) await happens(application);
        return application;
      },
    },
  };
};

test("decided between reading the case and asking: the decision stands, and nobody is asked for it again", async () => {
  const application = await storeCase(world.uses, aCase(7, atStation));
  await ask(application, "task-1");

  await expect(ask(application, "task-2", afterFirstRead(approveUnheard))).rejects.toBeInstanceOf(
    StoreContended,
  );

  expect(world.mails).toHaveLength(1);
  expect(await approvalOf(application)).toMatchObject({ ask: 1, decision: "approve" });
  // The retry finds the case at its next tier.
  expect(await ask(application, "task-3")).toEqual({ waiting: true });
  expect(world.mails.map(({ to }) => to)).toEqual(["spring-1@example.org", "east-1@example.org"]);
});

test("withdrawn between reading the case and keeping the token: the execution hears of it all the same", async () => {
  const application = await storeCase(world.uses, aCase(8, atStation));
  world.waiting.add("task-1");
  const withdrawing = afterFirstRead(async (read) => {
    const taken = withdraw(read, [], instant("2026-07-20T02:00:00Z"));
    if (taken.kind === "refused") throw new Error(taken.code);
    await world.uses.cases.commit(taken);
  });

  expect(await ask(application, "task-1", withdrawing)).toEqual({ waiting: false });

  expect(world.answered).toEqual([{ taskToken: "task-1", outcome: "ended" }]);
});

test("cut off at any call and run again with another token, one link was mailed and it decides", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeCase(uses, aCase(9, atStation));
      return uses;
    },
    run: (uses, attempt) =>
      createHandler(uses)({ applicationId: applicationIdOf(9), taskToken: `task-${attempt}` }),
    end: async () => {
      const { application, approval } = await decidable();
      expect(world.uses.vault.digest(readLocator(linksMailed()[0] ?? "")?.secret ?? "")).toBe(
        approval.linkHash,
      );
      expect(approval.caseVersion).toBe(application.version);
      return endStateOf(world);
    },
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      "after cases.putApproval",
      "before mailer.send",
      "after mailer.send",
      "after cases.markMailed",
    ]),
  );
  expect(Object.values(end.mails).map((kept) => kept.length)).toEqual([1]);
  expect((await decidable()).approval.taskToken).toBe("task-2");
});

const decidable = async () => {
  const application = await caseOf(world.uses, aCase(9));
  return { application, approval: await approvalOf(application) };
};

test("cut off while it says that the case has moved on, it says so again, and changes nothing", async () => {
  const { end } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeCase(uses, aCase(10, { status: "public_notice" }));
      for (const token of ["task-1", "task-2"]) world.waiting.add(token);
      return uses;
    },
    run: (uses, attempt) =>
      createHandler(uses)({ applicationId: applicationIdOf(10), taskToken: `task-${attempt}` }),
    end: () => endStateOf(world),
  });
  expect(end).toMatchObject({ told: ["grass_roots_notice"], mails: {} });
});

test.each(["objection", "under_appeal"] as const)(
  "a case held for its %s asks a reviewer, and the execution waits for the answer",
  async (status) => {
    const application = await storeCase(
      world.uses,
      aCase(status === "objection" ? 21 : 22, { status, atUnitId: null }),
    );

    expect(await ask(application, "task-1")).toEqual({ waiting: true });

    const asked = await world.uses.cases.approval(application.id, 1, "district", 1);
    expect(asked).toMatchObject({ taskToken: "task-1", caseVersion: application.version });
    expect(world.mails.at(-1)?.id).toContain(`review:${application.id}`);
  },
);

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
