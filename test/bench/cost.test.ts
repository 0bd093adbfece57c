/** What one paid application costs, counted over the real stores and held to design 10. */
import { policyPack } from "#workflows/policy-pack.ts";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { paymentsOf } from "#infra/local/demo/desk.ts";
import { financeDesk, passAdvance } from "#infra/local/demo/fast-track.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
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

interface Cost {
  readonly programme: string;
  readonly approvals: number;
  readonly notices: number;
  readonly returns: number;
  readonly furtherEvents: number;
  readonly transitions: number;
  readonly transitionsMax: number;
  /** Before it was sent: the draft and what was filled in (docs/adr/0022-drafts-are-kept-page-by-page.md). */
  readonly drafting: number;
  readonly writeUnits: number;
  readonly writeUnitsMax: number;
  readonly mails: number;
}

/** Decisions: an advance of the fast track has two of its own. */
const decisions = new Set(["tier_approved", "approved", "advance_approved"]);

/** Events that the floor of 25 + 9n pays for already: it was sent, decided n times, and paid. */
const inFloor = new Set(["submitted", ...decisions, "paid", "advance_paid"]);

const unitsOf = (city: Embedded, { applicationId }: Pick<Applied, "applicationId">): number =>
  city.writeUnits()?.byApplication[applicationId] ?? 0;

const rounded = (units: number): number => Math.round(units * 10) / 10;

const costOf = async (
  city: Embedded,
  programme: string,
  applied: Applied,
  drafting: number,
): Promise<Cost> => {
  const { applicationId } = applied;
  const events = await eventsOf(city, applied);
  // Signed forms and photos of the visit are papers, too.
  const papers = await city.dependencies.cases.papers(applicationId);
  const published = await city.dependencies.notices.noticesOf(applicationId);
  const approvals = events.filter(({ type }) => decisions.has(type)).length;
  const happened = events.filter(({ type }) => !inFloor.has(type)).length;
  // An advance stands in the list of advances, and in the household's account as an award of its own.
  const advances = 2 * events.filter(({ type }) => type === "advance_approved").length;
  // A household without a file is entered among those that may be duplicates, by name, card and phone.
  const entered = (await caseOf(city, applied)).fileId === null ? 1 : 0;
  const furtherEvents = papers.length + published.length + happened + advances + entered;
  const notices = events.filter(({ type }) => type === "notice_ended").length;
  // The fast track reserves, batches and pays twice: each payment has the floor's part of its own.
  const payments = events.filter(({ type }) => type === "paid" || type === "advance_paid").length;
  // What comes back is assessed anew: its whole reasoning is written a second time, as long as two decisions.
  const returns = events.filter(({ type }) => type === "information_given").length;
  const executions = city.executions().filter(({ name }) => name.startsWith(applicationId));
  return {
    programme,
    approvals,
    notices,
    returns,
    furtherEvents,
    transitions: executions.reduce((sum, { transitions }) => sum + transitions, 0),
    // A case that comes back from its applicant was awaited, routed and assessed once more.
    transitionsMax: 2 * approvals + 2 + 2 * notices + 4 * returns,
    drafting: rounded(drafting),
    writeUnits: rounded(unitsOf(city, applied) - drafting),
    writeUnitsMax:
      Math.round(1.1 * (25 * payments + 9 * (approvals + returns) + 3 * furtherEvents) * 10) / 10,
    mails: city.mailbox.mails().filter(({ id }) => id.includes(applicationId)).length,
  };
};

/** What the case's own row takes, as DynamoDB counts it: names and values, numbers by their digits. */
const largestRow = async (city: Embedded, id: ApplicationId): Promise<number> => {
  const application = await city.dependencies.cases.get(id);
  return application ? itemBytes(applicationRow(application)) : 0;
};

const itemBytes = (value: unknown): number => {
  if (value === null || value === undefined) return 0;
  if (typeof value === "string") return Buffer.byteLength(value);
  if (typeof value === "number") return Math.ceil(String(value).length / 2) + 1;
  if (typeof value !== "object") return 1;
  const entries = Array.isArray(value) ? value.map((one) => ["", one]) : Object.entries(value);
  return entries.reduce(
    (sum, [name, inner]) =>
      inner === null ? sum : sum + Buffer.byteLength(name as string) + itemBytes(inner) + 1,
    3,
  );
};

/** A draft's own row, its session, and all answers on one page: a row of some kilobytes. */
const draftingMax = 10;

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
  const rowBytes: [string, number][] = [];
  for (const programme of programmes) {
    const seasonal = programme.window(2026, policyPack);
    const now = seasonal && seasonal.opens > "2026-09-01" ? winter : summer;
    const city = await startCity({ now });
    try {
      const example = programme.examples.find(
        ({ expected }) => expected.recommendation === "approve",
      )!;
      const applied: Applied[] = [];
      const drafting: number[] = [];
      for (let number = 0; number < casesEach; number += 1) {
        let units: Readonly<Record<string, number>> = {};
        const one = await applyWith(city, programme.id, {
          beforeSending: () => {
            units = city.writeUnits()?.byApplication ?? {};
          },
        });
        drafting.push(units[one.applicationId] ?? 0);
        await passAdvance(city, one, demoPin);
        applied.push(one);
      }
      for (const one of applied) {
        for (const tier of example.expected.tiers) {
          const minutes =
            example.expected.needsMinutes && tier === "city" ? { minutes: "2026-12" } : {};
          await decideAt(city, one, tier, minutes);
        }
      }
      await payable(city, applied);
      const desk = await financeDesk(city);
      const directory = mkdtempSync(join(tmpdir(), "songnuan-cost-"));
      await paymentsOf(city, desk, directory, () => true);
      await city.clock.settled();
      const { status, id } = await caseOf(city, applied[0]!);
      expect(["paid", "post_review"]).toContain(status);
      rowBytes.push([programme.id, await largestRow(city, id)]);
      costs.push(await costOf(city, programme.id, applied[0]!, drafting[0]!));
    } finally {
      await city.stop();
    }
  }
  console.table(costs);
  console.log(`case rows in bytes: ${rowBytes.map((row) => row.join(" ")).join(", ")}`);
  for (const [programme, bytes] of rowBytes) {
    expect(bytes, `${programme}: a case's row stays within one write unit`).toBeLessThanOrEqual(
      1024,
    );
  }
  for (const cost of costs) {
    expect(cost.transitions, `${cost.programme}: transitions`).toBeLessThanOrEqual(
      cost.transitionsMax,
    );
    expect(cost.writeUnits, `${cost.programme}: write units`).toBeLessThanOrEqual(
      cost.writeUnitsMax,
    );
    expect(cost.drafting, `${cost.programme}: drafting`).toBeLessThanOrEqual(draftingMax);
    // Between the two payments the applicant is told of the advance, and asked for the papers.
    expect(cost.mails, `${cost.programme}: mails`).toBe(cost.approvals + 2 + 2 * cost.returns);
  }
});
