/** Papers of a case for whoever may see them: small pictures in a row, each opening large with the next one at hand. */
import type { Paper } from "#shared/domain/application.ts";
import type { PaperMediaType } from "#shared/domain/paper-file.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "./html.ts";
import { paperTypeNames } from "./paper-upload.ts";

const words = {
  open: { zh: "打开原图", en: "Open the picture itself" },
  openPdf: { zh: "打开 PDF", en: "Open the PDF" },
  save: { zh: "下载", en: "Download it" },
  cantShow: {
    zh: "浏览器打不开这种照片，请下载后查看。",
    en: "Browsers can't show this kind of photo. Download it to look at it.",
  },
  previous: { zh: "← 上一份", en: "← Previous" },
  next: { zh: "下一份 →", en: "Next →" },
  back: { zh: "返回案件", en: "Back to the case" },
  turning: { zh: "翻看材料", en: "Other papers" },
} as const satisfies Record<string, Text>;

/** One paper, with its addresses on this site. */
export interface ShownPaper {
  readonly number: number;
  readonly title: Text;
  readonly mediaType: string;
  /** Its own page. */
  readonly page: string;
  /** The file itself. */
  readonly file: string;
}

/** The papers of a case under their titles; `addresses` says where each stands for this reader. */
export const shownPapers = (
  papers: readonly Paper[],
  titleOf: (kind: string) => Text,
  addresses: (number: number) => Pick<ShownPaper, "page" | "file">,
): readonly ShownPaper[] =>
  papers.map(({ number, kind, mediaType }) => ({
    number,
    mediaType,
    title: titleOf(kind),
    ...addresses(number),
  }));

const pictures: readonly string[] = ["image/jpeg", "image/png", "image/webp"];

/** Whether browsers show it as a picture. */
const isPicture = ({ mediaType }: Pick<ShownPaper, "mediaType">): boolean =>
  pictures.includes(mediaType);

/** Whether browsers show it at all, by its verified type; anything else is only ever handed out as a download. */
export const opensInBrowser = (paper: Pick<ShownPaper, "mediaType">): boolean =>
  isPicture(paper) || paper.mediaType === "application/pdf";

const endings: Readonly<Record<PaperMediaType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/heic": "heic",
  "application/pdf": "pdf",
};

/** What a saved paper is called: the case's reference and the paper's number, nothing about the person. */
export const paperFileName = (
  applicationId: string,
  { number, mediaType }: Pick<ShownPaper, "number" | "mediaType">,
): string => `${applicationId}-${number}.${endings[mediaType as PaperMediaType] ?? "bin"}`;

const typeName = ({ mediaType }: ShownPaper, locale: Locale): string => {
  const name = paperTypeNames[mediaType as PaperMediaType];
  return name ? inLocale(name, locale) : "";
};

const nameOf = ({ number, title }: ShownPaper, locale: Locale): string =>
  `${number}. ${inLocale(title, locale)}`;

/** All papers of a case, small. A picture loads once it comes near. A PDF opens at once: it has its own viewer. */
export const paperGallery = (papers: readonly ShownPaper[], locale: Locale): Html =>
  html`<ul class="gallery">
    ${papers.map(
      (paper) =>
        html`<li>
          <a href="${paper.mediaType === "application/pdf" ? paper.file : paper.page}"
            >${
              isPicture(paper)
                ? html`<img src="${paper.file}" alt="" loading="lazy" width="136" height="120" />`
                : html`<span class="sheet">${typeName(paper, locale)}</span>`
            }<span class="name">${nameOf(paper, locale)}</span></a
          >
        </li> `,
    )}
  </ul>`;

const shownLarge = (paper: ShownPaper, locale: Locale): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  if (isPicture(paper)) {
    return html`<img class="looked-at" src="${paper.file}" alt="${nameOf(paper, locale)}" />
      <p><a href="${paper.file}">${say(words.open)}</a></p>`;
  }
  const isPdf = paper.mediaType === "application/pdf";
  return html`${isPdf ? null : html`<p>${say(words.cantShow)}</p>`}
    <p class="actions">
      <a class="button" href="${paper.file}">${say(isPdf ? words.openPdf : words.save)}</a>
    </p>`;
};

/**
 * One paper large, with the ones before and after it: what stands in the middle of a page.
 * @param back the case's page.
 */
export const paperLarge = (
  papers: readonly ShownPaper[],
  paper: ShownPaper,
  back: string,
  locale: Locale,
): { readonly title: string; readonly body: Html } => {
  const say = (text: Text): string => inLocale(text, locale);
  const at = papers.indexOf(paper);
  const turn = (other: ShownPaper | undefined, label: Text): Html =>
    other ? html`<a href="${other.page}">${say(label)}</a>` : html`<span></span>`;
  const title = nameOf(paper, locale);
  return {
    title,
    body: html`<p><a class="back" href="${back}">${say(words.back)}</a></p>
      <h1>${title}</h1>
      <nav class="turn" aria-label="${say(words.turning)}">
        ${turn(papers[at - 1], words.previous)}
        <span class="soft">${at + 1} / ${papers.length}</span>
        ${turn(papers[at + 1], words.next)}
      </nav>
      ${shownLarge(paper, locale)}`,
  };
};
