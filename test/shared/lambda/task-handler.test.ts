import { expect, test } from "vitest";
import * as z from "zod";
import { invariant } from "#shared/kernel/assert.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import { jobHandler, taskHandler } from "#shared/lambda/task-handler.ts";

const secret = "王建国 11010519491231002X";

class TableOnFire extends Error {
  override readonly name = "TableOnFire";
}

const failing = (error: Error) =>
  taskHandler({ name: "some-task", input: z.object({}) }, async () => {
    throw error;
  });

const thrownBy = async (run: () => Promise<unknown>): Promise<Error> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it should have failed");
};

test("of an error nobody foresaw a machine's history gets the name and the place, and nothing else", async () => {
  const error = new TableOnFire(`can't write ${secret}\nand ${secret}`);
  for (const run of [
    () => failing(error)({}),
    jobHandler({ name: "some-job" }, async () => {
      throw new TableOnFire(secret);
    }),
  ]) {
    const thrown = await thrownBy(run);
    expect(thrown.name).toBe("TableOnFire");
    expect(thrown).toBeInstanceOf(TableOnFire);
    expect(`${thrown.message} ${thrown.stack}`).not.toContain("王");
    expect(thrown.stack).toContain("task-handler.test.ts");
  }
});

test("our own errors keep their words, which hold nothing of a person", async () => {
  expect((await thrownBy(() => failing(new ApplicationNotFound())({}))).message).toBe(
    "no such application",
  );
  const broken = taskHandler({ name: "some-task", input: z.object({}) }, async () => {
    invariant(false, "a case has an office");
  });
  expect((await thrownBy(() => broken({}))).message).toContain("a case has an office");
});

test("an event that the machine should not have sent is refused before the task begins", async () => {
  let began = false;
  const task = taskHandler({ name: "t", input: z.object({ id: z.string() }) }, async () => {
    began = true;
  });
  expect((await thrownBy(() => task({ id: 7 }))).name).toBe("TaskInputInvalid");
  expect(began).toBe(false);
});
