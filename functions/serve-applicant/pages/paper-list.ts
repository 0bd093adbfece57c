/** The papers of a case: what is wanted, what has landed, and a form for one more file of each kind. */
import type { Application, Paper } from "#shared/domain/application.ts";
import { paperMaxBytes, papersMax, type PaperMediaType } from "#shared/domain/paper-file.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { fileSize } from "#shared/web/figures.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { formWords } from "#shared/web/messages.ts";
import { landedLine, paperTypeNames, paperUpload, photoWords } from "#shared/web/paper-upload.ts";
import { uploadFormFor, type LandedFile } from "#shared/casework/paper-files.ts";
import type { Uses } from "../uses.ts";

const megabytesMax = paperMaxBytes / (1024 * 1024);

const words = {
  how: {
    zh: `照片或 PDF 都可以，每个不超过 ${megabytesMax} MB；有几页就传几页。拍照要清楚，四角完整。`,
    en: `Photos or PDFs of at most ${megabytesMax} MB each; send every page. Photos should be sharp and show the whole page.`,
  },
  oneByOne: {
    zh: "每次选一个文件，按“上传”；有几页就传几次。",
    en: "Choose one file, press “Send”, and go on with the next page.",
  },
  stale: {
    zh: "页面打开超过30分钟，请先刷新再上传。",
    en: "If this page has been open for more than half an hour, reload it before you send a file.",
  },
  reload: { zh: "刷新页面", en: "Reload the page" },
  needed: { zh: "必需", en: "Needed" },
  ifAny: { zh: "有就上传", en: "If you have it" },
  before: { zh: "之前已提交", en: "Handed in before" },
  leaveOut: { zh: "不提交这个文件", en: "Leave this file out" },
  full: {
    zh: `已经上传了${papersMax}个文件，不能再多。请把几页合成一个 PDF，或与工会联系。`,
    en: `${papersMax} files have been sent, which is the most. Join pages into one PDF, or ask your union.`,
  },
} as const satisfies Record<string, Text>;

/** Where an error summary's link leads. */
export const paperAnchor = (kind: string): string => `paper-${kind}`;

/** What isn't refused anyway may be left out. */
const landedItem = (file: LandedFile, index: number, sendForm: string, locale: Locale): Html => {
  if (file.check.kind === "refused") return landedLine(file, index, locale);
  const name = `${leaveMark}${file.name}`;
  const leave = html` <label class="tick small"
    ><input${attributes({ type: "checkbox", name, value: "yes", form: sendForm })} /><span
      >${inLocale(words.leaveOut, locale)}</span
    ></label
  >`;
  return landedLine(file, index, locale, leave);
};

const earlierItem = (paper: Paper, locale: Locale): Html => {
  const type = paperTypeNames[paper.mediaType as PaperMediaType];
  return html`<li>
    <span class="tag">${inLocale(words.before, locale)}</span>
    ${type ? inLocale(type, locale) : paper.mediaType} · ${fileSize(paper.sizeBytes)}
  </li>`;
};

export interface PaperList {
  readonly application: Application;
  readonly requirements: readonly PaperRequirement[];
  readonly files: readonly LandedFile[];
  /** Handed in with the case before. */
  readonly earlier: readonly Paper[];
  /** Kinds that were wanted and aren't there. */
  readonly missing: readonly string[];
  /** The page's absolute address, where the browser comes back to after an upload. */
  readonly returnTo: string;
  /** The id of the form that hands the papers in. */
  readonly sendForm: string;
  readonly locale: Locale;
}

const requirementItem = async (
  uses: Uses,
  list: PaperList,
  requirement: PaperRequirement,
): Promise<Html> => {
  const { locale, missing } = list;
  const say = (text: Text): string => inLocale(text, locale);
  const files = list.files.filter(({ kind }) => kind === requirement.kind);
  const earlier = list.earlier.filter(({ kind }) => kind === requirement.kind);
  const isMissing = missing.includes(requirement.kind);
  const upload =
    list.files.length < papersMax
      ? await uploadFormFor(uses, list.application, requirement, list.returnTo)
      : null;
  return html`<section
    class="section ${isMissing ? "item wrong" : ""}"
    id="${paperAnchor(requirement.kind)}"
    tabindex="-1"
  >
    <h3>
      ${say(requirement.title)}
      <span class="tag ${requirement.required ? "wait" : ""}"
        >${say(requirement.required ? words.needed : words.ifAny)}</span
      >
    </h3>
    ${isMissing && html`<span class="problem"><span class="unseen">${say(formWords.wrong)}</span>${say(missingPaper(requirement))}</span>`}
    <div id="there-${requirement.kind}" data-live>
      ${
        earlier.length + files.length > 0 &&
        html`<ul class="files papers">
          ${earlier.map((paper) => earlierItem(paper, locale))}
          ${files.map((file, index) => landedItem(file, index, list.sendForm, locale))}
        </ul>`
      }
    </div>
    ${upload && paperUpload(upload, requirement, locale)}
  </section>`;
};

export const missingPaper = ({ title }: PaperRequirement): Text => ({
  zh: `请上传“${title.zh}”`,
  en: `Send “${title.en}”`,
});

/** The whole list. Making it writes nothing: each form holds a signed permission to send one file. */
export const paperList = async (uses: Uses, list: PaperList): Promise<Html> => {
  const { locale } = list;
  const items = await Promise.all(
    list.requirements.map((requirement) => requirementItem(uses, list, requirement)),
  );
  return html`<p>${inLocale(words.how, locale)}</p>
    <noscript
      ><p>${inLocale(words.oneByOne, locale)}</p>
      <p class="soft">
        ${inLocale(words.stale, locale)} <a href="">${inLocale(words.reload, locale)}</a>
      </p></noscript
    >
    ${photoWords(locale)}
    <div id="papers-full" data-live>
      ${
        list.files.length >= papersMax &&
        html`<div class="notice wait"><p>${inLocale(words.full, locale)}</p></div>`
      }
    </div>
    ${items}`;
};

const leaveMark = "leave-";

/** Names of the files that the reader ticked to leave out. */
export const leftOut = (posted: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(posted)
    .filter(([name, value]) => name.startsWith(leaveMark) && value === "yes")
    .map(([name]) => name.slice(leaveMark.length));
