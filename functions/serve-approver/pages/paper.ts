/** A paper of the case behind a link: its page, and its file. Both only once the whole case was opened. */
import { readLocator } from "#shared/casework/decision-link.ts";
import { paperLink } from "#shared/casework/paper-link.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paperLarge } from "#shared/web/paper-view.ts";
import { pathOf } from "#shared/web/paths.ts";
import { noteAccess } from "../note-access.ts";
import type { Uses } from "../uses.ts";
import { stateOf } from "./decide.ts";
import { loadLink, type OpenLink } from "./link.ts";
import { papersBehind } from "./papers-part.ts";
import { mayRead } from "./session.ts";
import { queueNavigation } from "./still-waiting.ts";

/** A person who left, moved or turned out to be of the family sees no more of the case from that moment. */
const linkOf = async (uses: Uses, secret: string): Promise<OpenLink | null> => {
  const link = await loadLink(uses, readLocator(secret));
  const refusal = link && stateOf(uses, link);
  return refusal === null || refusal === "already_decided" ? link : null;
};

/** The paper large. Whoever comes late is asked for the PIN again, on the case's page. */
export const showPaper = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
  number: string,
): Promise<PageResponse> => {
  const { locale } = request;
  const link = await linkOf(uses, secret);
  if (!link) return notFoundPage(locale);
  if (!(await mayRead(uses, request, link))) return redirect(link.path);
  const papers = await papersBehind(uses, link);
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!paper) return notFoundPage(locale);
  const { title, body } = paperLarge(papers, paper, link.path, locale);
  const navigation = queueNavigation(link.locator);
  return htmlPage(200, page({ locale, title, path: pathOf(request), body, navigation }));
};

/** Sends the browser on to the file, by a link that holds for a minute. */
export const sendPaper = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
  number: string,
): Promise<PageResponse> => {
  const link = await linkOf(uses, secret);
  if (!link || !(await mayRead(uses, request, link))) return notFoundPage(request.locale);
  const papers = await uses.cases.papers(link.application.id);
  const paper = papers.find((candidate) => String(candidate.number) === number);
  if (!paper) return notFoundPage(request.locale);
  await noteAccess(uses, "paper", link);
  return { status: 303, body: "", headers: { location: await paperLink(uses.papers, paper) } };
};
