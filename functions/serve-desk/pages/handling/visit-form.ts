/** The visit's form, with what was typed still there and each problem beside its field. */
import type { LandedFile } from "#shared/casework/paper-files.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import {
  findingsMaxLength,
  visitorNameMaxLength,
  type TypedVisit,
  type VisitProblem,
} from "#shared/domain/visit.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { visitorField } from "./visit-fields.ts";
import { landedList } from "./visit-papers.ts";

const words = {
  title: { zh: "入户核实：记录", en: "Home visit: record" },
  papers: { zh: "已上传的核实表和照片", en: "The form and photos sent" },
  morePapers: { zh: "上传核实表和照片", en: "Send the form and photos" },
  day: { zh: "入户日期", en: "Visited on" },
  visitors: { zh: "入户的工会人员", en: "Visitors of the union's staff" },
  visitorsHint: {
    zh: "入户的人以后不能审批这一件",
    en: "Whoever visits can't decide the case later",
  },
  approver: { zh: "（审批人）", en: " (approver)" },
  others: { zh: "其他入户人员姓名（选填）", en: "Names of other visitors (optional)" },
  othersHint: {
    zh: "例如社区工作人员、工友代表；几个人用顿号隔开",
    en: "Such as community workers; separated by commas",
  },
  metWith: { zh: "见到了谁（由谁签字）", en: "Who was met, and signed" },
  findings: { zh: "核实情况", en: "What was found" },
  findingsHint: {
    zh: "住房、人口、收入、病情或就学等与申报是否一致，邻里、单位怎么说",
    en: "Whether home, household, income, illness or schooling are as declared; what neighbours or the employer say",
  },
  confirmed: { zh: "核实结果", en: "Result" },
  yes: { zh: "情况属实", en: "As declared" },
  no: { zh: "与申报不符", en: "Not as declared" },
  save: { zh: "保存核实记录", en: "Save the record" },
} as const satisfies Record<string, Text>;

type Field = "papers" | "visitedOn" | "visitors" | "others" | "metWith" | "findings" | "confirmed";

const problemWords: Readonly<Record<VisitProblem, Text>> = {
  paper_required: {
    zh: "请先上传双方签字的核实表或现场照片",
    en: "Send the signed form or photos first",
  },
  paper_converting: {
    zh: "有照片正在转换格式，一般几秒钟，请稍后再提交",
    en: "A photo is still being converted, which takes seconds; hand it in again in a moment",
  },
  paper_unusable: {
    zh: "有文件不能用，原因写在文件旁边；可以换一个再传，或不换直接再提交",
    en: "A file can't be used, for the reason beside it: send another, or hand in again without it",
  },
  day_required: { zh: "请填写真实的入户日期", en: "Type the day of the visit" },
  day_in_future: { zh: "入户日期不能晚于今天", en: "The day of the visit is not in the future" },
  day_too_early: { zh: "入户日期不能早于受理日期", en: "The visit is not before the acceptance" },
  visitors_too_few: {
    zh: "入户的人不够：请勾选或填写全部入户人员",
    en: "There are too few visitors: tick or name all of them",
  },
  staff_visitor_required: {
    zh: "至少勾选一名工会工作人员",
    en: "Tick one person of the union's staff at least",
  },
  visitor_not_offered: {
    zh: "勾选的人不能入户这一件，请重新勾选",
    en: "Somebody was ticked who may not visit here: tick again",
  },
  visitor_name_too_long: {
    zh: `每个姓名最多${visitorNameMaxLength}个字，几个人请用顿号隔开`,
    en: `A name has at most ${visitorNameMaxLength} characters; separate several by commas`,
  },
  met_with_required: { zh: "请填写见到了谁", en: "Say who was met" },
  met_with_too_long: { zh: "“见到了谁”太长了，请缩短", en: "Who was met: shorten it" },
  findings_required: { zh: "请填写核实情况", en: "Say what was found" },
  findings_too_long: {
    zh: `核实情况最多${findingsMaxLength}个字，请缩短`,
    en: `Findings: shorten them to at most ${findingsMaxLength} characters`,
  },
  confirmed_required: { zh: "请选择核实结果", en: "Choose the result" },
};

const fieldOf: Readonly<Record<VisitProblem, Field>> = {
  paper_required: "papers",
  paper_converting: "papers",
  paper_unusable: "papers",
  day_required: "visitedOn",
  day_in_future: "visitedOn",
  day_too_early: "visitedOn",
  visitors_too_few: "visitors",
  staff_visitor_required: "visitors",
  visitor_not_offered: "visitors",
  visitor_name_too_long: "others",
  met_with_required: "metWith",
  met_with_too_long: "metWith",
  findings_required: "findings",
  findings_too_long: "findings",
  confirmed_required: "confirmed",
};

export interface VisitForm {
  readonly application: Application;
  readonly offered: readonly Staff[];
  readonly landed: readonly LandedFile[];
  readonly visitorsMin: number;
  readonly typed: TypedVisit | null;
  readonly problems: readonly VisitProblem[];
}

interface ItemParts {
  readonly label: Text;
  readonly hint?: Text;
  readonly control: (state: Html) => Html;
}

