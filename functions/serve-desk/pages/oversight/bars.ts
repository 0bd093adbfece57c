/** Who may get no relief for a time (policy 8.1 `fraud`): set from a case, with a reason, and lifted with one. */
import { barApplicant } from "#shared/casework/bar-list.ts";
import { barTitles, isInForce, parseBarCode, type Bar } from "#shared/domain/bar.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { date } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, table, type Desk } from "../../frame.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";
import {
  emptyView,
  summaryOf,
  typedWords,
  wordsField,
  wordsName,
  wordsProblem,
} from "./words-field.ts";

const listMax = 500;

const words = {
  title: { zh: "限制救助名单", en: "People barred from relief" },
  lead: {
    zh: "因虚假申报等被限制的人员，限制期内提交申请和发放时都会核对。名单只存加密后的对照值，不显示身份证号。",
    en: "Checked when an application is sent and again before it is paid. Only a keyed hash is kept; no ID number is shown.",
  },
  reference: { zh: "来自案件（受理编号）", en: "From the case (reference)" },
  case: { zh: "案件", en: "Case" },
  code: { zh: "原因", en: "Cause" },
  until: { zh: "限制到（含当天）", en: "Until, that day included" },
  why: { zh: "理由", en: "Why" },
  state: { zh: "状态", en: "State" },
  inForce: { zh: "限制中", en: "In force" },
  lifted: { zh: "已解除", en: "Lifted" },
  ended: { zh: "已到期", en: "Ended" },
  add: { zh: "限制案件的申请人", en: "Bar a case's applicant" },
  set: { zh: "从今天起限制", en: "Bar from today" },
  lift: { zh: "解除限制", en: "Lift a bar" },
  which: { zh: "解除哪一项", en: "Which one" },
  choose: { zh: "请选择", en: "Choose" },
  none: { zh: "目前没有。", en: "None at present." },
  referenceWrong: {
    zh: "没有这个受理编号的案件，请核对",
    en: "There is no case with this reference: check it",
  },
  codeRequired: { zh: "请选择原因", en: "Choose a cause" },
  whichRequired: { zh: "请选择要解除的一项", en: "Choose the one to be lifted" },
  whyRequired: { zh: "请写明理由", en: "Say why" },
  back: { zh: "回到抽查比对", en: "Back to second looks" },
} as const satisfies Record<string, Text>;

/** A bar as forms name it: its person is a keyed hash. */
const keyOf = ({ person, from }: Bar): string => `${person}|${from}`;

const stateOf = (desk: Desk, bar: Bar): Text => {
  if (bar.liftedAt !== null) return words.lifted;
  return isInForce(bar, localDateOf(desk.uses.clock.now())) ? words.inForce : words.ended;
};

const barsTable = (desk: Desk, bars: readonly Bar[]): Html =>
  bars.length === 0
    ? html`<p>${say(desk, words.none)}</p>`
    : table(
        desk,
        [words.case, words.code, words.until, words.state, words.why],
        bars.map(
          (bar) =>
            html`<tr>
              <td class="nowrap">
                <a href="${paths.desk("case", bar.applicationId)}">${bar.applicationId}</a>
              </td>
              <td>${say(desk, barTitles[bar.code])}</td>
              <td>${date(bar.until, desk.request.locale)}</td>
              <td>${say(desk, stateOf(desk, bar))}</td>
              <td>
                ${lines(bar.reason)}${bar.liftReason ? html`<br />${lines(bar.liftReason)}` : null}
              </td>
            </tr>`,
        ),
      );

const addForm = (desk: Desk, view: FormView): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("oversight", "bars"),
    html`${textField(desk, view, "reference", { label: words.reference, maxLength: 24 })}
      ${selectField(desk, view, "code", {
        label: words.code,
        options: [
          { value: "", label: say(desk, words.choose) },
          ...Object.entries(barTitles).map(([value, title]) => ({
            value,
            label: say(desk, title),
          })),
        ],
      })}
      ${wordsField(desk, view, words.why)}
      <p class="actions"><button class="danger">${say(desk, words.set)}</button></p>`,
  );

/** Its words are a field of another name than those of the form above, since an id stands on a page once. */
const liftForm = (desk: Desk, bars: readonly Bar[], view: FormView): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("oversight", "bars", "lift"),
    html`${selectField(desk, view, "bar", {
        label: words.which,
        options: [
          { value: "", label: say(desk, words.choose) },
          ...bars.map((bar) => ({
            value: keyOf(bar),
            label: `${bar.applicationId} · ${date(bar.until, desk.request.locale)}`,
          })),
        ],
      })}
      ${textField(desk, view, "liftWords", { label: words.why, maxLength: 1_000 })}
      <p class="actions"><button class="second">${say(desk, words.lift)}</button></p>`,
  );

const barsPage = async (desk: Desk, view: FormView): Promise<PageResponse> => {
  const bars = await desk.uses.oversight.bars(listMax);
  const today = localDateOf(desk.uses.clock.now());
  const inForce = bars.filter((bar) => isInForce(bar, today));
  const title = say(desk, words.title);
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${barsTable(desk, bars)}
      <h2>${say(desk, words.add)}</h2>
      ${await addForm(desk, view)}
      ${
        inForce.length > 0
          ? html`<h2>${say(desk, words.lift)}</h2>
              ${await liftForm(desk, inForce, view)}`
          : null
      }
      <p><a href="${paths.desk("oversight")}">${say(desk, words.back)}</a></p>`,
  });
};

export const showBars = (desk: Desk): Promise<PageResponse> => barsPage(desk, emptyView);

const typedFields = ({ request }: Desk, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, (request.form[name] ?? "").trim()]));

export const barSomebody = async (desk: Desk): Promise<PageResponse> => {
  const { uses, session } = desk;
  const values = typedFields(desk, ["reference", "code", wordsName]);
  const id = parseApplicationId(values["reference"] ?? "");
  const found = id && (await uses.cases.get(id));
  const application = found && found.status !== "draft" ? found : null;
  const code = parseBarCode(values["code"] ?? "");
  if (!application || !code) {
    const problem = application
      ? { field: "code", says: words.codeRequired }
      : { field: "reference", says: words.referenceWrong };
    return barsPage(desk, { values, problem });
  }
  const reason = typedWords(desk);
  const problem = wordsProblem(reason, words.whyRequired);
  if (problem) return barsPage(desk, { values, problem });
  await barApplicant(uses, application, { code, reason, by: session.staff.id });
  log.warn("barred", {
    function: "serve-desk",
    applicationId: application.id,
    staffId: session.staff.id,
    code,
  });
  return redirect(paths.desk("oversight", "bars"));
};

export const liftOne = async (desk: Desk): Promise<PageResponse> => {
  const { uses, session } = desk;
  const values = typedFields(desk, ["bar", "liftWords"]);
  const bars = await uses.oversight.bars(listMax);
  const bar = bars.find((candidate) => keyOf(candidate) === values["bar"]);
  if (values["bar"] && !bar) return notFoundPage(desk.request.locale);
  if (!bar) return barsPage(desk, { values, problem: { field: "bar", says: words.whichRequired } });
  const said = values["liftWords"] ?? "";
  const wrong = wordsProblem(said, words.whyRequired);
  if (wrong) return barsPage(desk, { values, problem: { ...wrong, field: "liftWords" } });
  await uses.oversight.liftBar(bar, {
    at: uses.clock.now(),
    by: session.staff.id,
    words: said,
  });
  log.warn("bar lifted", {
    function: "serve-desk",
    applicationId: bar.applicationId,
    staffId: session.staff.id,
  });
  return redirect(paths.desk("oversight", "bars"));
};
