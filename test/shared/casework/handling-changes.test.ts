import { afterAll, beforeAll, expect, test } from "vitest";
import { changesSince } from "#shared/casework/handling-changes.ts";
import { correctAnswers } from "#shared/domain/correction.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { commonPolicy, monday, units } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { storeHandled } from "#test/support/handled-cases.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

test("a correction is told with its answers before and after, until it was before the reader", async () => {
  const application = await storeHandled(world, 1);
  const identity = {
    fileId: null,
    household: application.household!,
    persons: [],
    cause: "schooling",
    claims: [],
  };
  const given = correctAnswers(
    application,
    {
      form: programmeOf(application).form,
      changed: ["address"],
      unit: units.find(({ id }) => id === "spring")!,
      before: identity,
      after: identity,
    },
    { now: monday, flowClock: commonPolicy.flowClock, calendar: commonPolicy.calendar },
  );
  if (given.kind === "refused") throw new Error("it may be corrected");
  const before = answersOfCase(application, 1);
  const answers = { ...before, address: "示例市另一条街1号" };
  expect(await world.uses.cases.commit({ ...given, answers })).toBe("committed");

  const after = await caseOf(world.uses, application);
  const events = await world.uses.cases.events(after);
  expect(await changesSince(world.uses, after, events)).toEqual([
    {
      at: monday,
      version: after.version,
      type: "corrected",
      newPapers: 0,
      answers: [{ name: "address", before: before["address"], after: "示例市另一条街1号" }],
    },
  ]);
  expect(await changesSince(world.uses, after, events, after.version)).toEqual([]);
});
