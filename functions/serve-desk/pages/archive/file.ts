/** One file: all there is to know of it, then what may be done with it. */
import type { PageResponse } from "#shared/web/page.ts";
import { html } from "#shared/web/html.ts";
import { deskPage, mayDo, say, type Desk } from "../../frame.ts";
import { noteAccess } from "../../note-access.ts";
import { emptyView, summaryOf } from "../oversight/words-field.ts";
import type { FormView } from "../people/fields.ts";
import { jumpsPart } from "../case.ts";
import { actsPart } from "./acts-part.ts";
import {
  casesPart,
  computationPart,
  declaredPart,
  fileSummary,
  membersPart,
  validityNotice,
} from "./file-parts.ts";
import { historyPart } from "./history.ts";
import { withFile, type LoadedFile } from "./load.ts";
import { archiveTitle } from "./words.ts";

/** On a phone what may be done comes after all there is to know: a link leads there. */
const jumps = [
  { id: "act", label: { zh: "办理", en: "What may be done" } },
  { id: "history", label: { zh: "档案历史", en: "History" } },
] as const;

/** The whole page; `view` is an act that could not be taken, with what was typed. */
export const filePage = async (
  desk: Desk,
  loaded: LoadedFile,
  view: FormView = emptyView,
): Promise<PageResponse> => {
  if (mayDo(desk, "see_facts")) await noteAccess(desk, "archive_file", loaded.file.id);
  const title = `${say(desk, archiveTitle)} ${loaded.file.id}`;
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      ${validityNotice(desk, loaded)} ${mayDo(desk, "keep_archive") ? jumpsPart(desk, jumps) : null}
      <div class="two-columns">
        <div>
          ${fileSummary(desk, loaded)}${membersPart(desk, loaded)}${declaredPart(desk, loaded)}
          ${computationPart(desk, loaded.content)} ${await casesPart(desk, loaded)}
        </div>
        <div>
          ${mayDo(desk, "keep_archive") ? await actsPart(desk, loaded, view) : null}
          ${await historyPart(desk, loaded)}
        </div>
      </div>`,
  });
};

export const showFile = (desk: Desk, typed: string): Promise<PageResponse> =>
  withFile(desk, typed, (loaded) => filePage(desk, loaded));
