import { logged } from "#test/support/logged.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/end-notices/handler.ts";
import { definition } from "#functions/end-notices/function.ts";
import { alarms, functions } from "#infra/manifest.ts";
import { maskedName } from "#shared/domain/masking.ts";
import {
  answersOfCase,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

test("the job runs by its schedule, and may do what it does", () => {
  expect(functions).toContain(definition);
  expect(definition.trigger).toEqual({ kind: "job", schedule: { kind: "every", minutes: 30 } });
  expect(definition.grants).toEqual({ table: "read-write", workflow: true });
});

test("it says how much it did, and logs nobody's name", async () => {
  await storeNoticed(world.uses, 1, "after_payment");
  expect(await createHandler(world.uses)()).toEqual({ count: 1 });
  expect(await createHandler(world.uses)()).toEqual({ count: 0 });
  expect(logged().telling).toEqual([]);
});

test("a notice that it withholds leaves the line in its log that the alarm counts", async () => {
  const application = await storeNoticed(world.uses, 2, "after_payment");
  const answers = answersOfCase(application, 2);
  const shown = maskedName(answers["applicantName"] ?? "");
  const cases = { ...world.uses.cases, answers: async () => ({ ...answers, address: shown }) };
  const alarm = alarms.find(({ name }) => name === "notice-withheld");

  await expect(createHandler({ ...world.uses, cases })()).rejects.toThrow();

  expect(alarm).toMatchObject({ of: "log", writtenBy: "end-notices", metric: "NoticeWouldLeak" });
  expect(logged().telling).toEqual([]);
});
