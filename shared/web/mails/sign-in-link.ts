/** The link with which finance, administrators and auditors sign in; the TOTP code is asked for after it. */
import type { Mail } from "#shared/ports/mailer.ts";
import { renderMail, type Reader } from "./frame.ts";

export interface SignInLink extends Reader {
  /** SHA-256 of the link's secret. */
  readonly secretHash: string;
  readonly link: string;
  readonly validMinutes: number;
}

export const signInLinkMail = (signIn: SignInLink): Mail =>
  renderMail({
    id: `sign-in:${signIn.secretHash}`,
    to: signIn.to,
    locale: signIn.locale,
    subject: { zh: "送暖工作台登录链接", en: "Your sign-in link for the Songnuan desk" },
    paragraphs: [
      {
        zh: `请点击下面的链接登录工作台。链接 ${signIn.validMinutes} 分钟内有效，只能使用一次；登录还需输入动态验证码。`,
        en: `Sign in to the desk with the link below. It works once, for ${signIn.validMinutes} minutes; you will then be asked for the code from your authenticator.`,
      },
      {
        zh: "如果不是您本人要求登录，请忽略本邮件并告知管理员。",
        en: "If you did not ask for it, leave it alone and tell your administrator.",
      },
    ],
    link: { href: signIn.link, label: { zh: "登录工作台", en: "Sign in" } },
    reference: null,
  });
