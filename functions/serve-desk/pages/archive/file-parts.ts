/** What a file's page shows: its standing, its people, what was declared, how it was worked out, what rests on it. */
import type { Application } from "#shared/domain/application.ts";
import {
  birthDateOf,
  declaredIncomeFen,
  fileForm,
  memberFields,
  type FileContent,
  type Member,
} from "#shared/domain/file-content.ts";
import { answersOf } from "#shared/domain/answers.ts";
import { hasExpired, isValidOn, reminderDays } from "#shared/domain/hardship-file.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { addDays, localDateOf } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { parseYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { amount, date } from "#shared/web/figures.ts";
import { html, type Fragment, type Html } from "#shared/web/html.ts";
import { lineNames, statusMoods, statusNames } from "#shared/web/messages.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById } from "#workflows/registry.ts";
import { cardTable, factRow, figureHeading, mayDo, say, type Desk } from "../../frame.ts";
import type { LoadedFile } from "./load.ts";
import { categoryName, closingNames, hidden, stateNames } from "./words.ts";

const words = {
  state: { zh: "状态", en: "State" },
  category: { zh: "类别", en: "Category" },
  unit: { zh: "所在工会", en: "Office" },
  line: { zh: "条线", en: "Line" },
  openedOn: { zh: "建档日期", en: "Opened on" },
  declaredOn: { zh: "最近申报", en: "Last declared" },
  validUntil: { zh: "有效期至", en: "Valid until" },
  expired: { zh: "已过有效期", en: "run out" },
  months: { zh: "人均收入高于标准的连续月数", en: "Months running above the line" },
  causeGone: { zh: "致困原因已消除", en: "Cause gone" },
  verifiedOn: { zh: "最近复核", en: "Last re-verified" },
  yes: { zh: "是", en: "Yes" },
  no: { zh: "否", en: "No" },
  expiredNotice: {
    zh: "这份档案已过有效期：重新申报前，这个家庭的申请只能按临时困难（未建档）办理。",
    en: "This file has run out: until it is declared anew, the household's applications go in the second lane.",
  },
  expiringNotice: {
    zh: "这份档案即将到期，请通知职工重新申报。",
    en: "This file is about to run out: ask the worker to declare anew.",
  },
  members: { zh: "家庭成员", en: "Members" },
  relation: { zh: "关系", en: "Relation" },
  name: { zh: "姓名", en: "Name" },
  idNumber: { zh: "身份证号", en: "ID number" },
  born: { zh: "出生日期", en: "Born" },
  health: { zh: "健康状况", en: "Health" },
  where: { zh: "学校或单位", en: "School or workplace" },
  income: { zh: "年收入", en: "Yearly income" },
  people: { zh: "共同生活人数", en: "People in the household" },
  incomeInAll: { zh: "申报年收入合计", en: "Declared yearly income, in all" },
  declared: { zh: "申报内容", en: "What was declared" },
  masked: {
    zh: "姓名、号码、健康和住址按岗位隐去。",
    en: "Names, numbers, health and address are hidden by role.",
  },
  computed: { zh: "类别是怎样核定的", en: "How the category was found" },
  cases: { zh: "以此档案为依据的申请", en: "Applications that rest on this file" },
  reference: { zh: "受理编号", en: "Reference" },
  programme: { zh: "项目", en: "Programme" },
  status: { zh: "状态", en: "State" },
  amount: { zh: "金额", en: "Amount" },
  noCases: { zh: "还没有。", en: "None yet." },
} as const satisfies Record<string, Text>;

export const fileSummary = (desk: Desk, { file, organisation }: LoadedFile): Html => {
  const { locale } = desk.request;
  const unit = unitOf(organisation, file.unitId);
  const expired = hasExpired(file, localDateOf(desk.uses.clock.now()));
  const closedFor = file.closedFor ? html` ${say(desk, closingNames[file.closedFor])}` : null;
  return html`<dl class="facts">
    ${factRow(
      say(desk, words.state),
      html`<span class="tag ${file.state === "open" && !expired ? "good" : "wait"}"
          >${say(desk, stateNames[file.state])}</span
        >${closedFor}`,
    )}
    ${factRow(say(desk, words.category), say(desk, categoryName(file.category)))}
    ${factRow(say(desk, words.unit), unit ? inLocale(unit.name, locale) : file.unitId)}
    ${factRow(say(desk, words.line), say(desk, lineNames[file.line]))}
    ${factRow(say(desk, words.openedOn), date(file.openedOn, locale))}
    ${factRow(say(desk, words.declaredOn), date(file.declaredOn, locale))}
    ${factRow(
      say(desk, words.validUntil),
      html`${date(file.validUntil, locale)}
      ${expired ? html`<span class="tag wrong">${say(desk, words.expired)}</span>` : null}`,
    )}
    ${file.verifiedOn ? factRow(say(desk, words.verifiedOn), date(file.verifiedOn, locale)) : null}
    ${factRow(say(desk, words.months), String(file.monthsAboveLine))}
    ${factRow(say(desk, words.causeGone), say(desk, file.causeGone ? words.yes : words.no))}
  </dl>`;
};

