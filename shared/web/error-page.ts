/** Pages for what went wrong: each says what happened, what was kept, and what to do next. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "./html.ts";
import { page, type Frame } from "./layout.ts";
import { htmlPage, type PageResponse } from "./page.ts";
import { paths } from "./paths.ts";

export interface Message {
  readonly title: Text;
  readonly happened: Text;
  /** What is safe: what was typed, sent or decided before. */
  readonly kept?: Text;
  readonly next: Text;
  readonly link?: { readonly href: string; readonly label: Text };
  /** Further content below the words: a reference, a form that tries again. */
  readonly more?: Html;
}

/** A page of words, with a status. `frame` gives its place: path, navigation, a form to send along. */
export const messagePage = (
  status: number,
  locale: Locale,
  message: Message,
  frame: Partial<Pick<Frame, "path" | "navigation" | "switchForm" | "bar" | "wide">> = {},
): PageResponse => {
  const kept = message.kept ? html`<p>${inLocale(message.kept, locale)}</p>` : null;
  const link = message.link
    ? html`<p class="actions">
        <a class="button" href="${message.link.href}">${inLocale(message.link.label, locale)}</a>
      </p>`
    : null;
  return htmlPage(
    status,
    page({
      path: paths.home,
      ...frame,
      locale,
      title: inLocale(message.title, locale),
      body: html`<h1>${inLocale(message.title, locale)}</h1>
        <p class="lead">${inLocale(message.happened, locale)}</p>
        ${kept}
        <p>${inLocale(message.next, locale)}</p>
        ${link}${message.more}`,
    }),
  );
};

/** What a request can be refused for before any page has read it. */
export type RefusedStatus = 400 | 403 | 405 | 413 | 415;

const nothingChanged: Text = { zh: "没有任何内容被改动。", en: "Nothing was changed." };
const fromTheStart: Text = {
  zh: "请按浏览器的“返回”键检查，或者从首页重新进入。",
  en: "Please go back in your browser and check, or start again from the first page.",
};

const refusals: Readonly<Record<RefusedStatus, Pick<Message, "title" | "happened" | "next">>> = {
  400: {
    title: { zh: "网址不完整", en: "The address is not complete" },
    happened: {
      zh: "这个网址里有读不懂的字符。",
      en: "This address has characters that can't be read.",
    },
    next: {
      zh: "请从邮件或首页重新打开，网址要完整复制。",
      en: "Please open it again from the mail or the first page, with the whole address.",
    },
  },
  403: {
    title: { zh: "不能从别的网站提交", en: "Not from another site" },
    happened: {
      zh: "这次提交来自别的网站，为了安全没有受理。",
      en: "This was sent from another site, and for your safety it was not taken.",
    },
    next: { zh: "请在本网站重新填写。", en: "Please fill it in again on this site." },
  },
  405: {
    title: { zh: "这个页面不能这样使用", en: "This page can't be used like that" },
    happened: { zh: "页面只能查看或提交。", en: "A page can be looked at, or sent to." },
    next: fromTheStart,
  },
  413: {
    title: { zh: "内容太多", en: "That is too much" },
    happened: {
      zh: "一次提交的文字太多，没有收下。照片和文件请用上传按钮，不要粘贴在文字框里。",
      en: "There was too much text in one go. Send photos and files with the upload button, not in a text field.",
    },
    next: {
      zh: "请按浏览器的“返回”键，缩短后再提交；刚才填写的内容一般还在。",
      en: "Please go back in your browser, shorten it and send it again; what you typed is usually still there.",
    },
  },
  415: {
    title: { zh: "提交的格式不对", en: "Sent in a form we can't read" },
    happened: {
      zh: "这里只接受网页表单。",
      en: "Only a web page's form is taken here.",
    },
    next: fromTheStart,
  },
};

/** A request that no page could read: it came from elsewhere, was too long, or of another kind than forms are. */
export const refusedPage = (status: RefusedStatus, locale: Locale): PageResponse =>
  messagePage(status, locale, {
    ...refusals[status],
    kept: nothingChanged,
    link: { href: paths.home, label: { zh: "回首页", en: "To the first page" } },
  });

/** Something broke here. Nothing of the error is shown; it is in the log under the same minute. */
export const faultPage = (locale: Locale): PageResponse =>
  messagePage(500, locale, {
    title: { zh: "系统出了问题", en: "Something went wrong on our side" },
    happened: {
      zh: "刚才的操作没有完成，不是您的问题。",
      en: "What you just did was not completed. It is not your fault.",
    },
    kept: {
      zh: "之前已经保存和提交的内容都还在，不会重复办理。",
      en: "Everything saved or sent before is still there, and nothing happens twice.",
    },
    next: {
      zh: "请过几分钟按浏览器的“返回”键再试一次；仍不行，请联系您的工会。",
      en: "Please go back in your browser in a few minutes and try again; if it fails again, ask your union.",
    },
  });

/** There is no such page, or nothing here that the reader may see: the two are not told apart. */
export const notFoundPage = (locale: Locale): PageResponse =>
  messagePage(404, locale, {
    title: { zh: "找不到这个页面", en: "There is no such page" },
    happened: {
      zh: "地址可能不完整，或者查看的时间已过。",
      en: "The address may be incomplete, or your time to look at it may be over.",
    },
    kept: { zh: "已经提交的申请都还在。", en: "Applications that were sent are still there." },
    next: {
      zh: "查看申请进度，请用受理编号和查询码登录。",
      en: "To follow an application, sign in with its reference and access code.",
    },
    link: { href: paths.status, label: { zh: "查进度", en: "Follow a case" } },
  });

/** Too many tries in a while. `retryAfterMinutes` is told; `more` may hold the form with what was typed. */
export const tooManyPage = (
  locale: Locale,
  retryAfterMinutes: number,
  more?: Html,
): PageResponse => {
  const response = messagePage(429, locale, {
    title: { zh: "操作太频繁", en: "Too many tries" },
    happened: {
      zh: "短时间内的尝试次数太多，为了安全，先停一停。",
      en: "There were too many tries in a short time, so we paused for safety.",
    },
    kept: { zh: "已经填写和提交的内容没有丢失。", en: "Nothing you typed or sent is lost." },
    next: {
      zh: `请在${retryAfterMinutes}分钟后再试。`,
      en: `Please try again in ${retryAfterMinutes} minutes.`,
    },
    ...(more ? { more } : {}),
  });
  return { ...response, headers: { "retry-after": String(retryAfterMinutes * 60) } };
};
