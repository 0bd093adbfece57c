/** What an applicant does: fills in the form, sends papers, hands it in, and mends what is to be mended. */
import { examplePeople } from "#shared/domain/example-household.ts";
import { answersOf } from "#shared/domain/answers.ts";
import type { Answers } from "#shared/domain/form.ts";
import { cardFieldName, cardsIn } from "#shared/domain/people-field.ts";
import type { Example, EveryProgramme } from "#shared/domain/programme.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { parseAccessCode, parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import type { DemoApplicant } from "./people.ts";
import { samplePaper } from "./sample-paper.ts";
import {
  createVisitor,
  expectStatus,
  formTo,
  formWith,
  wordsOf,
  type VisitedPage,
  type Visitor,
} from "./visitor.ts";

/** A one-page PDF; every other paper is a picture. */
const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** Whom a worked case is about beside the applicant: the student, the patient. */
const isRelative = (idNumber: string): boolean =>
  idNumber === examplePeople.child || idNumber === examplePeople.spouse;

/** Whoever was born later may be under 14, and then a guardian consents. */
const grownUpYear = 2011;

const isMinor = (idNumber: string): boolean => Number(idNumber.slice(6, 10)) >= grownUpYear;

/** The household of a worked case with this person's own numbers: the one it is about, and the others. */
const familyFor = (
  programme: EveryProgramme,
  example: Example<CommonFacts>,
  person: DemoApplicant,
): Answers => {
  const facts: Readonly<Record<string, unknown>> = example.facts;
  const about = Object.values(facts).find(
    (value): value is string => typeof value === "string" && isRelative(value),
  );
  const members = example.facts.members.map((member, place) => ({
    ...member,
    idNumber:
      member.idNumber === about
        ? person.relativeIdNumber
        : (person.familyIdNumbers[place] ?? member.idNumber),
  }));
  const numbers = [
    ...members.map(({ idNumber }) => idNumber),
    about ? person.relativeIdNumber : "",
  ];
  const written = answersOf(programme.form, { ...example.facts, members });
  return {
    members: written["members"] ?? "",
    consentGuardian: numbers.some(isMinor) ? "yes" : "",
  };
};

/** The answers of a worked case, given by this person at this office. */
export const answersFor = (
  programme: EveryProgramme,
  example: Example<CommonFacts>,
  person: DemoApplicant,
  unitId: string,
): Answers => {
  const typed: Record<string, string> = { ...answersOf(programme.form, example.facts) };
  for (const [name, value] of Object.entries(typed)) {
    if (isRelative(value)) typed[name] = person.relativeIdNumber;
    else if (value === examplePeople.applicant) typed[name] = person.idNumber;
  }
  return {
    ...typed,
    ...familyFor(programme, example, person),
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
        : { name: "照片.png", type: "image/png", bytes: samplePaper };
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

/** Cards of people as a browser sends them, in place of the one answer that they are. */
export const asTyped = ({ form }: EveryProgramme, answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([name, typed]) => {
      const cards = form.fields[name]?.kind === "people" ? cardsIn(typed) : null;
      if (cards === null) return [[name, typed]];
      return cards.flatMap((card, place) =>
        Object.entries(card).map(([question, said]) => [
          cardFieldName(name, place, question),
          said,
        ]),
      );
    }),
  );

/** From the start page over the page with all questions to the papers. @throws unless that page comes. */
export const fillIn = async (
  visitor: Visitor,
  programme: EveryProgramme,
  answers: Answers,
): Promise<VisitedPage> => {
  const start = expectStatus(await visitor.get(paths.apply(programme.id)), 200, "the start page");
  const question = await visitor.send(start, formTo(start, paths.apply(programme.id)));
  const form = formWith(expectStatus(question, 200, "the first question"), "_token");
  const [address = ""] = form.action.split("/questions/");
  const token = Object.fromEntries(form.fields)["_token"] ?? "";
  const whole = { ...form, action: `${address}/answers`, fields: [] };
  const typed = { ...asTyped(programme, answers), _token: token };
  return expectStatus(await visitor.send(question, whole, typed), 200, "the papers");
};

/** Applies as a person would: the form, the papers, the button. @throws with the page's words when it isn't taken. */
export const apply = async (
  siteUrl: string,
  programme: EveryProgramme,
  answers: Answers,
  beforeSending?: () => void,
): Promise<Applied> => {
  const visitor = createVisitor(siteUrl);
  const papers = await fillIn(visitor, programme, answers);
  const uploaded = await uploadPapers(visitor, papers);
  beforeSending?.();
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
