import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/prove-trail/handler.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { askForProof } from "#shared/casework/trail-run.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { startCity } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

test("an object that lands under its prefix is a proof; told of it again, or of anything else, it does nothing", async () => {
  const { dependencies } = city;
  const keys: string[] = [];
  const files = {
    ...dependencies.files,
    write: async (key: string) => {
      keys.push(key);
    },
  };
  const run = await askForProof({ ...dependencies, files }, "ST00000024" as StaffId);
  const told = (key: string) =>
    createHandler(dependencies)({ source: "aws.s3", detail: { object: { key } } });

  expect(await told(keys[0] ?? "")).toEqual({ outcome: "done" });
  expect(await told(keys[0] ?? "")).toEqual({ outcome: "left" });
  expect(await told("trail-requests/other")).toEqual({ outcome: "left" });
  const kept = await dependencies.trail.proof(run.askedAt, run.id);
  expect(kept?.done?.verdict).toMatchObject({ first: null, faultCount: 0 });
  await expect(createHandler(dependencies)({})).rejects.toThrow("prove-trail");
});
