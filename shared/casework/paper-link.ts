/** The way to a paper's file, for whoever was found to have the right to see it. */
import type { Paper } from "#shared/domain/application.ts";
import type { ObjectStore } from "#shared/ports/object-store.ts";
import { opensInBrowser, paperFileName } from "#shared/web/paper-view.ts";

/**
 * A link that holds for a minute: to look at where browsers can show what the bytes were found to be, as an
 * attachment where they can't.
 */
export const paperLink = (
  papers: Pick<ObjectStore, "viewLink" | "downloadLink">,
  paper: Paper,
): Promise<string> => {
  const { applicationId, objectKey, mediaType } = paper;
  const fileName = paperFileName(applicationId, paper);
  return opensInBrowser(paper)
    ? papers.viewLink(objectKey, { fileName, mediaType })
    : papers.downloadLink(objectKey, fileName);
};
