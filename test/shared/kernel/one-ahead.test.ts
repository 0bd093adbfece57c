import { expect, test } from "vitest";
import { oneAhead } from "#shared/kernel/one-ahead.ts";

async function* made(log: string[], failsAt: number): AsyncGenerator<number> {
  for (let value = 1; value <= 3; value += 1) {
    if (value === failsAt) throw new Error(`no ${value}`);
    log.push(`made ${value}`);
    yield value;
  }
}

test("the next value is made while one is worked with, in the same order", async () => {
  const log: string[] = [];
  for await (const value of oneAhead(made(log, 0))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    log.push(`used ${value}`);
  }
  expect(log).toEqual(["made 1", "made 2", "used 1", "made 3", "used 2", "used 3"]);
});

test("a failure comes when it is its turn", async () => {
  const log: string[] = [];
  const all = async (): Promise<void> => {
    for await (const value of oneAhead(made(log, 2))) log.push(`used ${value}`);
  };
  await expect(all()).rejects.toThrow("no 2");
  expect(log).toEqual(["made 1", "used 1"]);
});

test("a failure of what nobody asks for is nobody's", async () => {
  for await (const value of oneAhead(made([], 2))) {
    expect(value).toBe(1);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
});
