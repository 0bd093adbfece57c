/** The papers of the case behind a link; shown after the PIN only. */
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import type { Application } from "#shared/domain/application.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paperGallery, shownPapers, type ShownPaper } from "#shared/web/paper-view.ts";
import { paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

const title: Text = { zh: "材料", en: "Papers" };

/** The papers with their addresses behind this link. */
export const papersBehind = async (
  uses: Uses,
  { application, locator }: { readonly application: Application; readonly locator: string },
): Promise<readonly ShownPaper[]> => {
  const papers = await uses.cases.papers(application.id);
  const titles = await paperTitlesOf(uses, application);
  return shownPapers(
    papers,
    (kind) => titles.get(kind) ?? otherPaper,
    (number) => ({
      page: paths.decidePaperPage(locator, number),
      file: paths.decidePaper(locator, number),
    }),
  );
};

export const papersPart = async (uses: Uses, { link, locale }: CaseView): Promise<Html> =>
  html`<h2>${inLocale(title, locale)}</h2>
    ${paperGallery(await papersBehind(uses, link), locale)}`;
