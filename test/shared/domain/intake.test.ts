import { expect, test } from "vitest";
import {
  answersTo,
  baseUnitOf,
  idNumbersIn,
  mayWithdraw,
  mendCard,
  missingPapers,
  submitDraft,
  withdraw,
  withdrawalRefusal,
  type Identity,
} from "#shared/domain/intake.ts";
import {
  changedFields,
  giveInformation,
  voidsApprovals,
  type Correction,
} from "#shared/domain/correction.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Status } from "#shared/domain/application.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { newDraft } from "#shared/domain/draft.ts";
import { choice, idNumber, text } from "#shared/domain/form.ts";
import { transitions } from "#shared/domain/lifecycle.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { BatchId, BlindIndex, FundId, StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aCase, applicationIdOf, commonPolicy, monday, units } from "#test/support/cases.ts";

const moment = { now: monday, flowClock: commonPolicy.flowClock, calendar: commonPolicy.calendar };
const draft = newDraft({
  id: applicationIdOf(7),
  programmeId: "golden-autumn",
  locale: "zh-CN",
  createdAt: monday,
  accessCodeHash: "k1.x.y",
  salt: "salt",
});
const office = (id: string): Unit => {
  const unit = baseUnitOf(units, id);
  if (!unit) throw new Error(`no office ${id}`);
  return unit;
};
const [spring, furnace] = [office("spring"), office("furnace")];

const claimOf = (household: string, subject = household) => ({
  household: household as BlindIndex,
  subject: subject as BlindIndex,
  programmeId: "golden-autumn",
  period: "2026-2027",
});
const identityOf = (household: string, subject = "child"): Identity => ({
  household: household as BlindIndex,
  fileId: null,
  persons: [household, subject] as BlindIndex[],
  cause: "schooling",
  claims: [claimOf(household, subject), claimOf(subject)],
});

test("sending a draft sets office, line, people, claim and the limit for the first check", () => {
  const sent = submitDraft(draft, {
    unit: spring,
    identity: identityOf("mother"),
    papers: 4,
    moment,
  });

  expect(sent).toMatchObject({
    kind: "intake",
    step: {
      before: draft,
      after: {
        version: 1,
        status: "submitted",
        submittedAt: monday,
        unitId: "spring",
        atUnitId: "spring",
        line: "territorial",
        household: "mother",
        persons: ["mother", "child"],
        cause: "schooling",
        // Monday the 20th; three working days after it, to the end of Thursday in China.
        deadlineAt: instant("2026-07-23T16:00:00Z"),
      },
      event: { type: "submitted", from: "draft", to: "submitted", actor: { kind: "applicant" } },
    },
  });
  expect(sent.kind === "intake" && sent.claims).toEqual([
    { ...claimOf("mother", "child"), applicationId: draft.id },
    { ...claimOf("child"), applicationId: draft.id },
  ]);
});

test("the event of sending names nobody", () => {
  const sent = submitDraft(draft, {
    unit: spring,
    identity: identityOf("mother"),
    papers: 4,
    moment,
  });

  expect(sent.kind === "intake" && Object.keys(sent.step.event.detail)).toEqual([
    "programmeId",
    "unitId",
    "answersVersion",
    "papers",
  ]);
});

test("what was sent can't be sent again", () => {
  const again = submitDraft(aCase(1), {
    unit: spring,
    identity: identityOf("a"),
    papers: 0,
    moment,
  });

  expect(again).toEqual({ kind: "refused", code: "not_in_this_state" });
});

test("only the lowest offices of each line take applications", () => {
  expect(spring.line).toBe("territorial");
  expect(furnace.line).toBe("industrial");
  for (const id of ["city", "east", "metal", "steel", "nowhere", ""]) {
    expect(baseUnitOf(units, id), id).toBeNull();
  }
});

const returned = aCase(2, { status: "needs_information", decidedBy: { station: "s" as StaffId } });

test("further papers bring a returned case back to where it left", () => {
  const given = giveInformation(returned, { correction: null, newPapers: 2, moment });

  expect(given).toMatchObject({
    step: {
      after: {
        status: "submitted",
        tier: "district",
        round: 1,
        decidedBy: { station: "s" },
        answersVersion: 1,
      },
      event: { type: "information_given", detail: { newPapers: 2, changedAnswers: 0 } },
    },
  });
});

const form = programmeOf(returned).form;
const correctionOf = (changed: readonly string[], after = identityOf("mother")): Correction => ({
  form,
  changed,
  unit: furnace,
  before: identityOf("mother"),
  after,
});

