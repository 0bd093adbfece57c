/**
 * The frame of every mail: plain text and simple HTML from the same words, in the reader's language. A mail is
 * read by machines on its way and stays in a mailbox for years, so it says what to do and where, never who.
 */
import { invariant } from "#shared/kernel/assert.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { html, markupOf, raw, type Html } from "../html.ts";

/** Whom a mail goes to, and in which language. */
export interface Reader {
  readonly to: string;
  readonly locale: Locale;
}

export interface MailContent extends Reader {
  /** Names what the mail is about, its kind first: "approval:SN…". The same id is the same mail. */
  readonly id: string;
  readonly subject: Text;
  readonly paragraphs: readonly Text[];
  readonly link?: { readonly href: string; readonly label: Text };
  /** The application's reference; null for what concerns no single one. */
  readonly reference: string | null;
}

const words = {
  name: { zh: "送暖 · 困难职工帮扶", en: "Songnuan · Hardship relief" },
  reference: { zh: "受理编号：", en: "Reference: " },
  footer: {
    zh: "本邮件由系统自动发出，请勿回复。邮件中不写个人信息；工会不会通过邮件索要银行卡号、密码或验证码。",
    en: "This mail was sent automatically; please don't reply. It holds no personal data, and the union never asks by mail for card numbers, passwords or codes.",
  },
} as const satisfies Record<string, Text>;

/** Only addresses of pages: anything else in a mail would be somebody's trick. */
const isPageAddress = (href: string): boolean => /^https?:\/\/[^\s"<>]+$/u.test(href);

const documentOf = (content: MailContent, say: (text: Text) => string): Html => {
  const { link, reference } = content;
  return html`${raw("<!doctype html>")}
    <html lang="${content.locale}">
      <head>
        <meta charset="utf-8" />
        <title>${say(content.subject)}</title>
      </head>
      <body style="font-family: sans-serif; font-size: 16px; line-height: 1.6; max-width: 36em">
        <p style="color: #a3231f"><strong>${say(words.name)}</strong></p>
        ${content.paragraphs.map((paragraph) => html`<p>${say(paragraph)}</p> `)}
        ${link ? html`<p><a href="${link.href}">${say(link.label)}</a><br />${link.href}</p>` : null}
        ${reference === null ? null : html`<p>${say(words.reference)}${reference}</p>`}
        <hr />
        <p style="color: #555555; font-size: 14px">${say(words.footer)}</p>
      </body>
    </html>`;
};

/** The mail as text and HTML. @throws InvariantBroken for a link that is no page's address. */
export const renderMail = (content: MailContent): Mail => {
  const { id, to, link, reference } = content;
  invariant(!link || isPageAddress(link.href), "a mail links to pages only");
  const say = (text: Text): string => inLocale(text, content.locale);
  const text = [
    ...content.paragraphs.map(say),
    ...(link ? [`${say(link.label)}\n${link.href}`] : []),
    ...(reference === null ? [] : [`${say(words.reference)}${reference}`]),
    `-- \n${say(words.name)}\n${say(words.footer)}`,
  ].join("\n\n");
  return { id, to, subject: say(content.subject), text, html: markupOf(documentOf(content, say)) };
};
