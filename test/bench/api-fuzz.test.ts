/** Issue 4: ten thousand requests made from the API's own document, right, wrong and hostile. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Embedded } from "#infra/local/embedded.ts";
import { contractOfRun } from "#test/support/api-contract.ts";
import { fuzzApi } from "#test/support/api-fuzz.ts";
import { startCity } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity({ meter: false });
});
afterAll(() => city.stop());

test("10,000 requests: no fault, every answer as the document says", async () => {
  const fuzzed = await fuzzApi(city, await contractOfRun(city), { requests: 10_000, seed: 2_026 });
  const seconds = (fuzzed.ms / 1000).toFixed(1);
  process.stdout.write(`\n10,000 requests in ${seconds} s: ${JSON.stringify(fuzzed.byStatus)}\n`);
  expect(fuzzed.faults).toEqual([]);
  expect(fuzzed.operationsDone.length).toBeGreaterThan(10);
});
