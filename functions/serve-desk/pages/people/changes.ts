/** Who changed what in offices and people. */
import { roleTitles } from "#shared/domain/staffing.ts";
import type { Role } from "#shared/domain/organisation.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { deskPage, say, table, type Desk } from "../../frame.ts";
import { words } from "./words.ts";
import { fieldNames } from "./field-names.ts";

const shownMax = 200;

export const showChanges = async (desk: Desk): Promise<PageResponse> => {
  const changes = await desk.uses.directory.organisationChanges(shownMax);
  const roles = (names: readonly Role[]): string =>
    names.map((role) => say(desk, roleTitles[role])).join("、") || "—";
  const rows = changes.map(
    (change) =>
      html`<tr>
        <td>${dateTime(change.at, desk.request.locale)}</td>
        <td>${change.by}</td>
        <td>${change.subject}</td>
        <td>
          ${change.fields.map((name) => say(desk, fieldNames[name] ?? { zh: name, en: name })).join("、")}
          ${
            change.fields.includes("roles") || change.fields.includes("appointed")
              ? html`<span class="soft small"
                  >${roles(change.rolesBefore)} → ${roles(change.rolesAfter)}</span
                >`
              : null
          }
        </td>
      </tr>`,
  );
  const title = say(desk, words.changes);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${
        rows.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : table(desk, [words.at, words.by, words.subject, words.what], rows)
      }`,
  });
};
