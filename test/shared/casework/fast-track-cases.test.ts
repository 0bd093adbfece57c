import { afterAll, beforeAll, expect, test } from "vitest";
import { awaitedPapers, openAdvances } from "#shared/casework/fast-track-cases.ts";
import type { Application, CaseEvent } from "#shared/domain/application.ts";
import { instant, type Instant } from "#shared/kernel/calendar.ts";
import type { FundId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  caseOf,
  grantTo,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const advance = (number: number, changes: Partial<Application>): Promise<Application> =>
  storeCase(
    world.uses,
    aCase(number, {
      programmeId: "emergency",
      fastTrack: "advance",
      advanceFen: yuan(2_000),
      ...changes,
    }),
  );

test("advances under way, wherever they wait, the nearest limit first; other cases are not among them", async () => {
  const uses = await beginAnew(world);
  await grantTo(uses, "union", "UNION", 10_000);
  const at = (hour: number): Instant =>
    instant(`2026-07-20T${String(hour).padStart(2, "0")}:00:00Z`);
  await advance(1, { atUnitId: "east" as UnitId, deadlineAt: at(13) });
  await advance(2, { status: "waiting_for_funds", atUnitId: null, deadlineAt: null });
  await advance(3, { status: "reserved", fundId: "union" as FundId, deadlineAt: at(20) });
  await advance(4, { atUnitId: "spring" as UnitId, tier: "station", deadlineAt: at(1) });
  await advance(5, { atUnitId: "east" as UnitId, fastTrack: null, advanceFen: null });
  await advance(6, { status: "paid", atUnitId: null });

  expect((await openAdvances(uses)).map(({ applicationId }) => applicationId.slice(-1))).toEqual([
    "4",
    "1",
    "3",
    "2",
  ]);
});

const follow = async (number: number, type: CaseEvent["type"], at: Instant): Promise<void> => {
  const { uses } = world;
  const before = await caseOf(uses, aCase(number));
  const outcome = await uses.cases.commit({
    step: {
      before,
      after: { ...before, version: before.version + 1 },
      event: {
        applicationId: before.id,
        version: before.version + 1,
        type,
        from: before.status,
        to: before.status,
        at,
        actor: { kind: "system", task: "test" },
        detail: {},
        confidential: null,
      },
    },
  });
  if (outcome !== "committed") throw new Error(outcome);
};

test("papers that follow, with the three working days of the visit until one was made", async () => {
  const uses = await beginAnew(world);
  const waiting = { status: "needs_information", fastTrack: "follow_up", atUnitId: null } as const;
  const deadlineAt = instant("2026-08-03T16:00:00Z");
  await advance(1, { ...waiting, deadlineAt });
  await advance(2, { ...waiting, deadlineAt: instant("2026-07-31T16:00:00Z") });
  await advance(3, { ...waiting, fastTrack: null });
  for (const number of [1, 2]) await follow(number, "advance_paid", monday);
  await follow(2, "visited", instant("2026-07-21T01:00:00Z"));

  const cases = await awaitedPapers(uses);
  expect(
    cases.map(({ application, visitDueAt }) => [application.id.slice(-1), visitDueAt]),
  ).toEqual([
    ["2", null],
    // Monday 20 July 2026 and three working days: until the end of Thursday 23 July in China.
    ["1", "2026-07-23T16:00:00.000Z"],
  ]);
});