test("changed figures keep what was approved, for the assessment to compare", () => {
  const correction = correctionOf(["annualIncome"]);
  const given = giveInformation(returned, { correction, newPapers: 0, moment });

  expect(given).toMatchObject({
    step: { after: { answersVersion: 2, round: 1, tier: "district", unitId: "spring" } },
  });
});

test.each([
  "applicantName",
  "applicantIdNumber",
  "studentIdNumber",
  "bankName",
  "bankCardNumber",
  "unitId",
])(
  "a change of %s voids what earlier tiers approved: they must see whom the money goes to",
  (name) => {
    const correction = correctionOf([name]);
    const given = giveInformation(returned, { correction, newPapers: 0, moment });

    expect(voidsApprovals(form, [name])).toBe(true);
    expect(given).toMatchObject({
      step: {
        after: { round: 2, tier: null, decidedBy: {}, unitId: "furnace", line: "industrial" },
      },
    });
  },
);

test("another student takes a new claim and frees the old one; what stays is left alone", () => {
  const correction = correctionOf(["studentIdNumber"], identityOf("mother", "second child"));
  const given = giveInformation(returned, { correction, newPapers: 0, moment });

  expect(given.kind === "intake" && given.claims?.map(({ subject }) => subject)).toEqual([
    "second child",
    "second child",
  ]);
  expect(given.kind === "intake" && given.releasedClaims?.map(({ subject }) => subject)).toEqual([
    "child",
    "child",
  ]);
  const same = giveInformation(returned, {
    correction: correctionOf(["phone"]),
    newPapers: 0,
    moment,
  });
  expect(same).toMatchObject({ claims: [], releasedClaims: [] });
});

test("nothing can be given where nothing was asked for", () => {
  const given = giveInformation(aCase(3), { correction: null, newPapers: 1, moment });

  expect(given).toEqual({ kind: "refused", code: "not_in_this_state" });
});

const failed = aCase(4, {
  status: "payment_failed",
  fundId: "CENTRAL-2026" as FundId,
  attempt: 2,
  failureCode: "account_not_found",
  deadlineAt: moment.now,
});

test("a mended card waits for a second person, under the same approval and payment count", () => {
  const mended = mendCard(failed, moment);

  expect(mended).toMatchObject({
    step: {
      after: {
        status: "payment_failed",
        answersVersion: 2,
        attempt: 2,
        cycle: 1,
        failureCode: "account_not_found",
        deadlineAt: null,
        fundId: "CENTRAL-2026",
        amountFen: yuan(5_000),
      },
      event: { type: "card_mended", from: "payment_failed", to: "payment_failed" },
    },
  });
  expect(mended.kind === "intake" && mended.transfer).toBeUndefined();
});

test("a card is mended only after the bank's refusal", () => {
  expect(mendCard(aCase(5, { status: "reserved" }), moment)).toMatchObject({
    kind: "refused",
  });
});

test("withdrawing gives the reservation back, once for its cycle, and frees the claims", () => {
  const reserved = aCase(6, { status: "reserved", fundId: "CENTRAL-2026" as FundId });
  const claims = [{ ...claimOf("mother", "child"), applicationId: reserved.id }];
  const taken = withdraw(reserved, claims, monday);

  expect(taken).toMatchObject({
    step: {
      after: { status: "withdrawn", fundId: null, cycle: 2, deadlineAt: null, atUnitId: null },
    },
    transfer: {
      subject: `${reserved.id}:1`,
      kind: "release",
      fundId: "CENTRAL-2026",
      credit: "reserved",
      debit: "available",
      amountFen: yuan(5_000),
    },
    releasedClaims: claims,
  });
});

test("withdrawing before any reservation moves no money", () => {
  const taken = withdraw(aCase(8), [], monday);

  expect(taken.kind === "intake" && taken.transfer).toBeUndefined();
  expect(taken).toMatchObject({ step: { after: { status: "withdrawn", cycle: 1 } } });
});

test("a case may be withdrawn exactly where the lifecycle says, and never once it is with the bank", () => {
  const states: readonly Status[] = [
    "draft",
    "batched",
    "paid",
    "closed",
    "rejected",
    "withdrawn",
    "lapsed",
  ];

  for (const status of states) {
    expect(mayWithdraw(aCase(9, { status })), status).toBe(false);
    expect(withdraw(aCase(9, { status }), [], monday), status).toMatchObject({ kind: "refused" });
  }
  for (const status of transitions.withdrawn.from)
    expect(mayWithdraw(aCase(9, { status }))).toBe(true);
});

