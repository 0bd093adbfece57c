/**
 * The papers of a home visit: the signed form and photos, sent from the phone one by one. They have a page of
 * their own, because sending a file would take what was typed beside it along into nowhere.
 */
import { landedFiles, uploadFormFor, type LandedFile } from "#shared/casework/paper-files.ts";
import type { Application } from "#shared/domain/application.ts";
import { papersMax } from "#shared/domain/paper-file.ts";
import { waitBegan } from "#shared/domain/supplement.ts";
import { mayVisit, visitPapers } from "#shared/domain/visit.ts";
import type { Text } from "#shared/kernel/text.ts";
import { fileSize } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paperProblemWords, paperTypeNames, paperUpload } from "#shared/web/paper-upload.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import { toCase } from "./actions.ts";
import { loadHandled } from "./load.ts";

const words = {
  title: { zh: "入户核实：材料", en: "Home visit: papers" },
  how: {
    zh: "先上传双方签字的核实表（拍照即可），再上传现场照片；每次一个文件。传完填写核实记录。",
    en: "Send the form signed by both sides first (a photo will do), then photos of the visit; one file at a time. The record comes after.",
  },
  stale: {
    zh: "页面打开超过30分钟，请先刷新再上传。",
    en: "If this page has been open for more than half an hour, reload it before you send a file.",
  },
  sent: { zh: "已上传", en: "Sent" },
  notTaken: { zh: "不能用", en: "Not usable" },
  next: { zh: "填写核实记录", en: "Fill in the record" },
  back: { zh: "返回案件", en: "Back to the case" },
} as const satisfies Record<string, Text>;

/** What visitors have sent for the visit that is to be recorded. */
export const landedAtVisit = async (
  { uses }: Desk,
  application: Application,
): Promise<readonly LandedFile[]> => {
  const waits = application.status === "needs_information";
  const began = waits ? waitBegan(await uses.cases.events(application)) : undefined;
  const sinceVersion = began?.version ?? application.version;
  return landedFiles(uses, application, { from: "visitors", sinceVersion });
};

/** What landed, in a list: what it is, or why it can't be used. */
export const landedList = (desk: Desk, files: readonly LandedFile[]): Html | null =>
  files.length === 0
    ? null
    : html`<ul class="files">
        ${files.map(({ check, sizeBytes }, index) =>
          check.kind === "refused"
            ? html`<li>
                ${index + 1}. <span class="tag wrong">${say(desk, words.notTaken)}</span>
                <span class="problem">${say(desk, paperProblemWords[check.problem])}</span>
              </li> `
            : html`<li>
                ${index + 1}. <span class="tag good">${say(desk, words.sent)}</span>
                ${say(desk, paperTypeNames[check.mediaType])} · ${fileSize(sizeBytes)}
              </li> `,
        )}
      </ul>`;

export const showVisitPapers = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  if (loaded.kind === "refused") return loaded.page;
  const { application } = loaded;
  if (!mayVisit(application)) return toCase(application);
  const { uses, request } = desk;
  const returnTo = absolute(uses.siteUrl, paths.desk("handling", application.id, "visit"));
  const files = await landedAtVisit(desk, application);
  const kinds = await Promise.all(
    visitPapers.map(async (paper) => {
      const theirs = files.filter(({ kind }) => kind === paper.kind);
      const form =
        files.length < papersMax ? await uploadFormFor(uses, application, paper, returnTo) : null;
      return html`<section class="section">
        <h2>${say(desk, paper.title)}</h2>
        ${landedList(desk, theirs)}${form && paperUpload(form, paper, request.locale)}
      </section>`;
    }),
  );
  const title = `${say(desk, words.title)} ${application.id}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p>${say(desk, words.how)}</p>
      <p class="soft">${say(desk, words.stale)}</p>
      ${kinds}
      <p class="actions">
        <a class="button" href="${paths.desk("handling", application.id, "record")}"
          >${say(desk, words.next)}</a
        >
        <a href="${paths.desk("handling", application.id)}">${say(desk, words.back)}</a>
      </p>`,
  });
};
