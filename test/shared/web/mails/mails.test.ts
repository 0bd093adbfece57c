import { expect, test } from "vitest";
import type { Approval } from "#shared/domain/approval.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import type { Locale, Text } from "#shared/kernel/text.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { applicationReceivedMail } from "#shared/web/mails/application-received.ts";
import { approvalReminderMail } from "#shared/web/mails/approval-reminder.ts";
import { approvalRequestMail } from "#shared/web/mails/approval-request.ts";
import { cardToMendMail } from "#shared/web/mails/card-to-mend.ts";
import { handlerDigestMail } from "#shared/web/mails/handler-digest.ts";
import { claimToConfirmMail } from "#shared/web/mails/claim-to-confirm.ts";
import { concernMail } from "#shared/web/mails/concern.ts";
import { objectionAnswerMail } from "#shared/web/mails/objection-answer.ts";
import { informationNeededMail } from "#shared/web/mails/information-needed.ts";
import { limitMissedMail } from "#shared/web/mails/limit-missed.ts";
import { outcomeMail, type Outcome } from "#shared/web/mails/outcome.ts";
import { pinCodeMail } from "#shared/web/mails/pin-code.ts";
import { pinLockedMail } from "#shared/web/mails/pin-locked.ts";
import { signInLinkMail } from "#shared/web/mails/sign-in-link.ts";
import { trailAnchorMail } from "#shared/web/mails/trail-anchor.ts";

/** What a case knows of a person. It travels in the same records as what a mail is made of, and must stay there. */
const personal = {
  applicantName: "欧阳晓晨",
  idNumber: "11010519491231002X",
  cardNumber: "6222020200112233444",
  phone: "13800138000",
  address: "示例市和平路 1 号",
  illness: "尿毒症",
  missing: "请补交欧阳晓晨的诊断证明",
  accessCodeHash: "scrypt-of-the-access-code",
  failureCode: "name_mismatch",
  accessCode: "7K3M-9PQR-2XYZ",
};

const applicationId = "SN4K7P2QX9AB" as ApplicationId;
const link = "https://relief.example.org/decide/3vQ";
const at = instant("2026-07-20T02:05:00Z");
const endOfLimit = instant("2026-07-29T16:00:00Z");

const approval: Approval = {
  applicationId,
  round: 1,
  tier: "district",
  seat: 1,
  ask: 2,
  approverId: "ST8GHJKMNP" as StaffId,
  caseVersion: 4,
  linkHash: "ab12cd34",
  replaced: [],
  expiresAt: endOfLimit,
  requestedAt: at,
  mailedAt: null,
  remindedAt: null,
  insteadOf: null,
  taskToken: "sealed-task-token",
  pinTries: 3,
  decidedAt: null,
  decision: null,
};

const programmeTitle: Text = { zh: "金秋助学", en: "Golden Autumn education aid" };
const letters = {
  received: { zh: "收到之函", en: "the letter of receipt" },
  approved: { zh: "同意之函", en: "the letter of approval" },
  refused: { zh: "不同意之函", en: "the letter of refusal" },
};

const outcome =
  (kind: Outcome) =>
  (locale: Locale): Mail =>
    outcomeMail({
      ...personal,
      applicationId,
      round: 1,
      outcome: kind,
      programmeTitle,
      letters,
      link,
      to: "worker@example.org",
      locale,
    });

const worker = { ...personal, applicationId, link, to: "worker@example.org" };
const staff = { ...personal, link, to: "approver@example.org" };
const secret = { secretHash: "ef56ab78", validMinutes: 10 };

const request = { ...staff, approval, programmeTitle, asks: "decision" as const, agreed: 0 };
const limit = {
  ...staff,
  staffId: "ST00000009" as StaffId,
  applicationId,
  occasion: "7",
  programmeTitle,
  tier: "district" as const,
  became: { kind: "escalated", to: "city" } as const,
};

const objector = {
  ...personal,
  to: "a@example.org",
  applicationId,
  number: 2,
  programmeTitle,
  link,
};

const digest = {
  to: "handler@example.org",
  staffId: "ST00000001" as StaffId,
  unitId: "spring" as UnitId,
  unitName: { zh: "春风街道工会服务站", en: "Chunfeng Street Service Station" },
  on: localDate("2026-07-21"),
  counts: { toAccept: 3, toVisit: 2, late: 1 },
  escalated: false,
  link,
} as const;

