/** An applicant's steps one by one, where city.ts takes them all at once: for tests of the pages themselves. */
import { answersFor, asTyped } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import {
  createVisitor,
  formTo,
  formWith,
  type PageForm,
  type VisitedPage,
  type Visitor,
} from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { aPhoto } from "./photo.ts";

export const programmeOf = (id: string): EveryProgramme => {
  const programme = programmeById(id);
  if (!programme) throw new Error(`no programme ${id}`);
  return programme;
};

let people = 500;

/** A whole form as a new person types it, after the programme's first approved case. */
export const newAnswers = (programmeId: string, unitId = "chunfeng"): Answers => {
  const programme = programmeOf(programmeId);
  const example = programme.examples.find(({ expected }) => expected.recommendation === "approve");
  if (!example) throw new Error("no approved case");
  people += 1;
  return answersFor(programme, example, demoApplicant(people), unitId);
};

/** Posts fields to an address as no page asked for. */
export const postTo = (
  city: Embedded,
  visitor: Visitor,
  path: string,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const page = { status: 200, url: city.url, html: "", forms: [] };
  return visitor.send(page, { action: path, method: "post", multipart: false, fields: [] }, fields);
};

/** What a page's form holds, as the reader sees it. */
export const typedOn = (
  page: VisitedPage,
  ending: string | RegExp,
): Readonly<Record<string, string>> => Object.fromEntries(formTo(page, ending).fields);

export interface Draft {
  readonly visitor: Visitor;
  readonly page: VisitedPage;
  readonly id: ApplicationId;
  readonly programmeId: string;
  readonly answers: Answers;
}

/** Presses a start page's button: an empty draft at its first question. */
export const beginDraft = async (
  city: Embedded,
  programmeId: string,
): Promise<{
  readonly visitor: Visitor;
  readonly page: VisitedPage;
  readonly id: ApplicationId;
}> => {
  const visitor = createVisitor(city.url);
  const page = await postTo(city, visitor, paths.apply(programmeId), {});
  const id = parseApplicationId(new URL(page.url).pathname.split("/")[3] ?? "");
  if (!id) throw new Error(`no draft: ${page.status} ${page.url}`);
  return { visitor, page, id };
};

/** Sends all answers of a draft at once, with the token of a page that asks. */
export const answerAll = (
  visitor: Visitor,
  page: VisitedPage,
  programmeId: string,
  id: ApplicationId,
  answers: Answers,
): Promise<VisitedPage> => {
  const token = Object.fromEntries(formWith(page, "_token").fields)["_token"] ?? "";
  const action = paths.answers(programmeId, id);
  const typed = { ...asTyped(programmeOf(programmeId), answers), _token: token };
  return visitor.send(page, { action, method: "post", multipart: false, fields: [] }, typed);
};

/** Fills in the form: a draft with no papers yet. */
export const startDraft = async (
  city: Embedded,
  programmeId: string,
  changes: Answers = {},
): Promise<Draft> => {
  const { visitor, page: question, id } = await beginDraft(city, programmeId);
  const answers = { ...newAnswers(programmeId), ...changes };
  const page = await answerAll(visitor, question, programmeId, id, answers);
  return { visitor, page, id, programmeId, answers };
};

let photos = 0;

export const uploadForms = (page: VisitedPage): readonly PageForm[] =>
  page.forms.filter(({ multipart }) => multipart);

/** Sends `bytes` as the n-th paper of a page. */
export const sendPaper = async (
  visitor: Visitor,
  page: VisitedPage,
  index: number,
  bytes?: Uint8Array,
): Promise<VisitedPage> => {
  const form = uploadForms(page)[index];
  if (!form) throw new Error(`the page takes no paper ${index}`);
  photos += 1;
  const file = { name: "x.jpg", type: "image/jpeg", bytes: bytes ?? aPhoto(photos) };
  return visitor.upload(page, form, file);
};

/** Sends one photo for each kind of paper. @returns the page with all of them. */
export const sendPapers = async (visitor: Visitor, page: VisitedPage): Promise<VisitedPage> => {
  let shown = page;
  for (let index = 0; index < uploadForms(page).length; index += 1) {
    shown = await sendPaper(visitor, shown, index);
  }
  return shown;
};

/** Presses the button of the papers page. */
export const handIn = (visitor: Visitor, page: VisitedPage): Promise<VisitedPage> =>
  visitor.send(page, formTo(page, "/submit"));
