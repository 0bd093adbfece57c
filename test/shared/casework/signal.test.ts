import { afterAll, beforeAll, expect, test } from "vitest";
import { resume, signal } from "#shared/casework/signal.ts";
import { instant } from "#shared/kernel/calendar.ts";
import {
  storeAskedCase,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

test("an execution is told an outcome and nothing else, and only once", async () => {
  const { uses, waiting, answered } = world;
  const { application } = await storeAskedCase(uses, 1);
  waiting.add("token-1");
  const told: unknown[] = [];
  const workflow = {
    ...uses.workflow,
    succeed: async (token: string, output: Readonly<Record<string, unknown>>) => {
      told.push(output);
      return uses.workflow.succeed(token, output);
    },
  };

  expect(await signal({ workflow }, application, "token-1")).toBe(true);
  expect(await signal({ workflow }, application, "token-1")).toBe(false);

  expect(told[0]).toEqual({ outcome: "ask" });
  expect(answered.filter(({ taskToken }) => taskToken === "token-1")).toHaveLength(1);
});

test("whichever task still waits is answered, the newest first; spent tokens are passed over", async () => {
  const { uses, waiting, answered, started } = world;
  const { application } = await storeAskedCase(uses, 2, { status: "rejected" });
  await uses.cases.putWait(application.id, "information", { taskToken: "spent", caseVersion: 2 });
  waiting.add(`token-${application.id}`);
  const begun = started.length;

  expect(await resume(uses, application)).toBe("signalled");

  expect(answered.at(-1)).toEqual({ taskToken: `token-${application.id}`, outcome: "ended" });
  expect(started).toHaveLength(begun);
});

test("where no task waits, an execution is started: one for two resumers, and another an hour later", async () => {
  const { uses, started, ended, moveClockTo } = world;
  const { application } = await storeAskedCase(uses, 3);
  moveClockTo(instant("2026-07-21T01:05:00Z"));
  const name = `${application.id}-3-2026-07-21T01`;

  expect(await resume(uses, application)).toBe("started");
  expect(started.at(-1)).toBe(name);
  ended.add(name);
  moveClockTo(instant("2026-07-21T01:55:00Z"));
  expect(await resume(uses, application)).toBe("already_started");

  expect(await resume(uses, { ...application, version: 4 })).toBe("started");
  moveClockTo(instant("2026-07-21T02:00:00Z"));
  expect(await resume(uses, application)).toBe("started");
  for (const begun of started) expect(begun).toMatch(/^[\w-]{1,80}$/u);
});
