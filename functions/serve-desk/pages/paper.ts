/** A paper of a case at the desk: its page, and its file. Who looked is taken down. */
import { paperLink } from "#shared/casework/paper-link.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paperLarge } from "#shared/web/paper-view.ts";
import { paths } from "#shared/web/paths.ts";
import { deskPage, forbidden, mayDo, type Desk } from "../frame.ts";
import { noteAccess } from "../note-access.ts";
import { papersAtDesk } from "./case-papers.ts";
import { loadCase } from "./case.ts";

/** The paper large, with the ones before and after it. */
export const showPaper = async (
  desk: Desk,
  typed: string,
  number: string,
): Promise<PageResponse> => {
  if (!mayDo(desk, "see_facts")) return forbidden(desk, "see_facts");
  const application = await loadCase(desk, typed);
  const papers = application ? await papersAtDesk(desk, application) : [];
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!application || !paper) return notFoundPage(desk.request.locale);
  const back = `${paths.desk("case", application.id)}#papers`;
  return deskPage(desk, paperLarge(papers, paper, back, desk.request.locale));
};

/** Sends the browser on to the file, by a link that holds for a minute. */
export const sendPaper = async (
  desk: Desk,
  typed: string,
  number: string,
): Promise<PageResponse> => {
  if (!mayDo(desk, "see_facts")) return forbidden(desk, "see_facts");
  const application = await loadCase(desk, typed);
  const papers = application ? await desk.uses.cases.papers(application.id) : [];
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!application || !paper) return notFoundPage(desk.request.locale);
  await noteAccess(desk, "paper", application.id);
  return { status: 303, body: "", headers: { location: await paperLink(desk.uses.papers, paper) } };
};
