import { expect, test } from "vitest";
import { outcomeOf, type Outcome } from "#shared/casework/outcome.ts";
import type { Status } from "#shared/domain/application.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { statusNames } from "#shared/web/messages.ts";
import application from "#workflows/machines/application.asl.json" with { type: "json" };
import { aCase } from "#test/support/cases.ts";

/** Without money set aside, a notice is the base office's. */
const further: Readonly<Partial<Record<Status, Outcome>>> = {
  in_acceptance: "ask",
  in_verification: "ask",
  in_approval: "ask",
  objection: "ask",
  under_appeal: "ask",
  submitted: "reassess",
  needs_information: "information",
  waiting_for_funds: "funds",
  public_notice: "grass_roots_notice",
};
const statuses = Object.keys(statusNames) as Status[];

test.each(statuses)("what %s means to the machine follows from the state alone", (status) => {
  const expected = further[status] ?? "ended";

  expect(outcomeOf(aCase(1, { status }))).toEqual({ outcome: expected });
  expect(outcomeOf(aCase(2, { status, tier: "city", version: 99, batchId: null }))).toEqual({
    outcome: expected,
  });
});

test("a notice with money set aside is the last one before payment", () => {
  const noticed = aCase(3, { status: "public_notice", fundId: "central" as FundId });
  expect(outcomeOf(noticed)).toEqual({ outcome: "notice" });
});

test("the machine routes every outcome, and what it doesn't know ends with the answer being told", () => {
  const { RouteOutcome } = application.States;

  expect(RouteOutcome.Choices.map(({ StringEquals }) => StringEquals).toSorted()).toEqual(
    [...new Set([...Object.values(further), "notice"])].toSorted(),
  );
  expect(RouteOutcome.Default).toBe("AnnounceOutcome");
});
