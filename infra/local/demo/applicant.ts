/** What an applicant does: fills in the form, sends papers, hands it in, and mends what is to be mended. */
import { examplePeople } from "#shared/domain/example-household.ts";
import { answersOf } from "#shared/domain/answers.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Example, EveryProgramme } from "#shared/domain/programme.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { parseAccessCode, parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import type { DemoApplicant } from "./people.ts";
import {
  createVisitor,
  expectStatus,
  formTo,
  wordsOf,
  type VisitedPage,
  type Visitor,
} from "./visitor.ts";

/** A one-page PDF and a one-pixel PNG: what the paper store has to take. */
const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** The answers of a worked case, given by this person at this office. */
export const answersFor = (
  programme: EveryProgramme,
  example: Example<CommonFacts>,
  person: DemoApplicant,
  unitId: string,
): Answers => {
  const typed: Record<string, string> = { ...answersOf(programme.form, example.facts) };
  for (const [name, value] of Object.entries(typed)) {
    if (value === examplePeople.child || value === examplePeople.spouse) {
      typed[name] = person.relativeIdNumber;
    } else if (value === examplePeople.applicant) typed[name] = person.idNumber;
  }
  return {
    ...typed,
    applicantName: person.name,
    applicantIdNumber: person.idNumber,
    email: person.email,
    phone: person.phone,
    unitId,
    bankCardNumber: person.cardNumber,
  };
};

/** Sends a file for every kind of paper that the page asks for. */
export const uploadPapers = async (visitor: Visitor, page: VisitedPage): Promise<VisitedPage> => {
  let shown = page;
  const kinds = page.forms.filter(({ multipart }) => multipart).length;
  for (let kind = 0; kind < kinds; kind += 1) {
    const form = shown.forms.filter(({ multipart }) => multipart)[kind];
    if (!form) break;
    const file =
      kind % 2 === 0
        ? { name: "材料.pdf", type: "application/pdf", bytes: pdf }
        : { name: "照片.png", type: "image/png", bytes: png };
    shown = expectStatus(await visitor.upload(shown, form, file), 200, "a paper");
  }
  return shown;
};

export interface Applied {
  readonly visitor: Visitor;
  readonly applicationId: ApplicationId;
  readonly accessCode: string;
}

const readReceipt = (page: VisitedPage): { applicationId: ApplicationId; accessCode: string } => {
  const words = wordsOf(page.html);
  const applicationId = parseApplicationId(/SN[0-9A-Z]{10}/u.exec(words)?.[0] ?? "");
  const accessCode = parseAccessCode(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/u.exec(words)?.[0] ?? "");
  if (!applicationId || !accessCode) throw new Error(`no receipt: ${words.slice(0, 600)}`);
  return { applicationId, accessCode };
};

/** Applies as a person would: the form, the papers, the button. @throws with the page's words when it isn't taken. */
export const apply = async (
  siteUrl: string,
  programme: EveryProgramme,
  answers: Answers,
): Promise<Applied> => {
  const visitor = createVisitor(siteUrl);
  const start = expectStatus(await visitor.get(paths.apply(programme.id)), 200, "the form");
  const papers = await visitor.send(start, formTo(start, paths.apply(programme.id)), answers);
  expectStatus(papers, 200, "the answers");
  const uploaded = await uploadPapers(visitor, papers);
  const receipt = await visitor.send(uploaded, formTo(uploaded, "/submit"));
  return { visitor, ...readReceipt(expectStatus(receipt, 200, "the receipt")) };
};

/** The applicant's page of the case, signed in with reference and access code on another device. */
export const follow = async (
  siteUrl: string,
  { applicationId, accessCode }: Pick<Applied, "applicationId" | "accessCode">,
): Promise<{ visitor: Visitor; page: VisitedPage }> => {
  const visitor = createVisitor(siteUrl);
  const form = await visitor.get(paths.status);
  const page = await visitor.send(form, formTo(form, paths.status), {
    reference: applicationId,
    code: accessCode,
  });
  return { visitor, page: expectStatus(page, 200, "the status page") };
};

/** Gives new card details for a payment that the bank refused. */
export const mendCard = async (
  siteUrl: string,
  applied: Applied,
  cardNumber: string,
): Promise<VisitedPage> => {
  const { visitor } = await follow(siteUrl, applied);
  const page = await visitor.get(paths.card(applied.applicationId));
  const mended = await visitor.send(page, formTo(page, paths.card(applied.applicationId)), {
    bankCardNumber: cardNumber,
  });
  return expectStatus(mended, 200, "the mended card");
};
