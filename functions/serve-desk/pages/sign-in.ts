/** The first step of signing in: a link by mail. Known or not, an address gets the same answer. */
import { addMinutes, instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { messagePage, tooManyPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { signInLinkMail } from "#shared/web/mails/sign-in-link.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, pathOf, paths } from "#shared/web/paths.ts";
import { worksAtDesk } from "../rights.ts";
import { startHalfSession } from "../session.ts";
import type { Uses } from "../uses.ts";

const linkMinutes = 10;
/** Quality C1 and attack 20. */
const mailsMax = 5;
const windowMinutes = 60;
const emailMaxLength = 254;

const words = {
  title: { zh: "登录工作台", en: "Sign in to the desk" },
  lead: {
    zh: "财务、管理和经审人员在此登录。审批人请用邮件中的链接，不用登录。",
    en: "For finance, administrators and auditors. Approvers use the link in their mail and need not sign in.",
  },
  email: { zh: "工作邮箱", en: "Work e-mail" },
  send: { zh: "发送登录链接", en: "Mail me a sign-in link" },
  wrong: {
    zh: "请填写完整的邮箱地址，例如 name@example.com",
    en: "Type a whole e-mail address, such as name@example.com",
  },
  enter: { zh: "继续登录", en: "Go on" },
  enterLead: {
    zh: "请按下面的按钮继续，下一步输入动态验证码。链接只能使用一次。",
    en: "Press the button to go on; you will then type the code from your authenticator. The link works once.",
  },
} as const satisfies Record<string, Text>;

const navigation = [{ href: paths.desk("sign-in"), label: words.title }];

const emailForm = (request: PageRequest, typed: string, wrong: boolean): PageResponse => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const summary = wrong ? [{ href: "#email", words: say(words.wrong) }] : [];
  const state = wrong ? html`aria-invalid="true" aria-describedby="email-problem"` : null;
  const body = html`${errorSummary(summary, request.locale)}
    <h1>${say(words.title)}</h1>
    <p class="lead">${say(words.lead)}</p>
    <form method="post" action="${paths.desk("sign-in")}">
      <div class="${wrong ? "item wrong" : "item"}">
        <label for="email">${say(words.email)}</label>
        ${wrong ? html`<span class="problem" id="email-problem">${say(words.wrong)}</span>` : null}
        <input
          class="medium"
          type="text"
          inputmode="email"
          autocapitalize="none"
          autocomplete="email"
          spellcheck="false"
          id="email"
          name="email"
          maxlength="${emailMaxLength}"
          value="${typed}"
          ${state}
        />
      </div>
      <p class="actions"><button>${say(words.send)}</button></p>
    </form>`;
  const frame = {
    locale: request.locale,
    title: say(words.title),
    path: pathOf(request),
    navigation,
  };
  return htmlPage(wrong ? 422 : 200, page({ ...frame, body, wrong }));
};

export const showSignIn = (request: PageRequest): PageResponse => emailForm(request, "", false);

/** Counts by the address that was typed, known or not. @returns the minutes to wait, or null. */
const waitFor = async (uses: Uses, email: string): Promise<number | null> => {
  const windowMs = windowMinutes * 60_000;
  const nowMs = msOfInstant(uses.clock.now());
  const endMs = (Math.floor(nowMs / windowMs) + 1) * windowMs;
  const key = `desk-sign-in#${await uses.vault.sign("rate-limit", email)}`;
  const count = await uses.directory.countAttempt(key, instantOfMs(endMs));
  return count > mailsMax ? Math.ceil((endMs - nowMs) / 60_000) : null;
};

const mailLink = async (uses: Uses, request: PageRequest, email: string): Promise<void> => {
  const { staff } = await uses.directory.organisation();
  const person = staff.find((each) => each.email.toLowerCase() === email && worksAtDesk(each));
  if (!person) return;
  const secret = Buffer.from(uses.random(32)).toString("base64url");
  const secretHash = uses.vault.digest(secret);
  await uses.directory.putMailedSecret({
    hash: secretHash,
    purpose: "sign_in",
    staffId: person.id,
    expiresAt: addMinutes(uses.clock.now(), linkMinutes),
    triesLeft: 1,
  });
  await uses.mailer.send(
    signInLinkMail({
      to: person.email,
      locale: request.locale === "en" ? "en" : person.locale,
      secretHash,
      link: absolute(uses.siteUrl, paths.desk("sign-in", secret)),
      validMinutes: linkMinutes,
    }),
  );
};

export const answerSignIn = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const typed = (request.form["email"] ?? "").trim();
  const isAddress = typed.length <= emailMaxLength && /^[^\s@]+@[^\s@]+$/u.test(typed);
  if (!isAddress) return emailForm(request, typed.slice(0, emailMaxLength), true);
  const email = typed.toLowerCase();
  const wait = await waitFor(uses, email);
  if (wait !== null) return tooManyPage(request.locale, wait);
  await mailLink(uses, request, email);
  return messagePage(
    200,
    request.locale,
    {
      title: { zh: "请查收邮件", en: "Look into your mail" },
      happened: {
        zh: "如果这个邮箱已登记，登录链接已经发出。",
        en: "If this address is registered, a sign-in link is on its way.",
      },
      next: {
        zh: `链接 ${linkMinutes} 分钟内有效。收不到时，请检查邮箱是否写对，或联系管理员。`,
        en: `The link works for ${linkMinutes} minutes. If none comes, check the address or ask your administrator.`,
      },
    },
    { path: paths.desk("sign-in"), navigation },
  );
};

const spentLink = (request: PageRequest): PageResponse =>
  messagePage(
    410,
    request.locale,
    {
      title: { zh: "登录链接已失效", en: "This sign-in link no longer works" },
      happened: {
        zh: "链接已经用过，或者超过了有效时间。",
        en: "It was used, or its time is over.",
      },
      next: { zh: "请重新发送登录链接。", en: "Please ask for a new one." },
      link: { href: paths.desk("sign-in"), label: words.send },
    },
    { path: paths.desk("sign-in"), navigation },
  );

/**
 * The mailed link, opened: a page with a button. Scanners open links too, so nothing is used up by
 * it.
 */
export const showLink = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
): Promise<PageResponse> => {
  const mailed = await uses.directory.mailedSecret(uses.vault.digest(secret));
  const isLive = mailed?.purpose === "sign_in" && mailed.expiresAt > uses.clock.now();
  if (!isLive) return spentLink(request);
  const say = (text: Text): string => inLocale(text, request.locale);
  const body = html`<h1>${say(words.title)}</h1>
    <p class="lead">${say(words.enterLead)}</p>
    <form method="post" action="${paths.desk("sign-in", secret)}">
      <p class="actions"><button>${say(words.enter)}</button></p>
    </form>`;
  const frame = {
    locale: request.locale,
    title: say(words.title),
    path: pathOf(request),
    navigation,
  };
  return htmlPage(200, page({ ...frame, body }));
};

/** The button: burns the link and asks for the code. */
export const answerLink = async (
  uses: Uses,
  request: PageRequest,
  secret: string,
): Promise<PageResponse> => {
  const hash = uses.vault.digest(secret);
  const mailed = await uses.directory.mailedSecret(hash);
  if (mailed?.purpose !== "sign_in") return spentLink(request);
  if (!(await uses.directory.useMailedSecret(hash, uses.clock.now()))) return spentLink(request);
  return redirect(paths.desk("sign-in", "code"), [await startHalfSession(uses, mailed.staffId)]);
};
