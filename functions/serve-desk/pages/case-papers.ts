/** The papers of a case at the desk: pictures for those whose role needs them, names of papers for the others. */
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paperGallery, shownPapers, type ShownPaper } from "#shared/web/paper-view.ts";
import { paths } from "#shared/web/paths.ts";
import { mayDo, say, type Desk } from "../frame.ts";

const title: Text = { zh: "材料", en: "Papers" };

/** A case's papers with their addresses at the desk. */
export const papersAtDesk = async (
  { uses }: Desk,
  application: Application,
): Promise<readonly ShownPaper[]> => {
  const papers = await uses.cases.papers(application.id);
  const titles = await paperTitlesOf(uses, application);
  return shownPapers(
    papers,
    (kind) => titles.get(kind) ?? otherPaper,
    (number) => ({
      page: paths.desk("case", application.id, "papers", String(number), "page"),
      file: paths.desk("case", application.id, "papers", String(number)),
    }),
  );
};

export const papersPart = async (desk: Desk, application: Application): Promise<Html | null> => {
  const papers = await papersAtDesk(desk, application);
  if (papers.length === 0) return null;
  return html`<section id="papers">
    <h2>${say(desk, title)}</h2>
    ${
      mayDo(desk, "see_facts")
        ? paperGallery(papers, desk.request.locale)
        : html`<ul class="files">
            ${papers.map((paper) => html`<li>${paper.number}. ${say(desk, paper.title)}</li> `)}
          </ul>`
    }
  </section>`;
};
