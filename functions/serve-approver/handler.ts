import { pageHandler } from "#shared/lambda/page-handler.ts";
import type { Uses } from "./uses.ts";
import { inOneRequest } from "#shared/casework/remembered-organisation.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { answerDecision, downloadPaper, showDecision } from "./pages/decide.ts";
import { answerPin, showPin } from "./pages/pin.ts";
import type { PageRequest, PageResponse } from "#shared/web/page.ts";

const respond = (uses: Uses, request: PageRequest): PageResponse | Promise<PageResponse> => {
  const [area, secret, part, number] = request.path;
  const posted = request.method === "POST";
  if (area === "decide" && secret !== undefined) {
    if (part === undefined) {
      return posted ? answerDecision(uses, request, secret) : showDecision(uses, request, secret);
    }
    if (part === "papers" && number !== undefined && !posted) {
      return downloadPaper(uses, request, secret, number);
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
