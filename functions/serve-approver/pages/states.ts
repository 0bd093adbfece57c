/** A page for each state in which a link doesn't decide: what happened, what stands, what to do. */
import type { DecisionKind } from "#shared/domain/approval.ts";
import type { DecisionRefusal } from "#shared/domain/approver.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { messagePage, type Message } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { eventNames, statusNames } from "#shared/web/messages.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { OpenLink } from "./link.ts";
import {
  approverNavigation,
  stillWaiting,
  waitingText,
  type StillWaiting,
} from "./still-waiting.ts";

export type LinkState = DecisionRefusal | "link_locked" | "renewed" | "replaced";

const decisionNames: Readonly<Record<DecisionKind, Text>> = {
  approve: { zh: "同意", en: "approved" },
  return: { zh: "退回补正", en: "returned for what is missing" },
  reject: { zh: "不同意", en: "rejected" },
  confirm_refusal: { zh: "确认不予救助", en: "refusal confirmed" },
  recuse: { zh: "回避", en: "stood aside" },
  uphold: { zh: "异议（复议）成立", en: "upheld" },
  dismiss: { zh: "异议（复议）不成立", en: "dismissed" },
};

const nothingLost: Text = {
  zh: "您没有作出任何决定，案件没有变化。",
  en: "You decided nothing, and the case is as it was.",
};

const statuses: Readonly<Record<LinkState, number>> = {
  not_yours: 403,
  already_decided: 200,
  own_case: 403,
  decided_at_another_tier: 403,
  took_part: 403,
  case_changed: 409,
  expired: 410,
  pin_not_set: 200,
  pin_locked: 423,
  link_locked: 423,
  renewed: 200,
  replaced: 410,
};

/** Where the case stands now, the same for all that was decided. */
const standsNow = ({ application }: OpenLink): Text => ({
  zh: `案件 ${application.id} 现在的状态：${statusNames[application.status].zh}。`,
  en: `Case ${application.id} is now: ${statusNames[application.status].en}.`,
});

const nothingToDo: Text = {
  zh: "此案无需再做什么。",
  en: "There is nothing more to do in this case.",
};

/** What was answered to an objection or appeal, or that somebody stood aside: no tier has decided by that. */
const answered = (link: OpenLink, kind: "recuse" | "uphold" | "dismiss"): Message => {
  const { approval, staff } = link;
  const at = approval.decidedAt;
  return {
    title:
      kind === "recuse"
        ? { zh: "已回避此案", en: "You have stood aside" }
        : { zh: "已书面答复", en: "The answer was given" },
    happened: {
      zh: `${staff.name}${at ? `于${dateTime(at, "zh-CN")}` : ""}：${decisionNames[kind].zh}。`,
      en: `${staff.name}${at ? `, on ${dateTime(at, "en")}` : ""}: ${decisionNames[kind].en}.`,
    },
    kept: standsNow(link),
    next: nothingToDo,
  };
};

const decided = (link: OpenLink): Message => {
  const { approval, staff } = link;
  const kind = approval.decision ?? "approve";
  const at = approval.decidedAt;
  if (kind === "recuse" || kind === "uphold" || kind === "dismiss") return answered(link, kind);
  return {
    title: { zh: "这一级已作出决定", en: "This tier has decided" },
    happened: {
      zh: `${staff.name}（${tierTitles[approval.tier].zh}）${at ? `于${dateTime(at, "zh-CN")}` : ""}决定：${decisionNames[kind].zh}。`,
      en: `${staff.name} (${tierTitles[approval.tier].en}) decided${at ? ` on ${dateTime(at, "en")}` : ""}: ${decisionNames[kind].en}.`,
    },
    kept: standsNow(link),
    next: nothingToDo,
  };
};

const askForPin = {
  href: paths.pin,
  label: { zh: "设置审批密码", en: "Set the decision PIN" },
} as const;

