/**
 * A person's cases. The number is posted and becomes a keyed hash; the address of what was found carries that hash
 * sealed, for this session and a quarter of an hour, so that neither number nor hash stands in an address.
 */
import { casesOfPerson, personKeyOf, type PersonKey } from "#shared/casework/find-person.ts";
import { limits, overLimit } from "#shared/casework/rate-limit.ts";
import type { Application } from "#shared/domain/application.ts";
import { addMinutes, localDateOf } from "#shared/kernel/calendar.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { tooManyPage } from "#shared/web/error-page.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, deskMessage, deskPage, figureHeading, say, type Desk } from "../../frame.ts";
import { seesCaseOf } from "../../scope.ts";
import { caseHref, programmeName, statusTag } from "./rows.ts";
import { searchPage } from "./search.ts";

const words = {
  title: { zh: "按人查找的结果", en: "Cases of one person" },
  lead: {
    zh: "本人和同一份家庭档案的申请，最近的在前，已办结的也在内。",
    en: "Cases of the person and of the household's file, the newest first, ended ones too.",
  },
  none: {
    zh: "没有找到这个人的申请。请核对号码；没有提交过的草稿不在内。",
    en: "No case of this person was found. Check the number; drafts that were never sent are not searched.",
  },
  again: { zh: "再查一个", en: "Search again" },
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "项目", en: "Programme" },
  office: { zh: "所在工会", en: "Office" },
  status: { zh: "状态", en: "State" },
  amount: { zh: "金额", en: "Amount" },
  sent: { zh: "提交日期", en: "Sent on" },
  noNumber: {
    zh: "请填18位身份证号、16到19位银行卡号，或11位手机号（固定电话带区号）",
    en: "Type an ID number of 18 characters, a bank card of 16 to 19 digits, or a phone number with its area code",
  },
} as const satisfies Record<string, Text>;

const validMinutes = 15;
const scopeOf = ({ session }: Desk) => ({
  owner: `SEARCH#${session.tokenHash}`,
  attribute: "person",
  salt: "",
});

const tokenOf = (desk: Desk, key: PersonKey): Promise<string> => {
  const until = addMinutes(desk.uses.clock.now(), validMinutes);
  return desk.uses.vault.seal(scopeOf(desk), JSON.stringify({ ...key, until }));
};

/** @returns null for another session's token, one that was changed, and one that is over. */
const keyIn = async (desk: Desk, token: string): Promise<PersonKey | null> => {
  try {
    const read = JSON.parse(await desk.uses.vault.open(scopeOf(desk), token)) as PersonKey & {
      readonly until: string;
    };
    return read.until > desk.uses.clock.now() ? read : null;
  } catch {
    return null;
  }
};

/** A POST, so that the number stands in no address. What was typed comes back with what is wrong. */
export const findPerson = async (desk: Desk): Promise<PageResponse> => {
  const typed = (desk.request.form["person"] ?? "").trim();
  const key = await personKeyOf(desk.uses, typed);
  if (!key) {
    return searchPage(desk, {
      values: { person: typed },
      problem: { field: "person", says: words.noNumber },
    });
  }
  const { staff } = desk.session;
  const waitMinutes = await overLimit(desk.uses, limits.personSearchByStaff, staff.id);
  if (waitMinutes !== null) return tooManyPage(desk.request.locale, waitMinutes);
  log.info("person searched", { function: "serve-desk", staffId: staff.id, code: key.kind });
  return redirect(paths.desk("search", "person", await tokenOf(desk, key)));
};

const expired = (desk: Desk): PageResponse =>
  deskMessage(desk, 404, {
    title: { zh: "查找结果已过期", en: "This search is over" },
    happened: {
      zh: "按人查找的结果只保留15分钟，而且只有查找的人自己能打开。",
      en: "What was found by a person's number is kept for 15 minutes, for whoever searched.",
    },
    next: { zh: "请重新查找。", en: "Please search again." },
    link: { href: paths.desk("search"), label: words.again },
  });

export const showPerson = async (desk: Desk, token: string): Promise<PageResponse> => {
  const key = await keyIn(desk, token);
  if (!key) return expired(desk);
  const [organisation, all] = await Promise.all([
    desk.uses.directory.organisation(),
    casesOfPerson(desk.uses, key),
  ]);
  const found = all.filter((application) => seesCaseOf(desk, organisation, application));
  const { locale } = desk.request;
  const office = ({ unitId }: Application): string => {
    const unit = unitId === null ? undefined : unitOf(organisation, unitId);
    return unit ? inLocale(unit.name, locale) : "";
  };
  const rows = found.map((application) => {
    const { id, status, programmeId, amountFen, submittedAt, createdAt } = application;
    return [
      html`<a class="nowrap" href="${caseHref(desk, { applicationId: id, status })}">${id}</a>`,
      programmeName(desk, programmeId),
      office(application),
      statusTag(desk, status),
      amount(amountFen, locale),
      date(localDateOf(submittedAt ?? createdAt), locale),
    ];
  });
  const head = [
    words.reference,
    words.programme,
    words.office,
    words.status,
    figureHeading(words.amount),
    words.sent,
  ];
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <p>${say(desk, found.length === 0 ? words.none : words.lead)}</p>
      ${found.length === 0 ? null : cardTable(desk, head, rows)}
      <p class="actions">
        <a class="button second" href="${paths.desk("search")}">${say(desk, words.again)}</a>
      </p>`,
  });
};
