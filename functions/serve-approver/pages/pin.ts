/** Setting and resetting the decision PIN: a link by mail, good for ten minutes and once. */
import { pinPattern } from "#shared/casework/decision-pin.ts";
import { addMinutes, instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { messagePage, notFoundPage, tooManyPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { pinCodeMail } from "#shared/web/mails/pin-code.ts";
import { htmlPage, type PageRequest, type PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import type { Uses } from "../uses.ts";
import { approverNavigation } from "./still-waiting.ts";

const validMinutes = 10;
const asksPerHourMax = 5;
const hourMs = 3_600_000;

const words = {
  title: { zh: "设置审批密码", en: "Set your decision PIN" },
  explained: {
    zh: "审批密码只用于审批，至少6位数字。设置链接会发到您登记的工作邮箱。",
    en: "The PIN is for deciding only: six digits or more. A link to set it goes to your registered address.",
  },
  email: { zh: "工作邮箱", en: "Work e-mail" },
  send: { zh: "发送设置链接", en: "Send the link" },
  pin: { zh: "新的审批密码（6至12位数字）", en: "New PIN (6 to 12 digits)" },
  again: { zh: "再输一遍", en: "The same again" },
  set: { zh: "保存", en: "Save" },
  notPin: { zh: "请输入6至12位数字", en: "Type 6 to 12 digits" },
  notSame: { zh: "两次输入不一致，请重新输入", en: "The two are not the same: type them again" },
} as const satisfies Record<string, Text>;

const shown = (request: PageRequest, path: string, body: Html, wrong = false): PageResponse =>
  htmlPage(
    wrong ? 422 : 200,
    page({
      locale: request.locale,
      title: inLocale(words.title, request.locale),
      path,
      navigation: approverNavigation,
      wrong,
      body: html`<h1>${inLocale(words.title, request.locale)}</h1>
        ${body}`,
    }),
  );

const askForm = (locale: Locale): Html =>
  html`<p>${inLocale(words.explained, locale)}</p>
    <form method="post" action="${paths.pin}" novalidate>
      <div class="item">
        <label for="email">${inLocale(words.email, locale)}</label>
        <input id="email" type="email" name="email" autocomplete="email" maxlength="254" />
      </div>
      <p class="actions"><button>${inLocale(words.send, locale)}</button></p>
    </form>`;

const pinInput = (id: string, label: Text, locale: Locale, problem?: Text): Html =>
  html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${id}">${inLocale(label, locale)}</label>
    ${problem && html`<span class="problem" id="${id}-problem">${inLocale(problem, locale)}</span>`}
    <input${attributes({
      "aria-describedby": problem ? `${id}-problem` : null,
      "aria-invalid": problem ? "true" : null,
    })}
      class="short"
      id="${id}"
      type="password"
      name="${id}"
      inputmode="numeric"
      autocomplete="new-password"
      maxlength="12"
    />
  </div>`;

const setForm = (path: string, locale: Locale, problem?: Text): Html =>
  html`${
      problem ? errorSummary([{ href: "#pin", words: inLocale(problem, locale) }], locale) : null
    }
    <p>${inLocale(words.explained, locale)}</p>
    <form method="post" action="${path}" novalidate>
      ${pinInput("pin", words.pin, locale, problem)}${pinInput("again", words.again, locale)}
      <p class="actions"><button>${inLocale(words.set, locale)}</button></p>
    </form>`;

/** Whether the mailed link can still set a PIN; looking doesn't use it up. */
const isLive = async (uses: Uses, secret: string): Promise<boolean> => {
  const mailed = await uses.directory.mailedSecret(uses.vault.digest(secret));
  return mailed?.purpose === "set_pin" && mailed.expiresAt > uses.clock.now();
};

const expired = (locale: Locale): PageResponse =>
  messagePage(
    410,
    locale,
    {
      title: { zh: "设置链接已失效", en: "This link no longer works" },
      happened: {
        zh: "链接超过10分钟，或者已经用过。",
        en: "It is older than ten minutes, or was used.",
      },
      kept: { zh: "您原来的审批密码没有改变。", en: "Your present PIN is unchanged." },
      next: { zh: "请重新发送设置链接。", en: "Ask for a new one." },
      link: { href: paths.pin, label: words.send },
    },
    { navigation: approverNavigation },
  );

export const showPin = async (
  uses: Uses,
  request: PageRequest,
  secret: string | undefined,
): Promise<PageResponse> => {
  if (secret === undefined) return shown(request, paths.pin, askForm(request.locale));
  if (!(await isLive(uses, secret))) return expired(request.locale);
  return shown(request, paths.setPin(secret), setForm(paths.setPin(secret), request.locale));
};

const sendLink = async (uses: Uses, request: PageRequest): Promise<PageResponse> => {
  const { locale } = request;
  const email = (request.form["email"] ?? "").trim().toLowerCase();
  const now = uses.clock.now();
  const hourEnds = instantOfMs((Math.floor(msOfInstant(now) / hourMs) + 1) * hourMs);
  const address = await uses.vault.blindIndex("email", email);
  if ((await uses.directory.countAttempt(`pin#${address}`, hourEnds)) > asksPerHourMax) {
    return tooManyPage(locale, 60);
  }
  const { staff } = await uses.directory.organisation();
  const approver = staff.find(
    (person) =>
      person.active && person.roles.includes("approver") && person.email.toLowerCase() === email,
  );
  if (approver) {
    const secret = Buffer.from(uses.random(32)).toString("base64url");
    const secretHash = uses.vault.digest(secret);
    await uses.directory.putMailedSecret({
      hash: secretHash,
      purpose: "set_pin",
      staffId: approver.id,
      expiresAt: addMinutes(now, validMinutes),
      triesLeft: 1,
    });
    const link = absolute(uses.siteUrl, paths.setPin(secret));
    await uses.mailer.send(
      pinCodeMail({ to: approver.email, locale: approver.locale, secretHash, link, validMinutes }),
    );
  }
  // The same answer for an address nobody has: who works here is not told.
  return messagePage(
    200,
    locale,
    {
      title: { zh: "请查收邮件", en: "Please look into your mail" },
      happened: {
        zh: "如果这是审批人登记的邮箱，设置链接已经发出，10分钟内有效。",
        en: "If this is an approver's registered address, a link is on its way; it works for ten minutes.",
      },
      next: {
        zh: "没有收到时，请检查邮箱地址或联系管理员。",
        en: "If nothing comes, check the address or ask your administrator.",
      },
    },
    { navigation: approverNavigation },
  );
};

const setPin = async (uses: Uses, request: PageRequest, secret: string): Promise<PageResponse> => {
  const { locale } = request;
  const hash = uses.vault.digest(secret);
  const mailed = await uses.directory.mailedSecret(hash);
  if (!mailed || !(await isLive(uses, secret))) return expired(locale);
  const pin = request.form["pin"] ?? "";
  const problem = !pinPattern.test(pin)
    ? words.notPin
    : pin !== request.form["again"]
      ? words.notSame
      : undefined;
  const path = paths.setPin(secret);
  if (problem) return shown(request, path, setForm(path, locale, problem), true);
  const pinHash = await uses.vault.hashSecret(pin);
  if (!(await uses.directory.useMailedSecret(hash, uses.clock.now()))) return expired(locale);
  await uses.directory.setPin(mailed.staffId, pinHash);
  return messagePage(
    200,
    locale,
    {
      title: { zh: "审批密码已设置", en: "Your PIN is set" },
      happened: { zh: "现在可以用它审批了。", en: "You can decide with it now." },
      next: {
        zh: "请回到邮件，打开审批链接。",
        en: "Go back to your mail and open the link there.",
      },
    },
    { navigation: approverNavigation },
  );
};

export const answerPin = (
  uses: Uses,
  request: PageRequest,
  secret: string | undefined,
): Promise<PageResponse> | PageResponse => {
  if (secret === "") return notFoundPage(request.locale);
  return secret === undefined ? sendLink(uses, request) : setPin(uses, request, secret);
};
