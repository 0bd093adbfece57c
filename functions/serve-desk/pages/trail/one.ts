/** One case or hardship file, proved at once. */
import { proveOne, type ProvedCase } from "#shared/casework/trail-case.ts";
import { proofFaultTitles } from "#shared/domain/trail-words.ts";
import { parseApplicationId, parseFileId } from "#shared/kernel/ids.ts";
import { date } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { count, deskPage, factRow, say, type Desk } from "../../frame.ts";
import { overviewPage } from "./overview.ts";
import { words } from "./words.ts";

const outcome = (desk: Desk, { faults }: ProvedCase): Html => {
  if (faults.length === 0) {
    return html`<p class="notice good"><strong>${say(desk, words.caseSound)}</strong></p>`;
  }
  return html`<div class="notice wrong">
      <p><strong>${say(desk, words.faults)}</strong></p>
      <ul>
        ${faults.map(
          ({ code, part, subject }) =>
            html`<li>${subject} ${part} ${say(desk, proofFaultTitles[code])}</li> `,
        )}
      </ul>
    </div>
    <p>${say(desk, words.whatNow)}</p>`;
};

export const showOne = async (desk: Desk): Promise<PageResponse> => {
  const typed = (desk.request.query["number"] ?? "").trim();
  const id = parseApplicationId(typed) ?? parseFileId(typed.toUpperCase());
  const proved = id && (await proveOne(desk.uses, id));
  if (!proved) return overviewPage(desk, typed, words.numberWrong);
  const { locale } = desk.request;
  const days = proved.anchoredOn.map((day) => date(localDate(day), locale));
  const title = `${say(desk, words.oneTitle)} ${proved.id}`;
  const isCase = parseApplicationId(proved.id) !== null;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${outcome(desk, proved)}
      <dl class="facts">
        ${factRow(say(desk, words.links), count(proved.links))}
        ${isCase ? factRow(say(desk, words.transfers), count(proved.transfers)) : null}
        ${factRow(
          say(desk, words.anchoredOn),
          days.length > 0
            ? days.join(locale === "zh-CN" ? "、" : ", ")
            : say(desk, words.notAnchored),
        )}
      </dl>
      <p class="actions">
        ${
          isCase
            ? html`<a class="button second" href="${paths.desk("case", proved.id)}"
                >${say(desk, words.toCase)}</a
              >`
            : null
        }
        <a href="${paths.desk("trail")}">${say(desk, words.back)}</a>
      </p>`,
  });
};
