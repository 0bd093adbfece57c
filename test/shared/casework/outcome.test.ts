import { expect, test } from "vitest";
import { outcomeOf, type Outcome } from "#shared/casework/outcome.ts";
import type { Status } from "#shared/domain/application.ts";
import { statusNames } from "#shared/web/messages.ts";
import application from "#workflows/machines/application.asl.json" with { type: "json" };
import { aCase } from "#test/support/cases.ts";

const further: Readonly<Partial<Record<Status, Outcome>>> = {
  in_approval: "ask",
  submitted: "reassess",
  needs_information: "information",
  waiting_for_funds: "funds",
  public_notice: "notice",
};
const statuses = Object.keys(statusNames) as Status[];

test.each(statuses)("what %s means to the machine follows from the state alone", (status) => {
  const expected = further[status] ?? "ended";

  expect(outcomeOf(aCase(1, { status }))).toEqual({ outcome: expected });
  expect(outcomeOf(aCase(2, { status, tier: "city", version: 99, batchId: null }))).toEqual({
    outcome: expected,
  });
});

test("the machine routes every outcome, and what it doesn't know ends with the answer being told", () => {
  const { RouteOutcome } = application.States;

  expect(RouteOutcome.Choices.map(({ StringEquals }) => StringEquals).toSorted()).toEqual(
    Object.values(further).toSorted(),
  );
  expect(RouteOutcome.Default).toBe("AnnounceOutcome");
});