/** What is about to happen to the file, or has. */
export const validityNotice = (desk: Desk, { file }: LoadedFile): Html | null => {
  const today = localDateOf(desk.uses.clock.now());
  if (hasExpired(file, today)) {
    return html`<div class="notice wrong"><p>${say(desk, words.expiredNotice)}</p></div>`;
  }
  return isValidOn(file, today) && !isValidOn(file, addDays(today, reminderDays + 1))
    ? html`<div class="notice wait"><p>${say(desk, words.expiringNotice)}</p></div>`
    : null;
};

const optionName = (desk: Desk, name: "relation" | "health", value: string): string => {
  const label = memberFields[name].options?.find((option) => option.value === value)?.label;
  return label ? say(desk, label) : value;
};

const memberCells = (desk: Desk, member: Member): readonly Fragment[] => {
  const { locale } = desk.request;
  const income = amount(member.yearlyIncome, locale);
  const relation = optionName(desk, "relation", member.relation);
  if (!mayDo(desk, "see_facts")) {
    return [relation, maskedName(member.name), hidden, hidden, hidden, hidden, income];
  }
  return [
    relation,
    html`<span class="nowrap">${member.name}</span>`,
    html`<span class="nowrap">${member.idNumber}</span>`,
    date(birthDateOf(member.idNumber), locale),
    optionName(desk, "health", member.health),
    member.schoolOrUnit,
    income,
  ];
};

export const membersPart = (desk: Desk, { content }: LoadedFile): Html =>
  html`<h2>${say(desk, words.members)}</h2>
    ${mayDo(desk, "see_facts") ? null : html`<p class="soft">${say(desk, words.masked)}</p>`}
    ${cardTable(
      desk,
      [
        words.relation,
        words.name,
        words.idNumber,
        words.born,
        words.health,
        words.where,
        figureHeading(words.income),
      ],
      content.members.map((member) => memberCells(desk, member)),
    )}
    <dl class="facts">
      ${factRow(say(desk, words.people), String(content.people))}
      ${factRow(say(desk, words.incomeInAll), amount(declaredIncomeFen(content), desk.request.locale))}
    </dl>`;

/** Without the office, which stands above. */
const shownFacts = fileForm.sections
  .flatMap(({ fields }) => fields)
  .filter((name) => name !== "unitId");

const shownFact = (desk: Desk, name: (typeof shownFacts)[number], typed: string): string => {
  const field = fileForm.fields[name];
  if (field.personal && !mayDo(desk, "see_facts")) {
    return field.kind === "bank_card" ? maskedCard(typed) : hidden;
  }
  const option = field.options?.find(({ value }) => value === typed);
  if (option) return say(desk, option.label);
  const fen = field.kind === "money" ? parseYuan(typed) : null;
  return fen === null ? typed : amount(fen, desk.request.locale);
};

export const declaredPart = (desk: Desk, { content }: LoadedFile): Html => {
  const typed = answersOf(fileForm, content.facts);
  return html`<h2>${say(desk, words.declared)}</h2>
    <dl class="facts">
      ${shownFacts
        .filter((name) => (typed[name] ?? "") !== "")
        .map((name) =>
          factRow(say(desk, fileForm.fields[name].label), shownFact(desk, name, typed[name] ?? "")),
        )}
    </dl>`;
};

const marks = { met: "✓", missed: "✗", applied: "＝", flagged: "！" } as const;

export const computationPart = (
  desk: Desk,
  { computation }: Pick<FileContent, "computation">,
): Html =>
  html`<h2>${say(desk, words.computed)}</h2>
    <ul class="files">
      ${computation.steps.map(
        (step) =>
          html`<li>
            <span aria-hidden="true">${marks[step.outcome]}</span> ${say(desk, step.says)}
            <span class="soft small">${step.clause}</span>
          </li> `,
      )}
    </ul>
    <p class="soft small">${computation.policyVersion}</p>`;

const readsAtOnce = 8;

const caseCells = (desk: Desk, application: Application): readonly Fragment[] => {
  const programme = programmeById(application.programmeId);
  const { id, status } = application;
  return [
    mayDo(desk, "see_cases")
      ? html`<a class="nowrap" href="${paths.desk("case", id)}">${id}</a>`
      : html`<span class="nowrap">${id}</span>`,
    programme ? say(desk, programme.title) : application.programmeId,
    html`<span class="tag ${statusMoods[status]}">${say(desk, statusNames[status])}</span>`,
    amount(application.amountFen, desk.request.locale),
  ];
};

/** Everything claimed in the household's account, ended cases too. */
export const casesPart = async (desk: Desk, { file }: LoadedFile): Promise<Html> => {
  const { cases } = desk.uses;
  const claims = await cases.claimsOf(file.account);
  const ids = [...new Set(claims.map(({ applicationId }) => applicationId))];
  const read = await inParallel(ids, readsAtOnce, (id) => cases.get(id));
  const rows = read.flatMap((application) => application ?? []);
  return html`<h2>${say(desk, words.cases)}</h2>
    ${
      rows.length === 0
        ? html`<p>${say(desk, words.noCases)}</p>`
        : cardTable(
            desk,
            [words.reference, words.programme, words.status, figureHeading(words.amount)],
            rows.map((application) => caseCells(desk, application)),
          )
    }`;
};
