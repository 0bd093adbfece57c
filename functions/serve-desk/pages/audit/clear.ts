/** Lifting a freeze: a person with the right says what it was, on the findings as they were shown. */
import type { Instant } from "#shared/kernel/calendar.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { typedWords, wordsName, wordsProblem } from "../oversight/words-field.ts";
import { auditPage } from "./overview.ts";
import { words } from "./words.ts";

/** Only ever compared with what stands on the fund. */
const instantPattern = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/u;

export const clearFund = async (desk: Desk, typedId: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const fund = await loadFund(desk, typedId);
  const frozenAt = request.form["frozenAt"] ?? "";
  if (!fund || !instantPattern.test(frozenAt)) return notFoundPage(request.locale);
  const typed = typedWords(desk);
  const problem = wordsProblem(typed, words.clearRequired);
  const view = { values: { [wordsName]: typed }, problem };
  if (problem) return auditPage(desk, { fundId: fund.id, view, status: 422 });
  const outcome = await uses.audit.clear({
    fundId: fund.id,
    frozenAt: frozenAt as Instant,
    by: session.staff.id,
    at: uses.clock.now(),
    words: typed,
  });
  // Nobody else cleared it meanwhile: the audit found more, and what was typed is kept.
  if (outcome === "stale" && (await uses.funds.get(fund.id))?.frozen) {
    return auditPage(desk, { fundId: fund.id, view, status: 409 });
  }
  log.info("freeze lifted", {
    function: "serve-desk",
    fundId: fund.id,
    staffId: session.staff.id,
    outcome,
  });
  return redirect(paths.desk("audit"));
};