test("once an advance was paid, or an objection is raised after payment, a case can't be withdrawn", () => {
  const fund = { fundId: "UNION-2026" as FundId };
  const followUp = { ...fund, fastTrack: "follow_up" as const, advanceFen: yuan(2_000) };
  for (const status of ["needs_information", "in_approval", "in_verification"] as const) {
    expect(withdrawalRefusal(aCase(9, { status, ...followUp })), status).toBe("advance_paid");
    expect(withdraw(aCase(9, { status, ...followUp }), [], monday)).toMatchObject({
      kind: "refused",
    });
  }
  const batchId = "B20260720-000000" as BatchId;
  const paid = aCase(9, { status: "objection", ...fund, batchId });
  expect(withdrawalRefusal(paid)).toBe("too_late");
  expect(withdraw(paid, [], monday)).toMatchObject({ kind: "refused" });
});

test("before the advance is paid, withdrawing gives back the advance and not the whole award", () => {
  const advance = { fastTrack: "advance" as const, advanceFen: yuan(2_000) };
  const reserved = aCase(9, { status: "reserved", fundId: "UNION-2026" as FundId, ...advance });

  expect(withdraw(reserved, [], monday)).toMatchObject({
    step: { event: { detail: { amountFen: yuan(2_000) } } },
    transfer: { kind: "release", amountFen: yuan(2_000) },
  });
});

test("withdrawn while its appeal is looked at, a case frees no claims: the refusal freed them", () => {
  const claims = [{ ...claimOf("mother", "child"), applicationId: aCase(9).id }];
  const of = (status: Status) => withdraw(aCase(9, { status }), claims, monday);

  expect(of("under_appeal")).toMatchObject({ kind: "intake", releasedClaims: [] });
  expect(of("objection")).toMatchObject({ kind: "intake", releasedClaims: claims });
});

const small = {
  sections: [{ fields: ["name", "one"] }, { fields: ["two"] }],
  fields: {
    name: text({ label: { zh: "名", en: "Name" }, maxLength: 9 }),
    one: idNumber({ label: { zh: "一", en: "One" } }),
    two: idNumber({ label: { zh: "二", en: "Two" } }),
    kind: choice({ label: { zh: "类", en: "Kind" }, options: [] }),
  },
};

test("what isn't asked for is left out, inherited names too", () => {
  const posted = JSON.parse(
    `{"name":"a","one":"","kind":"k","status":"paid","__proto__":{"two":"x"}}`,
  ) as Record<string, string>;

  expect(answersTo(small, posted)).toEqual({ name: "a" });
});

test("everybody a form names is found by their ID number, each once", () => {
  expect(idNumbersIn(small, { name: "11", one: "A", two: "B", kind: "C" })).toEqual(["A", "B"]);
  expect(idNumbersIn(small, { one: "A", two: "A" })).toEqual(["A"]);
  expect(idNumbersIn(small, { one: "", two: null })).toEqual([]);
});

test("answers differ only by what was typed, not by spaces around it or by being left empty", () => {
  expect(changedFields(small, { name: "a", one: "1" }, { name: " a ", two: "" })).toEqual(["one"]);
});

test("only required papers of which nothing is there are missing", () => {
  const title = { zh: "材料", en: "Paper" };
  const requirements = [
    { kind: "id_cards", title, required: true },
    { kind: "hukou_book", title, required: true },
    { kind: "bank_card_copy", title, required: false },
  ];

  expect(missingPapers(requirements, ["id_cards"]).map(({ kind }) => kind)).toEqual(["hukou_book"]);
});

test("what an officer entered is sent in the officer's name, with the consent that was signed", () => {
  const enteredBy = "spring-h" as StaffId;
  const given = { unit: spring, identity: identityOf("mother"), papers: 5, moment };

  const entered = submitDraft({ ...draft, enteredBy }, given);
  const own = submitDraft(draft, given);

  expect(entered).toMatchObject({
    step: {
      after: { enteredBy },
      event: {
        actor: { kind: "staff", staffId: enteredBy },
        detail: { onBehalf: true, workerPresent: true, consent: "entrustment" },
      },
    },
  });
  expect(own).toMatchObject({ step: { event: { actor: { kind: "applicant" } } } });
  expect(JSON.stringify(own)).not.toContain("onBehalf");
});

test("the trail of a renewal names the case it was taken over from", () => {
  const renewedFrom = applicationIdOf(3);
  const given = { unit: spring, identity: identityOf("mother"), papers: 5, moment };

  expect(submitDraft({ ...draft, renewedFrom }, given)).toMatchObject({
    step: { event: { detail: { renewedFrom } } },
  });
});
