import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler as requestApproval } from "#functions/request-approval/handler.ts";
import { appealableNow, fileAppeal, tellUpheld } from "#shared/casework/appeal.ts";
import { presentApproval } from "#shared/casework/ask-approver.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { recordDecision } from "#shared/casework/record-decision.ts";
import { resumeStalled } from "#shared/casework/resume-stalled.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval, Decision } from "#shared/domain/approval.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { aCase, approve, deciding, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeAskedCase,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { emptyTable, surviveEveryCrash } from "#test/support/crash.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const decide = async (
  application: Application,
  approval: Approval,
  decision: Partial<Decision>,
): Promise<Application> => {
  const recorded = await recordDecision(
    world.uses,
    deciding(application, {
      staffId: approval.approverId,
      decision: { ...approve, ...decision },
      now: world.uses.clock.now(),
    }),
    approval,
  );
  if (recorded.kind !== "recorded") throw new Error(recorded.kind);
  return caseOf(world.uses, application);
};

/** A case that its district rejected just now. */
const rejected = async (number: number): Promise<Application> => {
  const { application, approval } = await storeAskedCase(world.uses, number);
  return decide(application, approval, { kind: "reject", reason: "材料前后不一" });
};

const appealed = async (number: number): Promise<Application> => {
  const filed = await fileAppeal(world.uses, await rejected(number), "材料其实一致");
  if (filed.kind !== "filed") throw new Error(filed.kind);
  return filed.application;
};

/** What the reviewer is asked with. */
const asked = async (application: Application): Promise<Approval> => {
  const input = { applicationId: application.id, taskToken: `review-${application.id}` };
  await requestApproval(world.uses)(input);
  const approval = await presentApproval(world.uses, application);
  if (!approval) throw new Error("nobody was asked");
  return approval;
};

const outcomesMailed = ({ id }: Application): readonly string[] =>
  world.mails
    .filter((mail) => mail.id.startsWith(`outcome:${id}`))
    .map((mail) => mail.id.split(":").at(-1) ?? "");

test("an appeal is filed once, however often it is sent, and starts an execution of its own", async () => {
  const application = await rejected(1);
  const results = await Promise.all(
    Array.from({ length: 6 }, () => fileAppeal(world.uses, application, "请复核收入")),
  );

  expect(results.every(({ kind }) => kind === "filed")).toBe(true);
  expect(await fileAppeal(world.uses, await caseOf(world.uses, application), "再来")).toMatchObject(
    { kind: "filed" },
  );
  const events = await world.uses.cases.events(application);
  expect(events.filter(({ type }) => type === "appealed")).toHaveLength(1);
  expect(events.at(-1)?.confidential).toEqual({ reason: "请复核收入" });
  expect(world.started.filter((name) => name.startsWith(application.id))).toHaveLength(1);
  expect(await caseOf(world.uses, application)).toMatchObject({ status: "under_appeal", round: 2 });
});

test("after its days it isn't filed, and nothing changes", async () => {
  const application = await rejected(2);
  world.moveClockTo(addMinutes(monday, 30 * 24 * 60));
  try {
    expect(await fileAppeal(world.uses, application, "晚了")).toMatchObject({
      kind: "refused",
      why: { kind: "too_late" },
    });
    expect(await caseOf(world.uses, application)).toEqual(application);
  } finally {
    world.moveClockTo(monday);
  }
  expect((await appealableNow(world.uses, application)).kind).toBe("open");
});

test("the reviewer has had no part in the case; dismissed, it is told once and can't be appealed again", async () => {
  const application = await appealed(3);
  const approval = await asked(application);

  const touched = ["spring-1", "east-1"];
  expect(touched).not.toContain(approval.approverId);
  expect(approval.approverId).toMatch(/^city-/u);

  const after = await decide(application, approval, { kind: "dismiss", reason: "复核无误" });
  expect(after).toMatchObject({ status: "rejected", outcomeMailedAt: null });
  expect(await fileAppeal(world.uses, after, "再次复议")).toMatchObject({
    kind: "refused",
    why: { kind: "appealed_before" },
  });
  expect((await appealableNow(world.uses, after)).kind).toBe("appealed_before");
});

test("upheld, other people of the same tier decide; that is told before they are asked, and once", async () => {
  const application = await appealed(4);
  expect(await claimsHeldBy(world.uses, application)).toEqual([]);
  const upheld = await decide(application, await asked(application), {
    kind: "uphold",
    reason: "材料一致，应重新审批",
  });

  expect(upheld).toMatchObject({ status: "in_approval", tier: "district", round: 2 });
  expect(await claimsHeldBy(world.uses, upheld)).not.toEqual([]);
  expect(outcomesMailed(application)).not.toContain("appeal_upheld");
  const second = await asked(upheld);
  await asked(upheld);
  await tellUpheld(world.uses, upheld);
  expect(second.approverId).toBe("east-2");
  expect(outcomesMailed(application)).toEqual(["appeal_upheld"]);
});

test("claims are free while an appeal is looked at; taken by another application, the appeal can't be upheld", async () => {
  const application = await appealed(5);
  const approval = await asked(application);
  const answers = answersOfCase(application, Number(application.id.slice(-3)));
  await storeCase(world.uses, aCase(6, { household: application.household }), answers);

  const recorded = await recordDecision(
    world.uses,
    deciding(application, {
      staffId: approval.approverId,
      decision: { ...approve, kind: "uphold", reason: "应重新审批" },
      now: world.uses.clock.now(),
    }),
    approval,
  );
  expect(recorded.kind).toBe("claim_exists");
  expect((await caseOf(world.uses, application)).status).toBe("under_appeal");
});

test("cut off anywhere, an appeal is filed once and its execution is found by the sweep", async () => {
  const begin = async () => {
    await emptyTable(world.uses.table);
    world.started.length = 0;
    world.moveClockTo(monday);
    await rejected(7);
    return world.uses;
  };
  const { faults } = await surviveEveryCrash({
    begin,
    run: async (uses, attempt) => {
      const application = await uses.cases.get(aCase(7).id);
      if (!application) throw new Error("gone");
      await fileAppeal(uses, application, "请复核");
      if (attempt === 1) return;
      world.moveClockTo(addMinutes(monday, 30));
      await resumeStalled(world.uses);
    },
    end: async () => {
      const application = await caseOf(world.uses, aCase(7));
      const events = await world.uses.cases.events(application);
      return {
        status: application.status,
        round: application.round,
        events: events.map(({ type }) => type),
        isResumed: world.started.some((name) => name.startsWith(application.id)),
      };
    },
  });
  expect(faults).toContain("after cases.commit");
});

test("who decided is out of the case for good: nobody of them is left in the second round", async () => {
  const application = await appealed(8);
  const out: readonly StaffId[] = application.excluded;
  expect(out).toContain("east-1");
  expect(out).toContain("spring-1");
});