const mails: Readonly<Record<string, (locale: Locale) => Mail>> = {
  "handlers' digest": (locale) => handlerDigestMail({ ...digest, locale }),
  "handlers' digest of an office below": (locale) =>
    handlerDigestMail({ ...digest, staffId: "ST00000002" as StaffId, escalated: true, locale }),
  "approval request": (locale) =>
    approvalRequestMail({ ...request, amountFen: yuan(10_600), locale }),
  "approval request for a refusal": (locale) =>
    approvalRequestMail({ ...request, amountFen: zeroFen, locale }),
  "objection to be answered": (locale) =>
    approvalRequestMail({ ...request, asks: "objection", amountFen: yuan(10_600), locale }),
  reminder: (locale) => approvalReminderMail({ ...request, locale }),
  "limit missed": (locale) => limitMissedMail({ ...limit, locale }),
  "application received": (locale) =>
    applicationReceivedMail({ ...worker, programmeTitle, letters, locale }),
  approved: outcome("approved"),
  refused: outcome("refused"),
  withdrawn: outcome("withdrawn"),
  lapsed: outcome("lapsed"),
  "objection upheld": outcome("objection_upheld"),
  "appeal dismissed": outcome("appeal_dismissed"),
  "appeal upheld": outcome("appeal_upheld"),
  "recovery due": outcome("recovery_due"),
  "returned by the bank": outcome("returned_by_bank"),
  recovered: outcome("recovered"),
  "claim to confirm": (locale) =>
    claimToConfirmMail({ ...staff, applicationId, caseVersion: 9, link, locale }),
  "advance approved": outcome("advance"),
  "rest lapsed": outcome("rest_lapsed"),
  "advance to be decided": (locale) =>
    approvalRequestMail({
      ...request,
      approval: { ...approval, linkHash: "ad56ab78" },
      asks: "advance",
      amountFen: yuan(2_000),
      locale,
    }),
  concern: (locale) => concernMail({ ...staff, applicationId, caseVersion: 7, locale }),
  "trail anchored": (locale) =>
    trailAnchorMail({
      ...staff,
      date: localDate("2026-07-20"),
      root: "JKDNylnReuvvTlYNbKSbSGRKuFp9WmY05BxhZh4_2kk",
      leaves: 12,
      link,
      locale,
    }),
  "objection answered": (locale) =>
    objectionAnswerMail({
      ...objector,
      number: 3,
      upheld: false,
      words: locale === "en" ? "We checked: all is as declared." : "经核实，情况属实。",
      locale,
    }),
  "objection answered at the office": (locale) =>
    objectionAnswerMail({ ...objector, upheld: true, words: null, locale }),
  "information needed": (locale) =>
    informationNeededMail({
      ...worker,
      caseVersion: 4,
      deadlineAt: endOfLimit,
      afterAdvance: false,
      locale,
    }),
  "papers after an advance": (locale) =>
    informationNeededMail({
      ...worker,
      caseVersion: 8,
      deadlineAt: endOfLimit,
      afterAdvance: true,
      locale,
    }),
  "card to mend": (locale) =>
    cardToMendMail({ ...worker, attempt: 1, deadlineAt: endOfLimit, locale }),
  "sign-in link": (locale) => signInLinkMail({ ...staff, ...secret, locale }),
  "pin code": (locale) => pinCodeMail({ ...staff, ...secret, locale }),
  "pin locked": (locale) =>
    pinLockedMail({ ...staff, staffId: "ST8GHJKMNP" as StaffId, at, locale }),
};

const names = Object.keys(mails);
const written = (name: string, locale: Locale): Mail => {
  const write = mails[name];
  if (!write) throw new Error(name);
  return write(locale);
};

