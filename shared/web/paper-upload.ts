/** A form that sends one paper straight to the store, and what is said of a file that has landed there. */
import {
  paperMaxBytes,
  paperMediaTypes,
  type PaperMediaType,
  type PaperProblem,
} from "#shared/domain/paper-file.ts";
import type { PaperRequirement } from "#shared/domain/programme.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { UploadForm } from "#shared/ports/object-store.ts";
import { html, type Html } from "./html.ts";
import { actions } from "./messages.ts";

const megabytesMax = paperMaxBytes / (1024 * 1024);

const choose: Text = { zh: "选择文件：", en: "Choose a file: " };

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
  hides_a_page: {
    zh: "这个文件里夹带了网页内容，不会提交。请重新拍照上传。",
    en: "This file has a web page hidden in it and will not be handed in. Take a photo and send that.",
  },
};

/** The form for one more file of a kind. */
export const paperUpload = (
  form: UploadForm,
  requirement: Pick<PaperRequirement, "kind" | "title">,
  locale: Locale,
): Html => {
  const id = `file-${requirement.kind}`;
  const title = inLocale(requirement.title, locale);
  // The file comes last: the store ignores whatever stands after it.
  return html`<form method="post" action="${form.url}" enctype="multipart/form-data">
    ${Object.entries(form.fields).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <label for="${id}">${inLocale(choose, locale)}<span class="unseen">${title}</span></label>
    <input type="file" id="${id}" name="file" accept="${paperMediaTypes.join(",")}" required />
    <div class="actions">
      <button class="second">
        ${inLocale(actions.upload, locale)}<span class="unseen"> ${title}</span>
      </button>
    </div>
  </form>`;
};
