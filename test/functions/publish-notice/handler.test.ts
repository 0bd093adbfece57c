import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createHandler } from "#functions/publish-notice/handler.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import { addMinutes, deadlineAfter, instant } from "#shared/kernel/calendar.ts";
import { ApplicationNotFound, NoticeWouldLeak } from "#shared/kernel/errors.ts";
import { aCase, applicationIdOf, monday, staff } from "#test/support/cases.ts";
import {
  answersOfCase,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { moveTo, noticeEndsAt, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const publish = ({ id }: Pick<Application, "id">) =>
  createHandler(world.uses)({ applicationId: id });
const noticesOf = ({ id }: Pick<Application, "id">) => world.uses.notices.noticesOf(id);

test.each(["grass_roots", "final"] as const)(
  "a %s notice is published with the applicant's name masked, and the machine waits until its end",
  async (kind) => {
    const application = await storeNoticed(world.uses, 1, kind);
    const { applicantName = "" } = answersOfCase(application, 1);

    expect(await publish(application)).toEqual({ until: noticeEndsAt });

    expect(await noticesOf(application)).toEqual([
      {
        applicationId: application.id,
        caseVersion: application.version,
        kind,
        maskedName: `${applicantName.slice(0, 1)}*`,
        unitId: "spring",
        unitName: { zh: "spring", en: "spring" },
        programmeId: "golden-autumn",
        category: "DEEP",
        amountFen: application.amountFen,
        publishedAt: monday,
        endsAt: noticeEndsAt,
      },
    ]);
  },
);

test("run again, however much later, it waits no longer: the instant is the same, and nothing changes", async () => {
  const application = await storeNoticed(world.uses, 2);
  await publish(application);
  const before = await endStateOf(world);
  world.moveClockTo(addMinutes(noticeEndsAt, 60));
  expect(await publish(application)).toEqual({ until: noticeEndsAt });
  expect(await endStateOf(world)).toEqual(before);
});

test("published two days late, it stands two days longer: nobody has less time to object", async () => {
  const application = await storeNoticed(world.uses, 3);
  const wednesday = instant("2026-07-22T01:00:00Z");
  world.moveClockTo(wednesday);

  expect(await publish(application)).toEqual({ until: deadlineAfter(wednesday, 5) });
  expect(deadlineAfter(wednesday, 5)).toBe(instant("2026-07-29T16:00:00Z"));
});

test("an objection that was dismissed goes on with the notice that stood, not with another one", async () => {
  const application = await storeNoticed(world.uses, 4);
  await publish(application);
  const [before] = await noticesOf(application);
  const event = (version: number, type: "objection_raised" | "objection_dismissed") => {
    const raised = type === "objection_raised";
    const at = { ...application, version: version - 1 };
    return {
      before: { ...at, status: raised ? ("public_notice" as const) : ("objection" as const) },
      after: {
        ...at,
        version,
        status: raised ? ("objection" as const) : ("public_notice" as const),
      },
      event: {
        applicationId: application.id,
        version,
        type,
        from: raised ? ("public_notice" as const) : ("objection" as const),
        to: raised ? ("objection" as const) : ("public_notice" as const),
        at: monday,
        actor: { kind: "system", task: "test" } as const,
        detail: {},
        confidential: null,
      },
    };
  };
  for (const [version, type] of [
    [application.version + 1, "objection_raised"],
    [application.version + 2, "objection_dismissed"],
  ] as const) {
    expect(await world.uses.cases.commit({ step: event(version, type) })).toBe("committed");
  }
  world.moveClockTo(instant("2026-07-23T01:00:00Z"));

  expect(await publish(application)).toEqual({ until: noticeEndsAt });
  expect(await noticesOf(application)).toEqual([before]);
});

test.each(["reserved", "withdrawn", "batched", "in_approval", "rejected"] as const)(
  "a case that is %s by now has nothing to wait for, and no notice is published",
  async (status: Status) => {
    const application = await storeNoticed(world.uses, 5);
    await moveTo(world.uses, application, { status });
    expect(await publish(application)).toEqual({ until: monday });
    expect(await noticesOf(application)).toEqual([]);
  },
);

test("a case that nobody knows is an error and no wait", async () => {
  await expect(publish({ id: applicationIdOf(99) })).rejects.toBeInstanceOf(ApplicationNotFound);
  const application = await storeCase(world.uses, aCase(6, { status: "reserved" }));
  expect(await publish(application)).toEqual({ until: monday });
});

test.each([
  ["an ID number", "工会370285199001014321"],
  ["a bank card", "工会6222 0212 3456 7890 123"],
  ["a phone", "工会（电话13812345678）"],
  ["an e-mail address", "工会 someone@example.org"],
])(
  "with %s in what would be shown nothing is published, and the error tells nothing",
  async (_what, name) => {
    const application = await storeNoticed(world.uses, 7);
    const { units } = await world.uses.directory.organisation();
    const named = units.map((unit) =>
      unit.id === "spring" ? { ...unit, name: { zh: name, en: "Spring" } } : unit,
    );
    const directory = {
      ...world.uses.directory,
      organisation: async () => ({ units: named, staff: [staff("x", "spring")] }),
    };
    const withheld = createHandler({ ...world.uses, directory })({ applicationId: application.id });

    const error: unknown = await withheld.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoticeWouldLeak);
    expect(error).toMatchObject({ name: "NoticeWouldLeak", code: "notice_would_leak" });
    expect((error as Error).message).not.toMatch(/\d|@|example/u);
    expect(await noticesOf(application)).toEqual([]);
  },
);

test("two runs at once publish one notice, and wait until the same instant", async () => {
  const application = await storeNoticed(world.uses, 8);
  const both = await Promise.all([publish(application), publish(application)]);
  expect(both).toEqual([{ until: noticeEndsAt }, { until: noticeEndsAt }]);
  expect(await noticesOf(application)).toHaveLength(1);
});

test("cut off anywhere and run again, it has published once, and told nobody", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await storeNoticed(uses, 9);
      return uses;
    },
    run: (uses) => createHandler(uses)({ applicationId: applicationIdOf(9) }),
    end: () => endStateOf(world),
  });
  expect(faults).toEqual(
    expect.arrayContaining(["before notices.publish", "after notices.publish"]),
  );
  expect(end).toMatchObject({ mails: {}, told: [], started: [], brokenChains: [] });
  const published = end.rows.filter(({ SK }) => String(SK).startsWith("NOTICE#"));
  expect(published).toHaveLength(1);
});

test("all that was logged on the way names nobody and holds no secret", () => {
  expect(logged().lines).toBeGreaterThan(10);
  expect(logged().telling).toEqual([]);
});
