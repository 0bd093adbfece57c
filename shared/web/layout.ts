/** The frame around every page: one document, in the reader's language, that works without a script. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { iconFile, scriptFile, stylesheetFile } from "./asset-names.ts";
import { attributes, html, markupOf, raw, type Html } from "./html.ts";
import type { TextSize } from "./page.ts";
import { paths } from "./paths.ts";

export interface Frame {
  readonly locale: Locale;
  /** The page's own name; the product's name is added. */
  readonly title: string;
  /** The page's address: the switches lead back to it. It may carry a query, such as a search's. */
  readonly path: string;
  readonly body: Html;
  /**
   * The id of a form on the page. Then the switches send what was typed along (name `intent`, value `language`),
   * so that it comes back in the other language or size and nothing typed is lost.
   */
  readonly switchForm?: string;
  /** Links of this audience beside the name; workers get "apply" and "follow". */
  readonly navigation?: readonly { readonly href: string; readonly label: Text }[];
  /** A row of this audience's own under the header, such as the areas of the desk. */
  readonly bar?: Html;
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
  large: { zh: "大字版", en: "Large text" },
  normal: { zh: "标准字号", en: "Normal text" },
  navigation: { zh: "主导航", en: "Main" },
  apply: { zh: "申请", en: "Apply" },
  follow: { zh: "查进度", en: "Follow a case" },
  notices: { zh: "公示", en: "Public notices" },
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
  { href: paths.notices, label: words.notices },
];

/** An address with one more thing asked of it. */
const withQuery = (path: string, name: string, value: string): string =>
  `${path}${path.includes("?") ? "&" : "?"}${name}=${value}`;

interface Switch {
  readonly label: string;
  readonly href: string;
  readonly className?: string;
  readonly language?: Locale;
}

/** A link, or a button of the page's form that takes along what was typed. */
const switchTo = (frame: Frame, { label, href, className, language }: Switch): Html => {
  const classes = className ? `switch ${className}` : "switch";
  if (frame.switchForm === undefined) {
    const link = attributes({ class: classes, href, lang: language, hreflang: language });
    return html`<a${link}>${label}</a>`;
  }
  const form = attributes({ form: frame.switchForm, formaction: href, lang: language });
  return html`<button class="${classes}" name="intent" value="language" formnovalidate${form}>
    ${label}
  </button>`;
};

/**
 * Enter in a field presses the first button of its form, and the switches stand before all others: this one, which
 * nobody sees or reaches, stands before them and sends the form as it is.
 */
const defaultButton = ({ switchForm: form }: Frame): Html | null =>
  form === undefined
    ? null
    : html`<button
        class="unseen"
        ${attributes({ form, tabindex: "-1", "aria-hidden": "true" })}
      ></button>`;

/** The other language, and the other size of type: both are there, and the sheet shows the one that is not on. */
const switches = (frame: Frame): Html => {
  const language = frame.locale === "zh-CN" ? "en" : "zh-CN";
  const size = (textSize: TextSize): Html =>
    switchTo(frame, {
      label: inLocale(words[textSize], frame.locale),
      href: withQuery(frame.path, "text", textSize),
      className: `to-${textSize}`,
    });
  return html`${defaultButton(frame)}${size("large")}${size("normal")}${switchTo(frame, {
    label: inLocale(words.other, frame.locale),
    href: withQuery(frame.path, "lang", language),
    language,
  })}`;
};

/** A flame, as on the browser's tab; drawn in the page so that it costs no request. */
const mark = raw(
  '<svg class="mark" viewBox="0 0 24 24" aria-hidden="true"><path d="M12.7 2c1 5 6.3 6.7 6.3 13a7 7 0 0 1-14 0c0-3.6 2.7-4.5 3.6-8.1 1.8.9 2.7 2.7 2.7 4.5C13.1 8.7 13.6 6 12.7 2z" fill="#ffdf9e"/></svg>',
);

/** "page" for the page itself, "true" for the area it is in. */
const currentOf = (href: string, path: string): string | null => {
  const [address = ""] = path.split("?");
  if (address === href) return "page";
  return href !== paths.home && address.startsWith(`${href}/`) ? "true" : null;
};

const widthOf = ({ wide }: Frame): string => (wide ? "frame wide" : "frame");

const navigation = (frame: Frame): Html | null => {
  const { navigation: links = workersLinks, locale, path } = frame;
  return links.length === 0
    ? null
    : html`<nav aria-label="${inLocale(words.navigation, locale)}">
        <ul class="${widthOf(frame)}">
          ${links.map(({ href, label }) => {
            const link = attributes({ href, "aria-current": currentOf(href, path) });
            return html`<li><a${link}>${inLocale(label, locale)}</a></li>`;
          })}
        </ul>
      </nav>`;
};

const header = (frame: Frame): Html =>
  html`<header class="top">
    <div class="${widthOf(frame)}">
      <a class="brand" href="${paths.home}"
        >${mark}${inLocale(words.name, frame.locale)}<small
          >${inLocale(words.tagline, frame.locale)}</small
        ></a
      >
      <div class="switches">${switches(frame)}</div>
    </div>
    ${navigation(frame)}
  </header>`;

/**
 * A document in the size of type that its reader chose (适老大字版). Done to the finished page where the request is
 * known, so that no page can forget it.
 */
export const inTextSize = (document: string, textSize: TextSize): string =>
  textSize === "normal" ? document : document.replace("<html ", `<html data-text="${textSize}" `);

/** The whole document. */
export const page = (frame: Frame): string => {
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
          <script src="${paths.asset(scriptFile)}" defer></script>
        </head>
        <body>
          <a class="skip" href="#main">${inLocale(words.skip, frame.locale)}</a>
          ${header(frame)}${frame.bar}
          <div class="${widthOf(frame)}">
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
