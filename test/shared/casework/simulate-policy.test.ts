import { afterAll, beforeAll, expect, test } from "vitest";
import {
  flyDraft,
  knownCases,
  loadPastCases,
  workedCases,
} from "#shared/casework/simulate-policy.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { openFund, reserveCase } from "#test/support/disbursement-world.ts";
import { startDraft } from "#test/support/applicant.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const today = localDate("2026-07-20");

const higher = (): PolicyPack => {
  const read = withDraft(
    policyPack,
    JSON.stringify({
      programmes: {
        "golden-autumn": [
          {
            version: "golden-autumn-2027",
            effectiveFrom: "2027-01-01",
            basedOn: "golden-autumn-2025",
            figures: { filedYuan: { higher: "5500.00" } },
          },
        ],
      },
    }),
    programmes,
  );
  if (read.kind === "faults") throw new Error("the draft can be read");
  return read.pack;
};

test("cases under way are found by the queues and simulated from their answers, with no name in the result", async () => {
  const applied = await applyWith(city, "golden-autumn");
  const draft = await startDraft(city, "golden-autumn");
  await until("it is assessed", async () => (await caseOf(city, applied)).policyVersion !== null);

  const ids = await knownCases(city.dependencies, today, 100);
  expect(ids).toContain(applied.applicationId);
  expect(ids).not.toContain(draft.id);

  const { cases, leftOut } = await loadPastCases(city.dependencies, [
    ...ids,
    draft.id,
    "SN0000000000" as ApplicationId,
  ]);
  expect(leftOut).toBe(2);
  const flight = flyDraft({ present: policyPack, draft: higher() }, cases, { on: null, today });
  expect(flight.on).toBe("2027-01-01");
  expect(flight.simulation.cases).toMatchObject([
    {
      reference: applied.applicationId,
      unitId: "chunfeng",
      change: "gains",
      before: { amountFen: yuan(5_000) },
      after: { amountFen: yuan(5_500) },
    },
  ]);
  const answers = await city.dependencies.cases.answers(await caseOf(city, applied));
  const told = JSON.stringify(flight);
  for (const name of ["applicantName", "applicantIdNumber", "phone", "bankCardNumber"]) {
    expect(answers?.[name]?.length, name).toBeGreaterThan(1);
    expect(told.includes(answers?.[name] ?? ""), name).toBe(false);
  }
});

test("awards of the last twelve months are found by the ledger, older ones are not", async () => {
  const fundId = await openFund(city.dependencies, "simulated", 100_000);
  const reserved = await reserveCase(city.dependencies, fundId);

  expect(await knownCases(city.dependencies, today, 100)).toContain(reserved.id);
  expect(await knownCases(city.dependencies, localDate("2027-07-31"), 100)).toContain(reserved.id);
  expect(await knownCases(city.dependencies, localDate("2027-08-01"), 100)).not.toContain(
    reserved.id,
  );
});

test("no more cases are looked up than were asked for", async () => {
  await applyWith(city, "golden-autumn");
  expect(await knownCases(city.dependencies, today, 1)).toHaveLength(1);
});

test("without cases the worked ones stand in, each a household of its own", () => {
  const cases = workedCases();
  expect(cases).toHaveLength(programmes.flatMap(({ examples }) => examples).length);
  const flight = flyDraft({ present: policyPack, draft: policyPack }, cases, { on: null, today });
  expect(flight).toMatchObject({ on: today, changes: [] });
  // Policy 9: 5,000 + 4,000 + 5,000, 3,000, 10,600, 5,000 + 10,000; two refusals.
  expect(flight.simulation.total).toMatchObject({
    approvedBefore: 7,
    beforeFen: yuan(42_600),
    afterFen: yuan(42_600),
  });
});

test("a day before the rules began can't be flown", () => {
  const on = localDate("2024-12-31");
  expect(() => flyDraft({ present: policyPack, draft: policyPack }, [], { on, today })).toThrow(
    PolicyNotConfirmed,
  );
});