const problemOf = ({ problems }: VisitForm, field: Field): VisitProblem | undefined =>
  problems.find((problem) => fieldOf[problem] === field);

const item = (desk: Desk, form: VisitForm, field: Field, parts: ItemParts): Html => {
  const problem = problemOf(form, field);
  const described = [parts.hint ? `${field}-hint` : "", problem ? `${field}-problem` : ""].filter(
    Boolean,
  );
  const state = attributes({
    id: field,
    "aria-describedby": described.length > 0 ? described.join(" ") : null,
    "aria-invalid": problem ? "true" : null,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${field}">${say(desk, parts.label)}</label>
    ${parts.hint && html`<span class="hint" id="${field}-hint">${say(desk, parts.hint)}</span>`}
    ${
      problem &&
      html`<span class="problem" id="${field}-problem">${say(desk, problemWords[problem])}</span>`
    }
    ${parts.control(state)}
  </div>`;
};

const group = (
  desk: Desk,
  form: VisitForm,
  field: Field,
  legend: Html,
  ticks: readonly Html[],
): Html => {
  const problem = problemOf(form, field);
  return html`<fieldset
    class="${problem ? "item wrong" : "item"}"
    id="${field}"
    tabindex="-1"
    ${attributes({ "aria-describedby": problem ? `${field}-problem` : null })}
  >
    <legend>${legend}</legend>
    ${
      problem &&
      html`<span class="problem" id="${field}-problem">${say(desk, problemWords[problem])}</span>`
    }
    ${ticks}
  </fieldset>`;
};

const visitorTicks = (desk: Desk, { offered, typed }: VisitForm): readonly Html[] =>
  offered.map((person) => {
    const box = attributes({
      type: "checkbox",
      name: visitorField(person.id),
      value: "yes",
      checked: typed?.staffIds.includes(person.id) ?? person.id === desk.session.staff.id,
    });
    const also = person.roles.includes("approver") ? say(desk, words.approver) : "";
    return html`<label class="tick"><input${box} /><span>${person.name}${also}</span></label>`;
  });

const resultTicks = (desk: Desk, { typed }: VisitForm): readonly Html[] =>
  (["yes", "no"] as const).map((value) => {
    const box = attributes({
      type: "radio",
      name: "confirmed",
      value,
      checked: typed !== null && typed.confirmed === (value === "yes"),
    });
    return html`<label class="tick"><input${box} /><span>${say(desk, words[value])}</span></label>`;
  });

const fields = (desk: Desk, form: VisitForm): Html => {
  const { typed, visitorsMin } = form;
  const today = localDateOf(desk.uses.clock.now());
  const day = desk.request.form["visitedOn"] ?? typed?.visitedOn ?? today;
  const legend = html`${say(desk, words.visitors)}
    <span class="hint"
      >${say(desk, words.visitorsHint)}${say(desk, {
        zh: `；连同其他人至少${visitorsMin}人`,
        en: `; with others at least ${visitorsMin}`,
      })}</span
    >`;
  return html`${item(desk, form, "visitedOn", {
    label: words.day,
    control: (state) =>
      html`<input class="medium" type="date" name="visitedOn" value="${day}" ${state} />`,
  })}
  ${group(desk, form, "visitors", legend, visitorTicks(desk, form))}
  ${item(desk, form, "others", {
    label: words.others,
    hint: words.othersHint,
    control: (state) =>
      html`<input type="text" name="others" value="${typed?.others.join("、") ?? ""}" ${state} />`,
  })}
  ${item(desk, form, "metWith", {
    label: words.metWith,
    control: (state) =>
      html`<input type="text" name="metWith" value="${typed?.metWith ?? ""}" ${state} />`,
  })}
  ${item(desk, form, "findings", {
    label: words.findings,
    hint: words.findingsHint,
    control: (state) =>
      html`<textarea name="findings" rows="6" ${state}>${typed?.findings ?? ""}</textarea>`,
  })}
  ${group(desk, form, "confirmed", html`${say(desk, words.confirmed)}`, resultTicks(desk, form))}`;
};

const papersItem = (desk: Desk, form: VisitForm): Html => {
  const problem = problemOf(form, "papers");
  return html`<div class="${problem ? "item wrong" : "item"}" id="papers" tabindex="-1">
    <p class="label">${say(desk, words.papers)}</p>
    ${problem && html`<span class="problem">${say(desk, problemWords[problem])}</span>`}
    ${landedList(desk, form.landed)}
    <a href="${paths.desk("handling", form.application.id, "visit")}"
      >${say(desk, words.morePapers)}</a
    >
  </div>`;
};

export const visitForm = async (desk: Desk, form: VisitForm): Promise<PageResponse> => {
  const { application, problems } = form;
  const title = `${say(desk, words.title)} ${application.id}`;
  const summary = problems.map((problem) => ({
    href: `#${fieldOf[problem]}`,
    words: say(desk, problemWords[problem]),
  }));
  const content = html`<input type="hidden" name="version" value="${application.version}" />
    ${fields(desk, form)}
    <p class="actions"><button>${say(desk, words.save)}</button></p>`;
  return deskPage(desk, {
    title,
    status: problems.length > 0 ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${papersItem(desk, form)}
      ${await deskForm(desk, paths.desk("handling", application.id, "record"), content)}`,
  });
};
