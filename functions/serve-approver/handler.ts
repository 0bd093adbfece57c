import { pageHandler } from "#shared/lambda/page-handler.ts";
import type { Uses } from "./uses.ts";
import { inOneRequest } from "#shared/casework/remembered-organisation.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { answerDecision, showDecision } from "./pages/decide.ts";
import { sendPaper, showPaper } from "./pages/paper.ts";
import { answerPin, showPin } from "./pages/pin.ts";
import { answerQueue, showQueue, showTogether } from "./pages/queue.ts";
import type { PageRequest, PageResponse } from "#shared/web/page.ts";

type Response = PageResponse | Promise<PageResponse>;

/** The list of what waits; a locator is none of its words. */
const respondToQueue = (uses: Uses, request: PageRequest): Response => {
  const [, , locator, results, ...more] = request.path;
  if (locator === undefined || more.length > 0) return notFoundPage(request.locale);
  if (results !== undefined) return showTogether(uses, request, locator, results);
  return request.method === "POST"
    ? answerQueue(uses, request, locator)
    : showQueue(uses, request, locator);
};

const respond = (uses: Uses, request: PageRequest): Response => {
  const [area, secret, part, number, more] = request.path;
  const posted = request.method === "POST";
  if (area === "decide" && secret === "queue") return respondToQueue(uses, request);
  if (area === "decide" && secret !== undefined) {
    if (part === undefined) {
      return posted ? answerDecision(uses, request, secret) : showDecision(uses, request, secret);
    }
    if (part === "papers" && number !== undefined && !posted) {
      if (more === undefined) return sendPaper(uses, request, secret, number);
      if (more === "page") return showPaper(uses, request, secret, number);
    }
  }
  if (area === "pin" && part === undefined) {
    return posted ? answerPin(uses, request, secret) : showPin(uses, request, secret);
  }
  return notFoundPage(request.locale);
};

export const createHandler = (uses: Uses) =>
  pageHandler(
    { name: "serve-approver", siteUrl: uses.siteUrl, uploadOrigin: uses.uploadOrigin },
    async (request) => respond(inOneRequest(uses), request),
  );
