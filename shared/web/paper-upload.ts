/** A form that sends one paper straight to the store, and what is said of a file that has landed there. */
import {
  paperMaxBytes,
  paperMediaTypes,
  type LandedCheck,
  type PaperMediaType,
  type PaperProblem,
} from "#shared/domain/paper-file.ts";
import { photoPixelsMax } from "#shared/domain/photo.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { UploadForm } from "#shared/ports/object-store.ts";
import { fileSize } from "./figures.ts";
import { attributes, html, type Html } from "./html.ts";
import { actions } from "./messages.ts";

const megabytesMax = paperMaxBytes / (1024 * 1024);
const photoMegapixelsMax = photoPixelsMax / 1_000_000;

const words = {
  choose: { zh: "选择文件：", en: "Choose a file: " },
  chooseSeveral: {
    zh: "拍照或选择照片（可一次选几张）",
    en: "Take or choose photos (several at once)",
  },
  there: { zh: "已上传", en: "Sent" },
  notTaken: { zh: "不能用", en: "Not usable" },
  converting: { zh: "正在转换", en: "Being converted" },
  convertingMeans: {
    zh: "这种照片要先转成通用格式，一般几秒钟。请稍后刷新页面。",
    en: "This kind of photo is first turned into a common one, which takes seconds. Please reload in a moment.",
  },
} as const satisfies Record<string, Text>;

/** Names as the script knows them; {n} and {all} are numbers. */
const scriptWords = {
  waiting: { zh: "等待上传", en: "Waiting" },
  sending: { zh: "正在上传", en: "Sending" },
  failed: {
    zh: "没有传上去。请检查网络，再试一次。",
    en: "Not sent. Check the connection and try again.",
  },
  retry: { zh: "重试", en: "Try again" },
  drop: { zh: "不传了", en: "Don't send it" },
  large: {
    zh: `这个文件超过 ${megabytesMax} MB，没有上传。请重新拍照，或缩小后再传。`,
    en: `This file is larger than ${megabytesMax} MB and was not sent. Take the photo again or make it smaller.`,
  },
  gone: {
    zh: "没有传上去：文件已满，或页面打开太久。请刷新页面，已经传的都在。",
    en: "Not sent: there are as many files as may be, or the page was open too long. Reload it; what was sent is there.",
  },
  progress: { zh: "正在上传第{n}个，共{all}个", en: "Sending {n} of {all}" },
  done: { zh: "{all}个文件都传好了", en: "All {all} files are sent" },
  some: { zh: "有{n}个文件没有传上去", en: "{n} files were not sent" },
  busy: {
    zh: "照片还在上传。传完以后请再按一次。",
    en: "Photos are still being sent. Please press again when they are there.",
  },
} as const satisfies Record<string, Text>;

export const paperTypeNames: Readonly<Record<PaperMediaType, Text>> = {
  "image/jpeg": { zh: "照片", en: "photo" },
  "image/png": { zh: "图片", en: "picture" },
  "image/webp": { zh: "图片", en: "picture" },
  "image/heic": { zh: "照片", en: "photo" },
  "application/pdf": { zh: "PDF", en: "PDF" },
};

