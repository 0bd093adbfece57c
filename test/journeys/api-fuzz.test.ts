/** A thousand requests made from the API's own document; ten thousand of them are in test/bench/api-fuzz.test.ts. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Embedded } from "#infra/local/embedded.ts";
import { contractOfRun } from "#test/support/api-contract.ts";
import { fuzzApi } from "#test/support/api-fuzz.ts";
import { startCity } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

test("a thousand right, wrong and hostile requests: no fault, every answer as the document says", async () => {
  const fuzzed = await fuzzApi(city, await contractOfRun(city), { requests: 1_000, seed: 4 });
  process.stdout.write(
    `\n1,000 requests in ${(fuzzed.ms / 1000).toFixed(1)} s: ${JSON.stringify(fuzzed.byStatus)}\n`,
  );
  expect(fuzzed.faults).toEqual([]);
  expect(fuzzed.operationsDone.length).toBeGreaterThan(8);
});