const messages: Readonly<Record<Exclude<LinkState, "already_decided" | "replaced">, Message>> = {
  not_yours: {
    title: { zh: "这个链接不归您使用", en: "This link is not yours to use" },
    happened: {
      zh: "收件人已不再担任该级审批人。",
      en: "The person it was sent to no longer decides at this tier.",
    },
    kept: nothingLost,
    next: {
      zh: "案件会由现任审批人办理；有疑问请联系管理员。",
      en: "The present approver deals with the case; ask your administrator if in doubt.",
    },
  },
  own_case: {
    title: { zh: "这是您本人或家庭的案件，请回避", en: "This is your own case: please stand back" },
    happened: {
      zh: "本人、家庭成员、近亲属或代办人不能审批自己的案件。",
      en: "Nobody decides a case of their own, their household's, a relative's, or one they entered.",
    },
    kept: nothingLost,
    next: {
      zh: "请告知管理员，由同级其他审批人办理。",
      en: "Tell your administrator: another approver of the tier will be asked.",
    },
  },
  decided_at_another_tier: {
    title: { zh: "您已在另一级审批过此案", en: "You decided this case at another tier" },
    happened: { zh: "同一人不能在两级审批同一案件。", en: "Nobody decides one case at two tiers." },
    kept: nothingLost,
    next: {
      zh: "请告知管理员，由同级其他审批人办理。",
      en: "Tell your administrator: another approver of the tier will be asked.",
    },
  },
  took_part: {
    title: { zh: "您已参与过此案", en: "You have had a part in this case" },
    happened: {
      zh: "受理、入户、已同意或已回避的人，不能再审批同一案件。",
      en: "Whoever accepted the case, visited, agreed to it already or stood aside doesn't decide it.",
    },
    kept: nothingLost,
    next: {
      zh: "案件会由其他审批人办理；有疑问请联系管理员。",
      en: "Another approver deals with the case; ask your administrator if in doubt.",
    },
  },
  case_changed: {
    title: { zh: "案件有变化，这个链接已失效", en: "The case has changed, and this link with it" },
    happened: {
      zh: "发出链接之后案件内容有变化，所以不能按旧内容决定。",
      en: "The case changed after this link was sent, so it can't be decided as it was.",
    },
    kept: nothingLost,
    next: {
      zh: "如仍需您审批，您会收到新的邮件。",
      en: "If it still needs your decision you will get a new mail.",
    },
  },
  expired: {
    title: { zh: "链接已过期", en: "The link has expired" },
    happened: {
      zh: "审批时限已过，链接不再有效。",
      en: "The time to decide is over, and the link with it.",
    },
    kept: nothingLost,
    next: {
      zh: "可以把新链接发到审批人登记的邮箱。",
      en: "A new link can be sent to the approver's registered address.",
    },
  },
  pin_not_set: {
    title: { zh: "请先设置审批密码", en: "Set your decision PIN first" },
    happened: {
      zh: "审批需要您本人的审批密码（至少6位数字）。",
      en: "To decide you need a PIN of your own (six digits or more).",
    },
    kept: { zh: "这封邮件里的链接仍然有效。", en: "The link in your mail stays valid." },
    next: {
      zh: "设置链接会发到您登记的邮箱，设好后再打开本链接。",
      en: "We mail you a link to set it; then open this link again.",
    },
    link: askForPin,
  },
  pin_locked: {
    title: { zh: "审批密码已锁定", en: "The decision PIN is locked" },
    happened: { zh: "审批密码连续输错次数过多。", en: "The PIN was given wrongly too many times." },
    kept: nothingLost,
    next: {
      zh: "请重新设置审批密码，设好后再打开本链接；链接也被锁定的，可以在页面上要求发送新链接。",
      en: "Set a new PIN, then open this link again; if the link is locked as well, its page sends a new one.",
    },
    link: askForPin,
  },
  link_locked: {
    title: { zh: "这个链接已锁定", en: "This link is locked" },
    happened: {
      zh: "在这个链接上输错审批密码的次数过多。",
      en: "Too many wrong PINs were given on this link.",
    },
    kept: nothingLost,
    next: {
      zh: "可以把新链接发到审批人登记的邮箱。",
      en: "A new link can be sent to the approver's registered address.",
    },
  },
  renewed: {
    title: { zh: "新链接已发出", en: "A new link is on its way" },
    happened: {
      zh: "如果案件仍待该级审批，新链接已发到审批人登记的邮箱。",
      en: "If the case still waits for this tier, a new link was sent to the approver's registered address.",
    },
    next: {
      zh: "请查收邮件，旧链接不再有效。",
      en: "Please look into your mail; the old link no longer works.",
    },
  },
};

const replacedLink = (link: OpenLink): Message => ({
  title: { zh: "这个链接已由新的链接代替", en: "A later link took the place of this one" },
  happened: {
    zh: "此案已另发链接：逾期改由他人办理、审批人回避或变动，或者重新发送过。",
    en: "The case was asked about anew: the limit was missed, somebody stood aside or left, or a new link was sent.",
  },
  kept: standsNow(link),
  next: {
    zh: "如仍需您办理，请用邮箱里最新的一封邮件。",
    en: "If you are still to decide, use the newest mail.",
  },
});

const messageOf = (link: OpenLink, state: LinkState): Message => {
  if (state === "already_decided") return decided(link);
  return state === "replaced" ? replacedLink(link) : messages[state];
};

const renewForm = (link: OpenLink, locale: Locale): Html =>
  html`<form method="post" action="${link.path}">
    <input type="hidden" name="action" value="renew" />
    <p class="actions">
      <button>${inLocale({ zh: "发送新链接", en: "Send a new link" }, locale)}</button>
    </p>
  </form>`;

/** What happened to the case since the link was sent: names of events and their time, nothing personal. */
const changesSince = async (
  { cases }: Pick<Dependencies, "cases">,
  link: OpenLink,
  locale: Locale,
): Promise<Html> => {
  const events = await cases.events(link.application);
  const since = events.filter(({ version }) => version > link.approval.caseVersion);
  return html`<h2>${inLocale({ zh: "之后发生了什么", en: "What happened since" }, locale)}</h2>
    <ol class="timeline">
      ${since.map(
        (event) =>
          html`<li>
            ${inLocale(eventNames[event.type], locale)}<time>${dateTime(event.at, locale)}</time>
          </li>`,
      )}
    </ol>`;
};

export const statePage = async (
  uses: Pick<Dependencies, "cases">,
  locale: Locale,
  link: OpenLink,
  state: LinkState,
  waiting: StillWaiting | null = null,
): Promise<PageResponse> => {
  const message = messageOf(link, state);
  const more =
    state === "expired" || state === "link_locked"
      ? renewForm(link, locale)
      : state === "case_changed"
        ? await changesSince(uses, link, locale)
        : waiting && stillWaiting(waiting, locale);
  const navigation =
    waiting && waiting.count > 0
      ? [{ href: waiting.href, label: waitingText(waiting) }]
      : approverNavigation;
  return messagePage(
    statuses[state],
    locale,
    { ...message, ...(more ? { more } : {}) },
    { path: link.path, navigation },
  );
};