export const paperProblemWords: Readonly<Record<PaperProblem, Text>> = {
  empty: {
    zh: "这个文件是空的，不会提交。请重新选择文件上传。",
    en: "This file is empty and will not be handed in. Choose the file again and send it.",
  },
  too_large: {
    zh: `这个文件超过 ${megabytesMax} MB，不会提交。请重新拍照，或缩小后再上传。`,
    en: `This file is larger than ${megabytesMax} MB and will not be handed in. Take the photo again or make it smaller.`,
  },
  not_a_paper: {
    zh: "这个文件不是照片（JPG、PNG、WebP、HEIC）也不是 PDF，不会提交。请拍照或转成 PDF 再上传。",
    en: "This file is neither a photo (JPG, PNG, WebP, HEIC) nor a PDF and will not be handed in. Take a photo or turn it into a PDF.",
  },
  damaged: {
    zh: "这个文件已损坏，打不开，不会提交。请重新拍照上传。",
    en: "This file is damaged and can't be opened, so it will not be handed in. Take the photo again.",
  },
  too_many_pixels: {
    zh: `这张照片的像素太多（超过${photoMegapixelsMax * 100}万），不会提交。请用普通模式重新拍照。`,
    en: `This photo has more than ${photoMegapixelsMax} megapixels and will not be handed in. Take it again in the camera's usual mode.`,
  },
  not_convertible: {
    zh: "这张照片（HEIC）没能转换，不会提交。请截一张图，或用 JPG 格式重新拍照上传。",
    en: "This photo (HEIC) could not be converted and will not be handed in. Send a screenshot of it, or take it again as JPG.",
  },
  hides_a_page: {
    zh: "这个文件里夹带了网页内容，不会提交。请重新拍照上传。",
    en: "This file has a web page hidden in it and will not be handed in. Take a photo and send that.",
  },
};

/** What phones call their photos; some name a HEIC by nothing but its ending. */
const accepted = [...paperMediaTypes, "image/heif", ".heic", ".heif"].join(",");

/** The form for one more file of a kind. With a script it takes several photos at once (browser/photos.ts). */
export const paperUpload = (
  form: UploadForm,
  requirement: Pick<PaperRequirement, "kind" | "title">,
  locale: Locale,
): Html => {
  const { kind } = requirement;
  const id = `file-${kind}`;
  const say = (text: Text): string => inLocale(text, locale);
  const title = html`<span class="unseen">${say(requirement.title)}</span>`;
  // The file comes last: the store ignores whatever stands after it.
  return html`<form
    method="post"
    action="${form.url}"
    enctype="multipart/form-data"
    data-photos="${kind}"
  >
    ${Object.entries(form.fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <label for="${id}"
      ><span class="one">${say(words.choose)}</span
      ><span class="several" hidden>${say(words.chooseSeveral)}</span>${title}</label
    >
    <input type="file" id="${id}" name="file" accept="${accepted}" required />
    <div class="actions">
      <button class="second">${say(actions.upload)} ${title}</button>
    </div>
  </form>`;
};

/** What the script says; once on a page with upload forms. */
export const photoWords = (locale: Locale): Html =>
  html`<div
    hidden
    ${attributes({
      id: "photo-words",
      "data-bytes-max": paperMaxBytes,
      ...Object.fromEntries(
        Object.entries(scriptWords).map(([name, text]) => [`data-${name}`, inLocale(text, locale)]),
      ),
    })}
  ></div>`;

/** A file that has landed. */
export interface ShownFile {
  /** How a form names it; the script puts its picture beside it. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly check: LandedCheck;
}

/** One line of the list of what has landed: what it is, or why it can't be used. `more` stands behind it. */
export const landedLine = (
  file: ShownFile,
  index: number,
  locale: Locale,
  more: Html | null = null,
): Html => {
  const say = (text: Text): string => inLocale(text, locale);
  const { check } = file;
  const number = `${index + 1}. `;
  switch (check.kind) {
    case "refused":
      return html`<li>
        ${number}<span class="tag wrong">${say(words.notTaken)}</span>
        <span class="problem">${say(paperProblemWords[check.problem])}</span>
      </li> `;
    case "converting":
      return html`<li data-converting>
        ${number}<span class="tag wait">${say(words.converting)}</span> ${fileSize(file.sizeBytes)}
        <span class="soft small">${say(words.convertingMeans)}</span>${more}
      </li> `;
    case "accepted":
      return html`<li data-file="${file.name}">
        <span
          >${number}<span class="tag good">${say(words.there)}</span>
          ${say(paperTypeNames[check.mediaType])} · ${fileSize(file.sizeBytes)}</span
        >${more}
      </li> `;
  }
};
