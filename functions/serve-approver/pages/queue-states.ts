/** A page for each state in which the list isn't shown, and for a form that isn't ours. */
import { inLocale, type Locale } from "#shared/kernel/text.ts";
import { messagePage, type Message } from "#shared/web/error-page.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { DoorState, QueueDoor } from "./queue-door.ts";
import { approverNavigation } from "./still-waiting.ts";

type QueueState = DoorState | "renewed" | "forged";

const nothingDecided = {
  zh: "您没有作出任何决定，各案件没有变化。",
  en: "You decided nothing, and every case is as it was.",
} as const;

const setPin = {
  href: paths.pin,
  label: { zh: "设置审批密码", en: "Set the decision PIN" },
} as const;

const messages: Readonly<Record<QueueState, Message & { readonly status: number }>> = {
  not_yours: {
    status: 403,
    title: { zh: "这个清单不归您使用", en: "This list is not yours to use" },
    happened: {
      zh: "收件人已不再担任审批人。",
      en: "The person it was sent to is no longer an approver.",
    },
    kept: nothingDecided,
    next: {
      zh: "案件会由现任审批人办理；有疑问请联系管理员。",
      en: "The present approvers deal with the cases; ask your administrator if in doubt.",
    },
  },
  replaced: {
    status: 410,
    title: { zh: "这个链接已由新的链接代替", en: "A later link took the place of this one" },
    happened: {
      zh: "此案已另发链接，旧链接打不开待审批清单。",
      en: "The case was asked about anew, and the old link opens no list.",
    },
    kept: nothingDecided,
    next: {
      zh: "请用邮箱里最新的一封邮件。",
      en: "Use the newest mail.",
    },
  },
  expired: {
    status: 410,
    title: { zh: "清单链接已过期", en: "The link to the list has expired" },
    happened: {
      zh: "待审批清单的链接几天后失效，每天早上的汇总邮件里有新的。",
      en: "A link to the list works for some days; each morning's mail has a new one.",
    },
    kept: {
      zh: "等您审批的案件都还在，每件单独的邮件仍然有效。",
      en: "What waits for you still waits, and each case's own mail still works.",
    },
    next: {
      zh: "可以把新链接发到您登记的邮箱。",
      en: "A new link can be sent to your registered address.",
    },
  },
  pin_not_set: {
    status: 200,
    title: { zh: "请先设置审批密码", en: "Set your decision PIN first" },
    happened: {
      zh: "打开待审批清单需要您本人的审批密码（至少6位数字）。",
      en: "The list opens with a PIN of your own (six digits or more).",
    },
    kept: { zh: "这封邮件里的链接仍然有效。", en: "The link in your mail stays valid." },
    next: {
      zh: "设置链接会发到您登记的邮箱，设好后再打开本链接。",
      en: "We mail you a link to set it; then open this link again.",
    },
    link: setPin,
  },
  pin_locked: {
    status: 423,
    title: { zh: "审批密码已锁定", en: "The decision PIN is locked" },
    happened: { zh: "审批密码连续输错次数过多。", en: "The PIN was given wrongly too many times." },
    kept: nothingDecided,
    next: {
      zh: "请重新设置审批密码，然后再打开本链接。",
      en: "Set a new PIN, then open this link again.",
    },
    link: setPin,
  },
  renewed: {
    status: 200,
    title: { zh: "新链接已发出", en: "A new link is on its way" },
    happened: {
      zh: "如果还有案件等您审批，新链接已发到您登记的邮箱。",
      en: "If cases still wait for you, a new link was sent to your registered address.",
    },
    next: {
      zh: "请查收邮件；今天早上已收到汇总邮件的，请用那一封。",
      en: "Please look into your mail; if a summary came this morning, use that one.",
    },
  },
  forged: {
    status: 409,
    title: { zh: "这个页面已经过时", en: "This page is out of date" },
    happened: {
      zh: "提交的内容与当前的清单对不上，没有办理。",
      en: "What was sent doesn't belong to the list as it is, and was not taken.",
    },
    kept: nothingDecided,
    next: { zh: "请重新打开清单。", en: "Please open the list again." },
  },
};

const renewForm = (door: QueueDoor, locale: Locale): Html =>
  html`<form method="post" action="${door.path}">
    <input type="hidden" name="action" value="renew" />
    <p class="actions">
      <button>${inLocale({ zh: "发送新链接", en: "Send a new link" }, locale)}</button>
    </p>
  </form>`;

export const doorPage = (locale: Locale, door: QueueDoor, state: QueueState): PageResponse => {
  const { status, ...message } = messages[state];
  const reopen = { href: door.path, label: { zh: "打开清单", en: "Open the list" } };
  return messagePage(
    status,
    locale,
    {
      ...message,
      ...(state === "expired" ? { more: renewForm(door, locale) } : {}),
      ...(state === "forged" ? { link: reopen } : {}),
    },
    { path: door.path, navigation: approverNavigation },
  );
};
