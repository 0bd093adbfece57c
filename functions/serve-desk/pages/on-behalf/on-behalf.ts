/**
 * An officer applies for a worker who sits beside them (代办): the officer's name stands in the case from the draft
 * on, so that nobody who entered a case handles or decides it (policy 4.4). From here on the pages for workers do
 * the rest, in a session of that case alone.
 */
import { startDraft } from "#shared/casework/applicant-session.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { isOpen, seasonNow, seasonWords } from "#shared/web/season.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";

const words = {
  title: { zh: "代办申请", en: "Apply for a worker" },
  lead: {
    zh: "职工本人在场、自己不方便填写的，由您代为录入。",
    en: "For a worker who is here and can't well fill it in alone.",
  },
  print: { zh: "打印委托和同意书", en: "Print the authorisation" },
  printThen: { zh: "，念给职工听，请本人签字；", en: ", read it out and have the worker sign;" },
  fill: {
    zh: "选择项目，和职工一起逐项填写，上传材料（含签好字的委托书）；",
    en: "choose the programme, fill it in together, send the papers, the signed one among them;",
  },
  receipt: {
    zh: "提交后打印回执交给职工，上面有受理编号和查询码。",
    en: "print the receipt for the worker: it has the reference and the access code.",
  },
  aside: {
    zh: "您代办的申请，您自己不能受理、入户核实、审批，由其他人办理。",
    en: "You can't accept, visit or decide a case that you entered; somebody else will.",
  },
  programme: { zh: "申请哪个项目", en: "Which programme?" },
  present: {
    zh: "职工本人在场，已经听我念过委托和同意书，并且签了字",
    en: "The worker is here, has heard the authorisation and consents, and has signed",
  },
  begin: { zh: "开始填写", en: "Begin" },
  choose: { zh: "请选择申请哪个项目", en: "Choose the programme" },
  confirm: {
    zh: "请先让职工本人签好委托书，再勾选确认",
    en: "Have the worker sign first, then tick this",
  },
} as const satisfies Record<string, Text>;

const fields = ["programme", "present"] as const;
type Problems = Partial<Readonly<Record<(typeof fields)[number], Text>>>;

const problemSpan = (desk: Desk, field: keyof Problems, problem: Text | undefined): Html | null =>
  problem ? html`<span class="problem" id="${field}-problem">${say(desk, problem)}</span>` : null;

const item = (
  desk: Desk,
  field: keyof Problems,
  problem: Text | undefined,
  legend: Html | null,
  content: Html | readonly Html[],
): Html =>
  html`<fieldset
    class="${problem ? "item wrong" : "item"}"
    ${attributes({ "aria-describedby": problem ? `${field}-problem` : null })}
  >
    ${legend}${problemSpan(desk, field, problem)}${content}
  </fieldset>`;

const programmeTick = (desk: Desk, programme: EveryProgramme, first: boolean): Html => {
  const season = seasonNow(desk.uses, programme);
  const box = attributes({
    type: "radio",
    id: first ? "programme" : `programme-${programme.id}`,
    name: "programme",
    value: programme.id,
    checked: desk.request.form["programme"] === programme.id,
    disabled: !isOpen(season),
  });
  return html`<label class="tick"
    ><input${box} /><span
      >${say(desk, programme.title)}
      <span class="soft small">${say(desk, seasonWords(season))}</span></span
    ></label
  >`;
};

const openFirst = (desk: Desk): readonly EveryProgramme[] =>
  programmes.toSorted(
    (one, other) =>
      Number(isOpen(seasonNow(desk.uses, other))) - Number(isOpen(seasonNow(desk.uses, one))),
  );

const form = async (desk: Desk, problems: Problems): Promise<Html> => {
  const present = attributes({
    type: "checkbox",
    id: "present",
    name: "present",
    value: "yes",
    checked: desk.request.form["present"] === "yes",
  });
  const content = html`${item(
      desk,
      "programme",
      problems.programme,
      html`<legend>${say(desk, words.programme)}</legend>`,
      openFirst(desk).map((programme, place) => programmeTick(desk, programme, place === 0)),
    )}
    ${item(
      desk,
      "present",
      problems.present,
      null,
      html`<label class="tick"><input${present} /><span>${say(desk, words.present)}</span></label>`,
    )}
    <p class="actions"><button>${say(desk, words.begin)}</button></p>`;
  return deskForm(desk, paths.desk("on-behalf"), content);
};

const onBehalfPage = async (desk: Desk, problems: Problems): Promise<PageResponse> => {
  const wrong = fields.flatMap((field) => {
    const problem = problems[field];
    return problem ? [{ href: `#${field}`, words: say(desk, problem) }] : [];
  });
  return deskPage(desk, {
    title: say(desk, words.title),
    status: wrong.length > 0 ? 422 : 200,
    body: html`${errorSummary(wrong, desk.request.locale)}
      <h1>${say(desk, words.title)}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <ol>
        <li>
          <a href="${paths.desk("on-behalf", "form")}">${say(desk, words.print)}</a>${say(
            desk,
            words.printThen,
          )}
        </li>
        <li>${say(desk, words.fill)}</li>
        <li>${say(desk, words.receipt)}</li>
      </ol>
      <p class="notice wait">${say(desk, words.aside)}</p>
      ${await form(desk, problems)}`,
  });
};

export const showOnBehalf = (desk: Desk): Promise<PageResponse> => onBehalfPage(desk, {});

export const beginOnBehalf = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const programme = programmeById(request.form["programme"] ?? "");
  const season = programme && seasonNow(uses, programme);
  if (!programme || !season || !isOpen(season) || request.form["present"] !== "yes") {
    return onBehalfPage(desk, {
      ...(season && isOpen(season)
        ? {}
        : { programme: season ? seasonWords(season) : words.choose }),
      ...(request.form["present"] === "yes" ? {} : { present: words.confirm }),
    });
  }
  const { draft, cookies } = await startDraft(uses, {
    programmeId: programme.id,
    locale: request.locale,
    enteredBy: session.staff.id,
    answers: {},
  });
  log.info("entered for a worker", {
    function: "serve-desk",
    applicationId: draft.id,
    staffId: session.staff.id,
  });
  // Whoever types for others likes all questions on one page.
  return redirect(paths.answers(programme.id, draft.id), cookies);
};
