/** No help twice, however many ask at the same moment: claims are conditions in the store (policy 3.5, quality I7). */
import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { identify } from "#shared/casework/identify.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { newDraft } from "#shared/domain/draft.ts";
import { readForm, type Answers } from "#shared/domain/form.ts";
import { baseUnitOf, submitDraft, withdraw } from "#shared/domain/intake.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { aCase, applicationIdOf, commonPolicy, monday, units } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const moment = { now: monday, flowClock: commonPolicy.flowClock, calendar: commonPolicy.calendar };
const counts = [2, 8, 64];

const answersOf = (programmeId: string, person: number): Answers => {
  const programme = programmeOf(aCase(0, { programmeId }));
  const example = programme.examples.find(({ expected }) => expected.recommendation === "approve");
  if (!example) throw new Error("no worked case");
  return answersFor(programme, example, demoApplicant(person), "spring");
};

let drafts = 0;

/** A draft of these answers, ready to be sent. */
const prepare = async (programmeId: string, answers: Answers) => {
  drafts += 1;
  const draft = newDraft({
    id: applicationIdOf(drafts),
    programmeId,
    locale: "zh-CN",
    createdAt: monday,
    accessCodeHash: "k1.x.y",
    salt: "c2FsdHNhbHRzYWx0c2FsdA",
  });
  await store.cases.createDraft(draft, answers);
  const programme = programmeOf(draft);
  const reading = readForm(programme.form, answers);
  const unit = baseUnitOf(units, "spring");
  if (reading.kind !== "facts" || !unit) throw new Error("not a whole form");
  const day = { appliedOn: localDateOf(monday), pack: store.policy };
  const identity = await identify(store, programme, reading.facts, day);
  const sent = submitDraft(draft, { unit, identity, papers: 0, moment });
  if (sent.kind === "refused") throw new Error(sent.code);
  return sent;
};

/** Sends all at once. @returns the cases that were taken, and how many were told that a claim exists. */
const race = async (programmeId: string, forms: readonly Answers[]) => {
  const ready = await Promise.all(forms.map((answers) => prepare(programmeId, answers)));
  const outcomes = await Promise.all(ready.map((sent) => store.cases.commit(sent)));
  expect(
    outcomes.filter((outcome) => outcome !== "committed" && outcome !== "claim_exists"),
  ).toEqual([]);
  return ready.flatMap(({ step }, index) => (outcomes[index] === "committed" ? [step.after] : []));
};

const withdrawn = async (application: Application): Promise<void> => {
  const taken = withdraw(application, await claimsHeldBy(store, application), monday);
  if (taken.kind === "refused") throw new Error(taken.code);
  expect(await store.cases.commit(taken)).toBe("committed");
};

let people = 1_000;
const nextPerson = (): number => (people += 1);

test.each(counts)(
  "%i applications of one household for one programme and period: one is taken, and when it is withdrawn, one more",
  async (count) => {
    const person = nextPerson();
    for (const programmeId of ["golden-autumn", "winter-warmth"]) {
      const forms = Array.from({ length: count }, () => answersOf(programmeId, person));
      const [first, ...others] = await race(programmeId, forms);
      expect(others).toEqual([]);
      await withdrawn(first!);
      expect(await race(programmeId, forms)).toHaveLength(1);
    }
  },
);

test.each(counts)(
  "%i relatives claim for one student and school year: one award, whichever parent was first",
  async (count) => {
    const { studentIdNumber } = answersOf("golden-autumn", nextPerson());
    if (studentIdNumber === undefined) throw new Error("a student has an ID number");
    const forms = Array.from({ length: count }, () => ({
      ...answersOf("golden-autumn", nextPerson()),
      studentIdNumber,
    }));
    expect(await race("golden-autumn", forms)).toHaveLength(1);
  },
);

test.each(counts)("%i households hand in one invoice: it is used once", async (count) => {
  const invoiceNumbers = `INV-RACE-${count}`;
  const forms = Array.from({ length: count }, () => ({
    ...answersOf("critical-illness", nextPerson()),
    invoiceNumbers,
  }));
  const [first, ...others] = await race("critical-illness", forms);
  expect(others).toEqual([]);
  // Also in another year, and together with an invoice of one's own.
  const late = { ...forms[0]!, invoiceNumbers: `OWN-${count}, ${invoiceNumbers}` };
  expect(await race("critical-illness", [late])).toHaveLength(0);
  await withdrawn(first!);
  expect(await race("critical-illness", [late])).toHaveLength(1);
});

test("people with nothing in common keep nobody out", async () => {
  const forms = Array.from({ length: 16 }, () => answersOf("golden-autumn", nextPerson()));
  expect(await race("golden-autumn", forms)).toHaveLength(16);
});

test("withdrawn and sent anew at the same moment: never two live claims", async () => {
  const person = nextPerson();
  const [first] = await race("golden-autumn", [answersOf("golden-autumn", person)]);
  let live: Application = first!;
  for (let round = 0; round < 10; round += 1) {
    const next = await prepare("golden-autumn", answersOf("golden-autumn", person));
    const held = await claimsHeldBy(store, live);
    const ended = withdraw(live, held, monday);
    if (ended.kind === "refused") throw new Error(ended.code);
    const [, sent] = await Promise.all([store.cases.commit(ended), store.cases.commit(next)]);
    if (sent === "committed") live = next.step.after;
    else {
      expect(sent).toBe("claim_exists");
      expect(await store.cases.commit(next)).toBe("committed");
      live = next.step.after;
    }
    expect((await claimsHeldBy(store, live)).map(({ applicationId }) => applicationId)).toEqual(
      held.map(() => live.id),
    );
  }
});
