import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { claimsHeldBy } from "#shared/casework/held-claims.ts";
import { identify } from "#shared/casework/identify.ts";
import { programmeOf } from "#shared/casework/load.ts";
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

const answersOf = (person: number, invoiceNumbers: string): Answers => {
  const programme = programmeOf(aCase(0, { programmeId: "critical-illness" }));
  const [example] = programme.examples;
  if (!example) throw new Error("no worked case");
  return { ...answersFor(programme, example, demoApplicant(person), "spring"), invoiceNumbers };
};

/** A critical-illness case of this person, sent as the pages do it. @returns what the store answered. */
const send = async (number: number, answers: Answers) => {
  const draft = newDraft({
    id: applicationIdOf(number),
    programmeId: "critical-illness",
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
  const identity = await identify(store, programme, reading.facts, {
    appliedOn: localDateOf(monday),
    pack: store.policy,
  });
  const sent = submitDraft(draft, { unit, identity, papers: 0, moment });
  if (sent.kind === "refused") throw new Error(sent.code);
  return { outcome: await store.cases.commit(sent), application: sent.step.after };
};

test("a case that ends without an award frees everything it claimed: person, patient and invoices", async () => {
  const first = await send(1, answersOf(1, "INV-1, INV-2"));
  expect(first.outcome).toBe("committed");
  expect((await send(2, answersOf(2, "INV-2"))).outcome).toBe("claim_exists");

  const held = await claimsHeldBy(store, first.application);
  expect(held).toHaveLength(4);
  const ended = withdraw(first.application, held, monday);
  if (ended.kind === "refused") throw new Error(ended.code);
  expect(await store.cases.commit(ended)).toBe("committed");

  expect((await send(3, answersOf(2, "INV-2"))).outcome).toBe("committed");
  expect((await send(4, answersOf(1, "INV-1"))).outcome).toBe("committed");
});

test("answers that today's form can't read still free what the accounts of the case's people hold", async () => {
  const sent = await send(5, answersOf(5, "INV-5"));
  const cases = {
    ...store.cases,
    answers: () => Promise.resolve({ applicantName: "only this" }),
  };

  const held = await claimsHeldBy({ ...store, cases }, sent.application);

  // The applicant's account and the patient's; an invoice stands in one that only the answers tell.
  const { household, persons, id } = sent.application;
  expect(held.map((claim) => claim.applicationId)).toEqual([id, id]);
  expect(held.map((claim) => claim.household)).toEqual(
    expect.arrayContaining([household, persons.find((person) => person !== household)]),
  );
});

test("what was never sent holds nothing", async () => {
  expect(await claimsHeldBy(store, aCase(9, { household: null }))).toEqual([]);
});