const visibleText = (html: string): string =>
  html
    .replaceAll(/<title>.*?<\/title>|<[^>]*>/gsu, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test.each(names)(
  "%s: the Chinese mail is Chinese and the English one has no Chinese in it",
  (name) => {
    const chinese = written(name, "zh-CN");
    const english = written(name, "en");

    for (const part of [chinese.subject, chinese.text, chinese.html]) {
      expect(part).toMatch(/\p{Script=Han}/u);
    }
    for (const part of [english.subject, english.text, english.html]) {
      expect(part).not.toMatch(/\p{Script=Han}/u);
    }
  },
);

test.each(names)("%s: text and HTML say the same, and both hold the link", (name) => {
  for (const locale of ["zh-CN", "en"] as const) {
    const mail = written(name, locale);

    const shown = visibleText(mail.html).replaceAll(/\s+/gu, " ");
    for (const line of mail.text
      .split("\n")
      .filter((text) => text.trim() !== "" && text !== "-- ")) {
      expect(shown).toContain(line);
    }
    expect(mail.text).toContain(link);
    expect(mail.html).toContain(`href="${link}"`);
  }
});

test.each(names)("%s: nothing of the person is in it, nor any secret of the record", (name) => {
  for (const locale of ["zh-CN", "en"] as const) {
    const { id, subject, text, html } = written(name, locale);

    const everything = `${id}\n${subject}\n${text}\n${html}`;
    for (const value of Object.values(personal)) expect(everything).not.toContain(value);
    for (const value of [approval.taskToken, approval.approverId]) {
      if (name !== "pin locked") expect(everything).not.toContain(value);
    }
    expect(`${subject}\n${text}\n${html}`).not.toContain("ST8GHJKMNP");
  }
});

test.each(names)(
  "%s: its id doesn't depend on the language, so the same mail never goes out twice",
  (name) => {
    expect(written(name, "en").id).toBe(written(name, "zh-CN").id);
  },
);

test("no two of the mails share an id", () => {
  const ids = names
    .filter((name) => name !== "approval request for a refusal")
    .map((name) => written(name, "zh-CN").id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an approval request names reference, programme, amount and the last day", () => {
  const { subject, text } = written("approval request", "zh-CN");
  expect(subject).toContain(applicationId);
  expect(text).toContain("金秋助学");
  expect(text).toContain("10,600.00 元");
  // The limit ends at midnight of the 30th in China, so the 29th is its last day.
  expect(text).toContain("2026年7月29日");
  expect(written("approval request", "en").text).toContain("CNY 10,600.00");
});

test("an approval request for a refusal says so instead of an amount of nothing", () => {
  expect(written("approval request for a refusal", "zh-CN").text).toContain("不予救助");
  expect(written("approval request for a refusal", "zh-CN").text).not.toContain("0.00");
});

test("a link made anew makes a new mail, since the former link is dead", () => {
  const anew = approvalRequestMail({
    ...request,
    approval: { ...approval, ask: 3, linkHash: "ff00" },
    amountFen: zeroFen,
    locale: "zh-CN",
  });
  expect(anew.id).not.toBe(written("approval request", "zh-CN").id);
});

test.each([
  ["application received", "收到之函"],
  ["approved", "同意之函"],
  ["refused", "不同意之函"],
])("%s: the programme's own letter is in it", (name, letter) => {
  expect(written(name, "zh-CN").text).toContain(letter);
});

test("a request says in whose stead, and how many of the tier agreed, but nobody's name", () => {
  const asked = (changes: Partial<Parameters<typeof approvalRequestMail>[0]>): string =>
    approvalRequestMail({ ...request, amountFen: yuan(10_600), locale: "zh-CN", ...changes }).text;
  expect(asked({ approval: { ...approval, insteadOf: "ST2" as StaffId } })).toContain("代为办理");
  expect(asked({ agreed: 1 })).toContain("已有1人同意");
  expect(asked({})).not.toMatch(/代为办理|人同意/u);
  expect(asked({ asks: "under_appeal" })).toContain("复议");
});

test("a reminder carries the link, the last day, and what follows from silence", () => {
  const { text } = approvalReminderMail({ ...request, locale: "zh-CN" });
  expect(text).toContain(link);
  expect(text).toContain("2026年7月29日");
  expect(text).toContain("转报上一级");
});

test("an administrator reads where the case went, or that nobody is left", () => {
  const told = (became: Parameters<typeof limitMissedMail>[0]["became"]): string =>
    limitMissedMail({ ...limit, became, locale: "zh-CN" }).text;
  expect(told({ kind: "escalated", to: "city" })).toContain("已转市总工会");
  expect(told({ kind: "asked_again" })).toContain("没有更高一级");
  expect(told({ kind: "nobody" })).toContain("请指定审批人");
});
