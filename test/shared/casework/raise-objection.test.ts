import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askApprover } from "#shared/casework/ask-approver.ts";
import { objectTo, standingOf } from "#shared/casework/raise-objection.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import type { Application } from "#shared/domain/application.ts";
import type { NoticeKind } from "#shared/domain/public-notice.ts";
import { addMinutes, deadlineAfter } from "#shared/kernel/calendar.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";
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

const storePublished = async (
  number: number,
  kind: NoticeKind = "final",
  uses = world.uses,
): Promise<Application> => {
  const application = await storeNoticed(uses, number, kind);
  await publishNotice(uses, application);
  return application;
};

const objectionsOf = ({ id }: Pick<Application, "id">) => world.uses.notices.objectionsOf(id);
const mailIds = (): readonly string[] => world.mails.map(({ id }) => id.split(":")[0] ?? "");

test.each(["grass_roots", "final", "after_payment"] as const)(
  "an objection to a %s notice holds the case, keeps its notice's end, and asks one person to answer",
  async (kind) => {
    const application = await storePublished(1, kind);
    const raised = await objectTo(world.uses, application.id, said("他有两套房"));

    if (raised.kind !== "raised") throw new Error(raised.kind);
    expect(raised.objection).toMatchObject({ number: 1, noticeKind: kind, raisedAt: monday });
    expect(await caseOf(world.uses, application)).toMatchObject({
      status: "objection",
      round: application.round + 1,
      version: application.version + 1,
      noticeEndsAt,
      deadlineAt: deadlineAfter(monday, 5),
      fundId: application.fundId,
    });
    expect(await objectionsOf(application)).toEqual([raised.objection]);
    expect(mailIds()).toEqual(["review"]);
    expect(world.mails[0]?.text).not.toContain("两套房");
  },
);

test("the trail tells that there was an objection, and neither who raised it nor what was said", async () => {
  const application = await storePublished(2);
  await objectTo(world.uses, application.id, said("他有两套房", { contact: "a@example.org" }));

  const events = await world.uses.cases.events(await caseOf(world.uses, application));
  expect(events.at(-1)).toMatchObject({ type: "objection_raised", confidential: null });
  expect(JSON.stringify(events)).not.toMatch(/两套房|example/u);
});

test("a second person's objection while one is looked into is added to it: no second step, no second mail", async () => {
  const application = await storePublished(3);
  await objectTo(world.uses, application.id, said("他有两套房"));
  const held = await caseOf(world.uses, application);
  const second = await objectTo(world.uses, application.id, said("他还有一辆车"));

  expect(second).toMatchObject({ kind: "raised", objection: { number: 2 } });
  expect(await caseOf(world.uses, application)).toEqual(held);
  expect(mailIds()).toEqual(["review"]);
});

test("the same form sent again with the same words is the same objection; with other words another one", async () => {
  const application = await storePublished(4);
  const form = said("他有两套房");
  const first = await objectTo(world.uses, application.id, form);

  expect(await objectTo(world.uses, application.id, form)).toEqual(first);
  await objectTo(world.uses, application.id, { ...form, words: "补充：在海棠巷" });
  expect((await objectionsOf(application)).map(({ number }) => number)).toEqual([1, 2]);
});

test("eight people at the same moment: all are kept, the case is held once, one person is asked", async () => {
  const application = await storePublished(5);
  const all = await Promise.all(
    Array.from({ length: 8 }, (_value, index) =>
      objectTo(world.uses, application.id, said(`第${index}个人的话`)),
    ),
  );

  expect(all.map(({ kind }) => kind)).toEqual(all.map(() => "raised"));
  const kept = await objectionsOf(application);
  expect(kept.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await caseOf(world.uses, application)).version).toBe(application.version + 1);
  expect(mailIds()).toEqual(["review"]);
});

test.each(["withdrawn", "reserved", "in_approval", "rejected"] as const)(
  "a case that is %s has no notice to object to",
  async (status) => {
    const application = await storePublished(6);
    const moved = await moveTo(world.uses, application, { status });

    expect(await standingOf(world.uses, application.id)).toBeNull();
    expect(await objectTo(world.uses, application.id, said("x"))).toEqual({ kind: "no_notice" });
    expect(await caseOf(world.uses, application)).toEqual(moved);
    expect(await objectionsOf(application)).toEqual([]);
  },
);

test("in its last minute a notice can be objected to, and from its end on not any more", async () => {
  const application = await storePublished(7);
  world.moveClockTo(noticeEndsAt);
  expect(await objectTo(world.uses, application.id, said("x"))).toEqual({ kind: "no_notice" });
  world.moveClockTo(addMinutes(noticeEndsAt, -1));
  expect((await objectTo(world.uses, application.id, said("x"))).kind).toBe("raised");
});

test("a notice that was not published yet, and a case nobody knows, can't be objected to", async () => {
  const application = await storeNoticed(world.uses, 8);
  expect(await objectTo(world.uses, application.id, said("x"))).toEqual({ kind: "no_notice" });
  expect(await objectTo(world.uses, applicationIdOf(98), said("x"))).toEqual({
    kind: "no_notice",
  });
});

test("when nobody can be mailed the objection stands, and an execution is started that asks", async () => {
  const application = await storePublished(9);
  const mailer = { send: () => Promise.reject(new Error("no mail today")) };
  const raised = await objectTo({ ...world.uses, mailer }, application.id, said("x"));

  expect(raised.kind).toBe("raised");
  expect(world.started.map((name) => name.split("-")[0])).toEqual([application.id]);
});

test("cut off anywhere and sent again, the case is held once and one person was asked", async () => {
  const form = said("他有两套房", { contact: "a@example.org" });
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storePublished(10, "final", uses);
      return uses;
    },
    run: async (uses, attempt) => {
      const raised = await objectTo(uses, applicationIdOf(10), form);
      // What a crash left unasked is asked by the case's execution (request-approval).
      if (attempt === 2 && raised.kind === "raised") {
        await askApprover(uses, await caseOf(uses, { id: applicationIdOf(10) }), "");
      }
    },
    end: async () => {
      const { started: _started, ...state } = await endStateOf(world);
      return state;
    },
  });
  expect(faults).toEqual(expect.arrayContaining(["after cases.commit", "before cases.commit"]));
  expect(Object.keys(end.mails)).toHaveLength(1);
  expect(end.brokenChains).toEqual([]);
  expect(end.rows.filter(({ SK }) => String(SK).startsWith("OBJECTION#"))).toHaveLength(1);
});
