/** What one paid application costs, counted over the real stores and held to design 10. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { paymentsOf, signInToDesk, siteOf } from "#infra/local/demo/desk.ts";
import { demoTotpSecret } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { programmes } from "#workflows/registry.ts";
import {
  applyWith,
  caseOf,
  decideAt,
  eventsOf,
  startCity,
  summer,
  winter,
  until,
} from "#test/support/city.ts";
import type { Tier } from "#shared/domain/organisation.ts";

interface Cost {
  readonly programme: string;
  readonly approvals: number;
  readonly notices: number;
  readonly furtherEvents: number;
  readonly transitions: number;
  readonly transitionsMax: number;
  readonly writeUnits: number;
  readonly writeUnitsMax: number;
  readonly mails: number;
}

/** Events that the floor of 25 + 9n pays for already: it was sent, decided n times, and paid. */
const inFloor = new Set(["submitted", "tier_approved", "approved", "paid"]);

const costOf = async (
  city: Embedded,
  programme: string,
  applied: Applied,
  tiers: readonly Tier[],
): Promise<Cost> => {
  const { applicationId } = applied;
  const events = await eventsOf(city, applied);
  const papers = await city.dependencies.cases.papers(applicationId);
  const approvals = tiers.length;
  const furtherEvents = papers.length + events.filter(({ type }) => !inFloor.has(type)).length;
  const notices = events.filter(({ type }) => type === "notice_ended").length;
  const executions = city.executions().filter(({ name }) => name.startsWith(applicationId));
  return {
    programme,
    approvals,
    notices,
    furtherEvents,
    transitions: executions.reduce((sum, { transitions }) => sum + transitions, 0),
    transitionsMax: 2 * approvals + 2 + 2 * notices,
    writeUnits: Math.round((city.writeUnits()?.byApplication[applicationId] ?? 0) * 10) / 10,
    writeUnitsMax: Math.round(1.1 * (25 + 9 * approvals + 3 * furtherEvents) * 10) / 10,
    mails: city.mailbox.mails().filter(({ id }) => id.includes(applicationId)).length,
  };
};

/** Two of each, so that a batch is a list, as it is where people work. */
const casesEach = 2;

const payable = async (city: Embedded, applied: readonly Applied[]): Promise<void> => {
  const ends = await Promise.all(
    applied.map(async (one) => (await caseOf(city, one)).noticeEndsAt),
  );
  const last = ends
    .flatMap((end) => end ?? [])
    .toSorted()
    .at(-1);
  if (last) await city.clock.advanceTo(last);
  for (const one of applied) {
    await until("it is payable", async () => (await caseOf(city, one)).status === "reserved");
  }
  await city.clock.settled();
};

test("a paid application of each programme stays within its transitions, write units and mails", async () => {
  const costs: Cost[] = [];
  for (const programme of programmes) {
    const seasonal = programme.window(2026);
    const now = seasonal && seasonal.opens > "2026-09-01" ? winter : summer;
    const city = await startCity({ now });
    try {
      const example = programme.examples.find(
        ({ expected }) => expected.recommendation === "approve",
      )!;
      const applied: Applied[] = [];
      for (let number = 0; number < casesEach; number += 1) {
        const one = await applyWith(city, programme.id);
        for (const tier of example.expected.tiers) {
          const minutes =
            example.expected.needsMinutes && tier === "city" ? { minutes: "2026-12" } : {};
          await decideAt(city, one, tier, minutes);
        }
        applied.push(one);
      }
      await payable(city, applied);
      const officer = await signInToDesk(siteOf(city), "finance@example.org", demoTotpSecret);
      const authoriser = await signInToDesk(siteOf(city), "authoriser@example.org", demoTotpSecret);
      const directory = mkdtempSync(join(tmpdir(), "songnuan-cost-"));
      await paymentsOf(city, { officer, authoriser }, directory, () => true);
      await city.clock.settled();
      expect((await caseOf(city, applied[0]!)).status).toBe("paid");
      costs.push(await costOf(city, programme.id, applied[0]!, example.expected.tiers));
    } finally {
      await city.stop();
    }
  }
  console.table(costs);
  for (const cost of costs) {
    expect(cost.transitions, `${cost.programme}: transitions`).toBeLessThanOrEqual(
      cost.transitionsMax,
    );
    expect(cost.writeUnits, `${cost.programme}: write units`).toBeLessThanOrEqual(
      cost.writeUnitsMax,
    );
    expect(cost.mails, `${cost.programme}: mails`).toBe(cost.approvals + 2);
  }
});
