/** The second step of signing in: a code from an authenticator, which is set up the first time. */
import { instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { tooManyPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, redirect, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { pathOf, paths } from "#shared/web/paths.ts";
import {
  hasToken,
  openHalfSession,
  startSession,
  tokenField,
  type HalfSession,
} from "../session.ts";
import { newTotpSecret, openTotp, sealTotp, totpUri, useCode } from "../totp.ts";
import type { Uses } from "../uses.ts";

/** Ten guesses a quarter of an hour against a million codes, and only behind a mailed link. */
const triesMax = 10;
const windowMinutes = 15;

const words = {
  title: { zh: "输入动态验证码", en: "Type the code" },
  setUp: { zh: "设置动态验证码", en: "Set up your authenticator" },
  code: { zh: "动态验证码（6位数字）", en: "Code (six digits)" },
  go: { zh: "登录", en: "Sign in" },
  hint: {
    zh: "请打开手机上的身份验证器，输入当前显示的6位数字。每个验证码只能用一次。",
    en: "Open the authenticator on your phone and type the six digits it shows. Each code works once.",
  },
  wrong: {
    zh: "验证码不对，或者已经用过。请等验证器换一个数字后再输入。",
    en: "The code is wrong or was used. Wait for the next one and type that.",
  },
  steps: {
    zh: "第一次登录要设置一次：在手机的身份验证器里新增账户，手工输入下面的密钥，再输入它显示的6位数字。",
    en: "Once, at your first sign-in: add an account to the authenticator on your phone, type the key below, then the six digits it shows.",
  },
  secret: { zh: "密钥", en: "Key" },
  uri: { zh: "或在本机打开：", en: "Or open on this device:" },
} as const satisfies Record<string, Text>;

const navigation = [{ href: paths.desk("sign-in"), label: words.go }];

/**
 * The new secret stands in the form, sealed for this person; it is kept only when a code confirms
 * it.
 */
const setUpPart = async (
  uses: Uses,
  request: PageRequest,
  { staff }: HalfSession,
  secret: string,
): Promise<Html> => {
  const sealed = await sealTotp(uses.vault, staff.id, secret);
  const grouped = (secret.match(/.{1,4}/gu) ?? []).join(" ");
  return html`<div class="panel">
      <p>${inLocale(words.steps, request.locale)}</p>
      <p class="label">${inLocale(words.secret, request.locale)}</p>
      <p class="big code" id="totp-secret">${grouped}</p>
      <p class="small soft">${inLocale(words.uri, request.locale)} ${totpUri(staff, secret)}</p>
    </div>
    <input type="hidden" name="setup" value="${sealed}" />`;
};

const codeForm = async (
  uses: Uses,
  request: PageRequest,
  half: HalfSession,
  wrong: boolean,
  secret: string | null,
): Promise<PageResponse> => {
  const say = (text: Text): string => inLocale(text, request.locale);
  const title = say(secret === null ? words.title : words.setUp);
  const problem = wrong ? [{ href: "#code", words: say(words.wrong) }] : [];
  const body = html`${errorSummary(problem, request.locale)}
    <h1>${title}</h1>
    <form method="post" action="${paths.desk("sign-in", "code")}">
      ${await tokenField(uses, half)}
      ${secret === null ? null : await setUpPart(uses, request, half, secret)}
      <div class="${wrong ? "item wrong" : "item"}">
        <label for="code">${say(words.code)}</label>
        <span class="hint" id="code-hint">${say(words.hint)}</span>
        ${wrong ? html`<span class="problem" id="code-problem">${say(words.wrong)}</span>` : null}
        <input
          class="short"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          id="code"
          name="code"
          maxlength="12"
          aria-describedby="${wrong ? "code-hint code-problem" : "code-hint"}"
        />
      </div>
      <p class="actions"><button>${say(words.go)}</button></p>
    </form>`;
  const frame = { locale: request.locale, title, path: pathOf(request), navigation };
  return htmlPage(wrong ? 422 : 200, page({ ...frame, body, wrong }));
};

const again = (): PageResponse => redirect(paths.desk("sign-in"));

export const showCode = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const half = await openHalfSession(uses, request);
  if (!half) return again();
  const secret = half.staff.totpSealed === null ? newTotpSecret() : null;
  return codeForm(uses, request, half, false, secret);
};

/** @returns the minutes to wait once the tries of this quarter of an hour are used up. */
const waitFor = async (uses: Uses, { staff }: HalfSession): Promise<number | null> => {
  const windowMs = windowMinutes * 60_000;
  const nowMs = msOfInstant(uses.clock.now());
  const endMs = (Math.floor(nowMs / windowMs) + 1) * windowMs;
  const count = await uses.directory.countAttempt(`desk-code#${staff.id}`, instantOfMs(endMs));
  return count > triesMax ? Math.ceil((endMs - nowMs) / 60_000) : null;
};

export const answerCode = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const half = await openHalfSession(uses, request);
  if (!half || !(await hasToken(uses, request, half))) return again();
  const wait = await waitFor(uses, half);
  if (wait !== null) return tooManyPage(request.locale, wait);
  const { staff } = half;
  // Whoever has a secret can't set another one up: a mailbox alone must not be enough.
  const sealed = staff.totpSealed ?? request.form["setup"] ?? "";
  const secret = await openTotp(uses.vault, staff.id, sealed);
  if (secret === null) return again();
  const setUp = staff.totpSealed === null;
  if (!(await useCode(uses, staff.id, secret, request.form["code"] ?? ""))) {
    return codeForm(uses, request, half, true, setUp ? secret : null);
  }
  if (setUp) await uses.directory.setTotp(staff.id, sealed);
  return redirect(paths.desk(), await startSession(uses, staff.id));
};
