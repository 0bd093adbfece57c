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
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { landedLine, paperUpload, photoWords } from "#shared/web/paper-upload.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import { toCase } from "./actions.ts";
import { loadHandled } from "./load.ts";

const words = {
  title: { zh: "入户核实：材料", en: "Home visit: papers" },
  how: {
    zh: "先上传双方签字的核实表（拍照即可），再上传现场照片。传完填写核实记录。",
    en: "Send the form signed by both sides first (a photo will do), then photos of the visit. The record comes after.",
  },
  oneByOne: { zh: "每次上传一个文件。", en: "Send one file at a time." },
  stale: {
    zh: "页面打开超过30分钟，请先刷新再上传。",
    en: "If this page has been open for more than half an hour, reload it before you send a file.",
  },
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
    : html`<ul class="files papers">
        ${files.map((file, index) => landedLine(file, index, desk.request.locale))}
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
        <div id="there-${paper.kind}" data-live>${landedList(desk, theirs)}</div>
        ${form && paperUpload(form, paper, request.locale)}
      </section>`;
    }),
  );
  const title = `${say(desk, words.title)} ${application.id}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p>${say(desk, words.how)}</p>
      <noscript
        ><p>${say(desk, words.oneByOne)}</p>
        <p class="soft">${say(desk, words.stale)}</p></noscript
      >
      ${photoWords(request.locale)} ${kinds}
      <p class="actions">
        <a class="button" href="${paths.desk("handling", application.id, "record")}"
          >${say(desk, words.next)}</a
        >
        <a href="${paths.desk("handling", application.id)}">${say(desk, words.back)}</a>
      </p>`,
  });
};
