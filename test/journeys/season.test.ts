/** A whole season over HTTP: 200 applications from the opening to the closing, with every common way to end. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor, type Applied } from "#infra/local/demo/applicant.ts";
import { fileFor } from "#infra/local/demo/archive.ts";
import { handlerAt } from "#infra/local/demo/handler.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { createVisitor, formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Status } from "#shared/domain/application.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import {
  applyBriskly,
  approveTogether,
  decideBriskly,
  handleBriskly,
  linksAt,
  press,
} from "#test/support/brisk.ts";
import { caseOf, startCity } from "#test/support/city.ts";
import { expectBooksFit, mailsOf, payOut } from "#test/support/journey.ts";

const programme = programmeById("golden-autumn")!;
const example = programme.examples.find(({ expected }) => expected.category === "RELATIVE")!;

let city: Embedded;
beforeAll(async () => {
  city = await startCity({ now: instant("2026-06-30T01:00:00Z"), meter: false });
});
afterAll(() => city.stop());

/** What becomes of each twentieth: the others are approved as their households' files say. */
const fates = ["refused", "rejected", "lapses", "withdraws", "unfiled"] as const;
type Fate = (typeof fates)[number] | "approved";
const fateOf = (number: number): Fate => fates[number % 20] ?? "approved";

const endOf: Readonly<Record<Fate, Status>> = {
  refused: "ineligible",
  rejected: "rejected",
  lapses: "lapsed",
  withdraws: "withdrawn",
  unfiled: "paid",
  approved: "paid",
};

interface Participant {
  readonly number: number;
  readonly fate: Fate;
  readonly applied: Applied;
}

const peopleAtOnce = 4;

/** Each a household of its own, none like another. */
const answersOf = (number: number): Readonly<Record<string, string>> => ({
  ...answersFor(programme, example, demoApplicant(number), number % 3 === 0 ? "xiahe" : "chunfeng"),
  applicantName: `赵${String.fromCodePoint(0x4e00 + number)}${String.fromCodePoint(0x5200 + number)}`,
  phone: `138${String(10_000_000 + number)}`,
  ...(fateOf(number) === "refused" ? { studyKind: "free_tuition_teacher" } : {}),
});

const takePart = async (number: number): Promise<Participant> => {
  const answers = answersOf(number);
  const fate = fateOf(number);
  if (fate !== "unfiled") await fileFor(city.dependencies, programme, answers);
  return { number, fate, applied: await applyBriskly(city, programme, answers) };
};

const withdraw = async ({ visitor, applicationId }: Applied): Promise<void> => {
  const page = await visitor.get(paths.withdraw(applicationId));
  await press(visitor, page, formTo(page, paths.withdraw(applicationId)));
};

const returnForPapers = async (visitor: Visitor, { applicationId }: Applied): Promise<void> => {
  const page = await visitor.get(paths.desk("handling", applicationId));
  await press(visitor, page, formTo(page, "/return"), { reason: "请补交盖章的收入证明。" });
};

const handle = async (handlers: readonly Visitor[], participant: Participant): Promise<void> => {
  const { number, fate, applied } = participant;
  const visitor = handlers[number % 3 === 0 ? 1 : 0];
  invariant(visitor, "each street has a handler");
  if (fate === "withdraws") await withdraw(applied);
  else if (fate === "lapses") await returnForPapers(visitor, applied);
  else await handleBriskly(visitor, applied.applicationId);
};

const decisionAt = (tier: string, fate: Fate): Readonly<Record<string, string>> => {
  if (fate === "refused") return { decision: "confirm_refusal", pin: demoPin };
  return fate === "rejected" && tier === "district"
    ? { decision: "reject", pin: demoPin, reason: "家庭情况与核实结果不符。" }
    : { decision: "approve", pin: demoPin };
};

