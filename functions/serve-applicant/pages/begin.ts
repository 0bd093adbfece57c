/** A new draft, the right to go on with it, and where it goes on: the first question, or what was taken over. */
import { startDraft, type DraftAsked } from "#shared/casework/applicant-session.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { questionPages } from "#shared/domain/question-pages.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { tooManyPage } from "#shared/web/error-page.ts";
import { redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { isOpen, seasonNow } from "#shared/web/season.ts";
import type { Uses } from "../uses.ts";
import { startPage } from "./start.ts";

/**
 * Begins an application. Out of season, or when too many were begun from one address, it says so instead.
 * @param known what stands in it from the first: last year's answers, say. It is looked over before it goes on.
 */
export const beginDraft = async (
  uses: Uses,
  request: PageRequest,
  programme: EveryProgramme,
  known: Partial<Omit<DraftAsked, "programmeId" | "locale">> = {},
): Promise<PageResponse> => {
  if (!isOpen(seasonNow(uses, programme))) {
    return { ...startPage(uses, request, programme), status: 409 };
  }
  const minutes = await overLimit(uses, limits.applyByAddress, request.sourceIp);
  if (minutes !== null) return tooManyPage(request.locale, minutes);
  const { draft, cookies } = await startDraft(uses, {
    answers: {},
    ...known,
    programmeId: programme.id,
    locale: request.locale,
  });
  const [first] = questionPages(programme.form);
  invariant(first, "a form asks something");
  return redirect(
    known.answers
      ? paths.check(programme.id, draft.id)
      : paths.question(programme.id, draft.id, first.id),
    cookies,
  );
};
