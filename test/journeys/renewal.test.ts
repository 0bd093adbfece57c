/** A new year: whoever was paid in the last one applies with what was told then, once, and nobody else does. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { createVisitor, formTo, wordsOf, type VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { answerAll, handIn, postTo, sendPapers } from "#test/support/applicant.ts";
import { caseOf, decideAt, startCity } from "#test/support/city.ts";
import { answersOf, applyAs, endNotice, payOut, untilStatus } from "#test/support/journey.ts";

const programmeId = "critical-illness";
/** What belongs to one year's bills. */
const bills2026 = { treatmentFrom: "2026-03-01", treatmentTo: "2026-11-20" };

let city: Embedded;
let applied: Applied;
/** A page of last December, when the year's claim was still held. */
let inDecember: VisitedPage;
beforeAll(async () => {
  city = await startCity({ now: instant("2026-12-01T01:00:00Z") });
  applied = await applyAs(city, programmeId, {
    example: "8:",
    answers: { ...bills2026, annualIncome: "80000", totalBill: "162400" },
  });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await endNotice(city, applied);
  await payOut(city, "central");
  await untilStatus(city, applied, "paid");
  ({ page: inDecember } = await follow(city.url, applied));
  await city.clock.advanceTo(instant("2027-01-04T01:00:00Z"));
}, 60_000);
afterAll(() => city.stop());

const idIn = (page: VisitedPage): ApplicationId => {
  const id = parseApplicationId(new URL(page.url).pathname.split("/")[3] ?? "");
  if (!id) throw new Error(`no draft: ${page.status} ${page.url}`);
  return id;
};

const renewedDraft = async (): Promise<{
  readonly visitor: Visitor;
  readonly page: VisitedPage;
  readonly id: ApplicationId;
}> => {
  const { visitor } = await follow(city.url, applied);
  const offer = await visitor.get(paths.renewal(applied.applicationId));
  const page = await visitor.send(offer, formTo(offer, "/renewal"));
  return { visitor, page, id: idIn(page) };
};

const newBills = {
  treatmentFrom: "2026-12-02",
  treatmentTo: "2026-12-30",
  totalBill: "162400",
  diagnosis: "示例病",
  basicInsurance: "112300",
  seriousIllnessInsurance: "18600",
  mutualAid: "6500",
  otherAid: "5000",
  consentMeansCheck: "yes",
  consentSensitiveData: "yes",
  consentPublicNotice: "yes",
  consentGuardian: "yes",
};

let invoices = 0;

/** Answers what was left open and hands it in. */
const sent = async ({ visitor, id }: Awaited<ReturnType<typeof renewedDraft>>) => {
  invoices += 1;
  const draft = await city.dependencies.cases.get(id);
  if (!draft) throw new Error("no draft");
  const { answers: taken } = await city.dependencies.cases.draftAnswers(draft);
  const answers = { ...taken, ...newBills, invoiceNumbers: `20271231000${invoices}` };
  const form = await visitor.get(paths.answers(programmeId, id));
  await answerAll(visitor, form, programmeId, id, answers);
  const papers = await visitor.get(paths.papers(programmeId, id));
  return handIn(visitor, await sendPapers(visitor, papers));
};

test("while the year's claim is held nothing is offered, and the address leads back to the case", () => {
  expect(wordsOf(inDecember.html)).not.toContain("沿用上次的信息");
});

test("in the new year the paid case offers it; neither a GET nor a forged form takes anything over", async () => {
  const { visitor, page } = await follow(city.url, applied);
  expect(page.html).toContain(`href="${paths.renewal(applied.applicationId)}"`);

  const offer = await visitor.get(paths.renewal(applied.applicationId));

  expect(offer.status).toBe(200);
  expect(wordsOf(offer.html)).toContain("各项同意要重新勾选");
  const forged = await visitor.send(offer, formTo(offer, "/renewal"), { _token: "forged" });
  expect(forged.status).toBe(403);
  expect(new URL(forged.url).pathname).toBe(paths.renewal(applied.applicationId));
});

test("what was told is taken over and to be checked; consents, papers and last year's bills are not", async () => {
  const { page, id } = await renewedDraft();

  expect(new URL(page.url).pathname).toBe(paths.check(programmeId, id));
  const draft = await city.dependencies.cases.get(id);
  expect(draft).toMatchObject({ status: "draft", renewedFrom: applied.applicationId });
  if (!draft) return;
  const before = await answersOf(city, applied);
  const { answers } = await city.dependencies.cases.draftAnswers(draft);
  for (const name of ["applicantName", "applicantIdNumber", "annualIncome", "bankCardNumber"]) {
    expect(answers[name]).toBe(before[name]);
  }
  for (const name of ["consentPublicNotice", "consentMeansCheck", "invoiceNumbers", "totalBill"]) {
    expect(before[name]).toBeTruthy();
    expect(answers[name]).toBeUndefined();
  }
  expect(await city.dependencies.cases.papers(id)).toEqual([]);
  expect(wordsOf(page.html)).toContain("请核对");
  expect(await caseOf(city, applied)).toMatchObject({ status: "paid" });
});

test("sent, it is a case of its own that names the earlier one; a second one finds the claim", async () => {
  const [first, second] = [await renewedDraft(), await renewedDraft()];

  const receipt = await sent(first);
  const refused = await sent(second);

  expect(new URL(receipt.url).pathname).toBe(paths.receipt(programmeId, first.id));
  const application = await city.dependencies.cases.get(first.id);
  const [submitted] = application ? await city.dependencies.cases.events(application) : [];
  expect(submitted?.detail["renewedFrom"]).toBe(applied.applicationId);
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("同样的申请已经有一份");
  expect((await city.dependencies.cases.get(second.id))?.status).toBe("draft");

  // From now on this year's claim is held: nothing is offered any more, and the address leads back.
  const { visitor, page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).not.toContain("沿用上次的信息");
  const back = await visitor.get(paths.renewal(applied.applicationId));
  expect(new URL(back.url).pathname).toBe(paths.case(applied.applicationId));
});

test("somebody else's case can't be taken over, nor one's own that isn't paid", async () => {
  const stranger = createVisitor(city.url);
  const address = paths.renewal(applied.applicationId);
  expect((await stranger.get(address)).status).toBe(404);
  expect((await postTo(city, stranger, address, {})).status).toBe(404);

  const other = await applyAs(city, "emergency", {
    answers: { eventDate: "2026-12-28" },
  });
  expect((await other.visitor.get(address)).status).toBe(404);
  // A case that isn't paid, of a programme that renews nothing, leads back to itself.
  const own = await other.visitor.get(paths.renewal(other.applicationId));
  expect(new URL(own.url).pathname).toBe(paths.case(other.applicationId));
});
