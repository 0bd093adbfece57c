/** The frame around every page: one document, in the reader's language, that works without a script. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, markupOf, raw, type Html } from "./html.ts";
import { paths } from "./paths.ts";
import { iconFile, stylesheetFile } from "./stylesheet.ts";

export interface Frame {
  readonly locale: Locale;
  /** The page's own name; the product's name is added. */
  readonly title: string;
  /** The page's address without its query: the language switch leads back to it. */
  readonly path: string;
  readonly body: Html;
  /**
   * The id of a form on the page. Then the switch sends what was typed along (name `intent`, value `language`),
   * so that it comes back in the other language and nothing typed is lost.
   */
  readonly switchForm?: string;
  /** Links of this audience beside the name; workers get "apply" and "follow". */
  readonly navigation?: readonly { readonly href: string; readonly label: Text }[];
  /** For the desk's tables. */
  readonly wide?: boolean;
  /** True when the page reports wrong input, so that it is heard first in the title. */
  readonly wrong?: boolean;
}

const words = {
  name: { zh: "送暖", en: "Songnuan" },
  tagline: { zh: "困难职工帮扶", en: "Hardship relief" },
  skip: { zh: "跳到正文", en: "Skip to the content" },
  other: { zh: "English", en: "中文" },
  navigation: { zh: "主导航", en: "Main" },
  apply: { zh: "申请", en: "Apply" },
  follow: { zh: "查进度", en: "Follow a case" },
  wrong: { zh: "有错误：", en: "Error: " },
  footer: {
    zh: "工会困难职工帮扶救助。审批由工会工作人员决定，不收取任何费用。",
    en: "Trade-union hardship relief. People of the union decide; nothing here costs a fee.",
  },
  privacy: {
    zh: "身份证号、银行卡号、电话、住址和健康信息加密保存，只用于办理救助。",
    en: "ID and card numbers, phone, address and health data are kept encrypted and used for this case only.",
  },
} as const satisfies Record<string, Text>;

const workersLinks: NonNullable<Frame["navigation"]> = [
  { href: paths.home, label: words.apply },
  { href: paths.status, label: words.follow },
];

const languageSwitch = (frame: Frame): Html => {
  const other = frame.locale === "zh-CN" ? "en" : "zh-CN";
  const label = inLocale(words.other, frame.locale);
  const href = `${frame.path}?lang=${other}`;
  if (frame.switchForm === undefined) {
    return html`<a class="switch" href="${href}" lang="${other}" hreflang="${other}">${label}</a>`;
  }
  const form = attributes({ form: frame.switchForm, formaction: href, lang: other });
  return html`<button class="switch" name="intent" value="language" formnovalidate${form}>
    ${label}
  </button>`;
};

const header = (frame: Frame): Html =>
  html`<header class="top">
    <div class="${frame.wide ? "frame wide" : "frame"}">
      <a class="brand" href="${paths.home}"
        >${inLocale(words.name, frame.locale)}<small
          >${inLocale(words.tagline, frame.locale)}</small
        ></a
      >
      <nav aria-label="${inLocale(words.navigation, frame.locale)}">
        ${(frame.navigation ?? workersLinks).map(
          (link) => html`<a href="${link.href}">${inLocale(link.label, frame.locale)}</a> `,
        )}${languageSwitch(frame)}
      </nav>
    </div>
  </header>`;

/** The whole document. */
export const page = (frame: Frame): string => {
  const width = frame.wide ? "frame wide" : "frame";
  const wrong = frame.wrong ? inLocale(words.wrong, frame.locale) : "";
  return markupOf(
    html`${raw("<!doctype html>")}
      <html lang="${frame.locale}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="format-detection" content="telephone=no" />
          <meta name="robots" content="noindex" />
          <title>${wrong}${frame.title} · ${inLocale(words.name, frame.locale)}</title>
          <link rel="stylesheet" href="${paths.asset(stylesheetFile)}" />
          <link rel="icon" href="${paths.asset(iconFile)}" type="image/svg+xml" />
        </head>
        <body>
          <a class="skip" href="#main">${inLocale(words.skip, frame.locale)}</a>
          ${header(frame)}
          <div class="${width}">
            <main id="main" tabindex="-1">${frame.body}</main>
            <footer>
              <p>${inLocale(words.footer, frame.locale)}</p>
              <p>${inLocale(words.privacy, frame.locale)}</p>
            </footer>
          </div>
        </body>
      </html> `,
  );
};