/** An approver approves together what may be; what is to be read first, or decided otherwise, one by one. */
const decideAll = async (tier: string, participants: readonly Participant[]): Promise<void> => {
  await city.clock.settled();
  const links = linksAt(city, tier);
  const open = new Map<string, Participant>(
    participants
      .filter(({ applied }) => links.has(applied.applicationId))
      .map((participant) => [participant.applied.applicationId, participant]),
  );
  const isStraight = (id: string): boolean => {
    const fate = open.get(id)?.fate;
    return fate !== undefined && decisionAt(tier, fate)["decision"] === "approve";
  };
  for (const [id, { fate }] of open) {
    const link = links.get(id);
    if (!link || !open.has(id)) continue;
    const together = isStraight(id) ? await approveTogether(link, demoPin, isStraight) : [];
    for (const one of together) open.delete(one);
    if (open.delete(id)) await decideBriskly(city, link, decisionAt(tier, fate));
  }
  await city.clock.settled();
};

/** Past every notice that stands now. */
const passNotices = async (participants: readonly Participant[]): Promise<void> => {
  const cases = await Promise.all(participants.map(({ applied }) => caseOf(city, applied)));
  const ends = cases.flatMap(({ status, noticeEndsAt }) =>
    status === "public_notice" && noticeEndsAt ? [noticeEndsAt] : [],
  );
  const last = ends.toSorted().at(-1);
  if (last) await city.clock.advanceTo(last);
};

/** A day on which a hundred apply, and what follows until their notices are over. */
const dayOfApplications = async (first: number, last: number): Promise<readonly Participant[]> => {
  const participants: Participant[] = [];
  const numbers = Array.from({ length: last - first }, (_, index) => first + index);
  await inParallel(numbers, peopleAtOnce, async (number) => {
    participants.push(await takePart(number));
  });
  await city.clock.settled();
  const handlers = [
    await handlerAt(city, "chunfeng-handler-1@example.org"),
    await handlerAt(city, "xiahe-handler-1@example.org"),
  ];
  await inParallel(participants, peopleAtOnce, (participant) => handle(handlers, participant));
  await decideAll("station", participants);
  await passNotices(participants);
  await decideAll("district", participants);
  await passNotices(participants);
  return participants;
};

const isOpen = async (): Promise<boolean> => {
  const page = await createVisitor(city.url).get(paths.apply(programme.id));
  return page.forms.some(({ action }) => action.endsWith(paths.apply(programme.id)));
};

test("200 applications from the opening to the closing all end with a reason, and the ledger closes", async () => {
  const startedMs = performance.now();
  expect(await isOpen()).toBe(false);
  await city.clock.advanceTo(instant("2026-06-30T16:00:00Z"));
  expect(await isOpen()).toBe(true);
  const early = await dayOfApplications(1, 101);

  // The last evening of the season, in China.
  await city.clock.advanceTo(instant("2026-08-31T14:00:00Z"));
  const late = await dayOfApplications(101, 201);
  expect(await isOpen()).toBe(false);

  for (const { id } of await city.dependencies.funds.all()) {
    const payable = await city.dependencies.cases.queue({ kind: "payable", fundId: id }, 1);
    if (payable.rows.length > 0) await payOut(city, id);
  }
  await city.clock.settled();
  const seconds = (performance.now() - startedMs) / 1000;

  const everyone = [...early, ...late];
  const ended = await Promise.all(everyone.map(({ applied }) => caseOf(city, applied)));
  expect(ended.map(({ status }) => status)).toEqual(everyone.map(({ fate }) => endOf[fate]));
  const told = everyone.map(({ applied }) => mailsOf(city, applied).at(-1) ?? "");
  expect(told.filter((mail) => !mail.startsWith("outcome"))).toEqual([]);
  const paidFen = ended
    .filter(({ status }) => status === "paid")
    .reduce((sum, { amountFen }) => sum + amountFen, 0);
  // 150 households on file get 5,000 each, 10 without a file get 4,000.
  expect(paidFen).toBe(yuan(5_000) * 150 + yuan(4_000) * 10);
  const funds = await city.dependencies.funds.all();
  expect(funds.reduce((sum, fund) => sum + fund.paidFen, 0)).toBe(paidFen);
  expect(funds.map(({ reservedFen }) => reservedFen)).toEqual(funds.map(() => 0));
  await expectBooksFit(
    city,
    everyone.map(({ applied }) => applied),
  );
  const closed = await createVisitor(city.url).get(paths.apply(programme.id));
  expect(wordsOf(closed.html)).toContain("2027");
  console.log(`a season of ${everyone.length} applications: ${seconds.toFixed(1)} s (wanted: 60)`);
});
