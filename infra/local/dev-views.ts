/** The looks of /dev/mail and /dev/clock: plain pages without a script. */
import type { Instant } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { KeptMail } from "./mailbox.ts";

const style = `
body{font:1rem/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;color:#1f2328;background:#f6f5f2;margin:0}
header{background:#7a1f1f;color:#fff;padding:.75rem 1rem}header a{color:#fff;margin-right:1rem}
main{max-width:48rem;margin:0 auto;padding:1rem}
article{background:#fff;border:1px solid #ddd8d0;border-radius:.5rem;padding:1rem;margin:0 0 1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin:0}
.about{color:#57606a;margin:.25rem 0 .75rem;font-size:.9rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:0}
form{background:#fff;border:1px solid #ddd8d0;border-radius:.5rem;padding:1rem;margin:0 0 1rem}
label{display:block;font-weight:600}input{font:inherit;padding:.4rem;width:100%;max-width:22rem;box-sizing:border-box}
button{font:inherit;padding:.4rem 1rem;margin:.25rem .25rem 0 0}
.fault{border-left:.3rem solid #b42318;padding:.25rem .75rem;background:#fff}
time{font-size:1.6rem;font-variant-numeric:tabular-nums}`;

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (character) => `&#${character.charCodeAt(0)};`);

const frame = (locale: Locale, title: Text, main: string): string => {
  const say = (text: Text): string => escapeHtml(inLocale(text, locale));
  const lang = locale === "en" ? "?lang=en" : "";
  const other = locale === "en" ? `<a href="?">中文</a>` : `<a href="?lang=en">English</a>`;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${say(title)}</title><style>${style}</style></head><body>
<header><a href="/${lang}">${say({ zh: "申请", en: "Apply" })}</a><a href="/desk${lang}">${say({ zh: "工作台", en: "Desk" })}</a><a href="/dev/mail${lang}">${say({ zh: "邮箱", en: "Mailbox" })}</a><a href="/dev/clock${lang}">${say({ zh: "时钟", en: "Clock" })}</a>${other}</header>
<main><h1>${say(title)}</h1>${main}</main></body></html>`;
};

/** "2026-07-20 17:00:00", as a clock in China shows it. */
const localTime = (at: Instant): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");

/** Escaped text whose addresses can be followed; what ends a sentence is no part of one. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?，。；：！？、）)\]】])/u)
    .map((part, index) =>
      index % 2 === 1
        ? `<a href="${escapeHtml(part)}" rel="noreferrer">${escapeHtml(part)}</a>`
        : escapeHtml(part),
    )
    .join("");

const mailArticle = (locale: Locale, mail: KeptMail): string => {
  const to = inLocale({ zh: "收件人", en: "To" }, locale);
  return `<article><h2>${escapeHtml(mail.subject)}</h2>
<p class="about">${to}: ${escapeHtml(mail.to)} · ${localTime(mail.at)}</p>
<pre>${linked(mail.text)}</pre></article>`;
};

/** The mails, newest first. */
export const mailPage = (locale: Locale, mails: readonly KeptMail[]): string => {
  const none = inLocale({ zh: "还没有邮件。", en: "No mail yet." }, locale);
  const articles = mails.map((mail) => mailArticle(locale, mail)).join("\n");
  return frame(
    locale,
    { zh: "邮箱", en: "Mailbox" },
    articles === "" ? `<p>${none}</p>` : articles,
  );
};

const steps: readonly { readonly by: string; readonly label: Text }[] = [
  { by: "PT1H", label: { zh: "1 小时", en: "1 hour" } },
  { by: "P1D", label: { zh: "1 天", en: "1 day" } },
  { by: "P5D", label: { zh: "5 天", en: "5 days" } },
  { by: "P30D", label: { zh: "30 天", en: "30 days" } },
];

/** What the clock shows, and a form to move it. */
export const clockPage = (locale: Locale, now: Instant, fault: Text | null): string => {
  const say = (text: Text): string => escapeHtml(inLocale(text, locale));
  const buttons = steps
    .map(({ by, label }) => `<button name="advance" value="${by}">+ ${say(label)}</button>`)
    .join("");
  return frame(
    locale,
    { zh: "时钟", en: "Clock" },
    `${fault ? `<p class="fault" role="alert">${say(fault)}</p>` : ""}
<p><time datetime="${now}">${localTime(now)}</time> (UTC+8)</p>
<form method="post" action="/dev/clock"><p>${say({
      zh: "往前拨，其间到期的等待、期限和定时任务都会依次发生。",
      en: "Move on: waits, deadlines and schedules due on the way happen, in their order.",
    })}</p>${buttons}</form>
<form method="post" action="/dev/clock"><label for="to">${say({
      zh: "拨到（例如 2026-12-01T09:00+08:00）",
      en: "Move to (for example 2026-12-01T09:00+08:00)",
    })}</label><input id="to" name="to" required> <button>${say({ zh: "拨", en: "Move" })}</button></form>`,
  );
};

/** One sentence. */
export const messagePage = (locale: Locale, message: Text): string => frame(locale, message, "");
