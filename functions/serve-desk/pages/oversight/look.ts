/**
 * One decision drawn for a second look: what was decided, the case to read, and the finding. Whoever has had a
 * part in the case can't give one (policy 4.4).
 */
import { loadCase } from "#shared/casework/load.ts";
import { mayLook, recordFinding } from "#shared/casework/second-look.ts";
import { seedNameOn, type SecondLook } from "#shared/domain/second-look.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { redirect } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskMessage, deskPage, factRow, forbidden } from "../../frame.ts";
import { mayDo, say, type Desk } from "../../frame.ts";
import { selectField, type FormView } from "../people/fields.ts";
import { decisionNames, maySeeOversight } from "./overview.ts";
import {
  emptyView,
  summaryOf,
  typedWords,
  wordsField,
  wordsName,
  wordsProblem,
} from "./words-field.ts";

const words = {
  title: { zh: "抽查复核", en: "Second look" },
  decision: { zh: "决定", en: "Decision" },
  decidedAt: { zh: "决定时间", en: "Decided" },
  draw: { zh: "抽取", en: "Draw" },
  seed: { zh: "种子", en: "Seed" },
  seedLater: {
    zh: "本月结束后显示，以免有人预先算出哪些会被抽中",
    en: "shown when the month is over, so that nobody works out beforehand what will be drawn",
  },
  case: { zh: "查看案件全部内容", en: "See the whole case" },
  finding: { zh: "复核结果", en: "Finding" },
  choose: { zh: "请选择", en: "Choose" },
  confirmed: { zh: "决定正确", en: "The decision is right" },
  concern: { zh: "有疑点", en: "There is a concern" },
  why: { zh: "理由", en: "Why" },
  whyRequired: { zh: "请写明理由", en: "Say why" },
  findingRequired: { zh: "请选择复核结果", en: "Choose a finding" },
  record: { zh: "记录复核结果", en: "Record the finding" },
  notYours: {
    zh: "您参与过这个案件，不能复核，请由其他人员办理。",
    en: "You have had a part in this case, so somebody else has to look at it.",
  },
  looked: { zh: "复核人、时间", en: "Looked at by" },
  done: { zh: "处理结果", en: "What was done" },
  doneRequired: { zh: "请写明怎么处理的", en: "Say what was done" },
  answer: { zh: "记录处理结果", en: "Record what was done" },
  list: { zh: "回到清单", en: "Back to the list" },
} as const satisfies Record<string, Text>;

const versionPattern = /^[1-9]\d{0,5}$/u;

const loadLook = async (
  { uses }: Desk,
  typedId: string,
  typedVersion: string,
): Promise<SecondLook | null> => {
  const id = parseApplicationId(typedId);
  return id && versionPattern.test(typedVersion)
    ? uses.oversight.secondLook(id, Number(typedVersion))
    : null;
};

const pathsOf = (area: "looks" | "concerns", look: SecondLook): string =>
  paths.desk("oversight", area, look.applicationId, String(look.caseVersion));

const nameOf = async ({ uses }: Desk, id: SecondLook["lookedBy"]): Promise<string> =>
  (id && (await uses.directory.staff(id))?.name) ?? id ?? "";

/** What was found, and what came of it. */
const findings = async (desk: Desk, look: SecondLook): Promise<Html | null> => {
  const { locale } = desk.request;
  if (look.lookedAt === null || look.finding === null) return null;
  const by = `${await nameOf(desk, look.lookedBy)} · ${dateTime(look.lookedAt, locale)}`;
  const answered =
    look.answeredAt === null
      ? null
      : factRow(
          say(desk, words.done),
          html`${lines(look.answer)}<br /><span class="soft small"
              >${await nameOf(desk, look.answeredBy)} · ${dateTime(look.answeredAt, locale)}</span
            >`,
        );
  return html`<dl class="facts">
    ${factRow(say(desk, words.looked), by)}
    ${factRow(say(desk, words.finding), say(desk, words[look.finding]))}
    ${factRow(say(desk, words.why), lines(look.reason))} ${answered}
  </dl>`;
};

const findingForm = (desk: Desk, look: SecondLook, view: FormView): Promise<Html> =>
  deskForm(
    desk,
    pathsOf("looks", look),
    html`${selectField(desk, view, "finding", {
        label: words.finding,
        options: [
          { value: "", label: say(desk, words.choose) },
          { value: "confirmed", label: say(desk, words.confirmed) },
          { value: "concern", label: say(desk, words.concern) },
        ],
      })}
      ${wordsField(desk, view, words.why)}
      <p class="actions"><button>${say(desk, words.record)}</button></p>`,
  );

const answerForm = (desk: Desk, look: SecondLook, view: FormView): Promise<Html> =>
  deskForm(
    desk,
    pathsOf("concerns", look),
    html`${wordsField(desk, view, words.done)}
      <p class="actions"><button>${say(desk, words.answer)}</button></p>`,
  );

const nextStep = async (desk: Desk, look: SecondLook, view: FormView): Promise<Html | null> => {
  if (look.lookedAt === null && mayDo(desk, "second_look")) {
    const application = await loadCase(desk.uses, look.applicationId);
    return (await mayLook(desk.uses, application, desk.session.staff))
      ? findingForm(desk, look, view)
      : html`<p class="notice wait">${say(desk, words.notYours)}</p>`;
  }
  const open = look.finding === "concern" && look.answeredAt === null;
  return open && mayDo(desk, "answer_concern") ? answerForm(desk, look, view) : null;
};

/** The seed lets anybody draw again; until the month is over it would let somebody draw ahead. */
const drawWords = (desk: Desk, { seed, seedName, drawn }: SecondLook): Html => {
  const over = seedName !== seedNameOn(desk.uses.clock.now());
  return html`${factRow(say(desk, words.draw), `${seedName} → ${drawn.toFixed(6)}`)}
  ${factRow(
    say(desk, words.seed),
    over ? html`<span class="code small">${seed}</span>` : say(desk, words.seedLater),
  )}`;
};

const lookPage = async (desk: Desk, look: SecondLook, view: FormView): Promise<PageResponse> => {
  const title = `${say(desk, words.title)} ${look.applicationId}`;
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.decision), say(desk, decisionNames[look.decision]))}
        ${factRow(say(desk, words.decidedAt), dateTime(look.drawnAt, desk.request.locale))}
        ${drawWords(desk, look)}
      </dl>
      <p class="actions">
        <a class="button second" href="${paths.desk("case", look.applicationId)}"
          >${say(desk, words.case)}</a
        >
      </p>
      ${await findings(desk, look)}${await nextStep(desk, look, view)}
      <p><a href="${paths.desk("oversight")}">${say(desk, words.list)}</a></p>`,
  });
};

export const showLook = async (
  desk: Desk,
  typedId: string,
  typedVersion: string,
): Promise<PageResponse> => {
  if (!maySeeOversight(desk)) return forbidden(desk, "second_look");
  const look = await loadLook(desk, typedId, typedVersion);
  return look ? lookPage(desk, look, emptyView) : notFoundPage(desk.request.locale);
};

const takenBefore = (desk: Desk, look: SecondLook): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "已有人办理", en: "Somebody was first" },
    happened: {
      zh: "这一项刚才已由其他人员记录，您填写的没有保存。",
      en: "This was recorded by somebody else a moment ago; what you wrote was not kept.",
    },
    next: { zh: "请查看已记录的内容。", en: "Please look at what stands recorded." },
    link: { href: pathsOf("looks", look), label: words.title },
  });

export const giveFinding = async (
  desk: Desk,
  typedId: string,
  typedVersion: string,
): Promise<PageResponse> => {
  const look = await loadLook(desk, typedId, typedVersion);
  if (!look) return notFoundPage(desk.request.locale);
  const { staff } = desk.session;
  const typed = typedWords(desk);
  const given = desk.request.form["finding"];
  const finding = given === "confirmed" || given === "concern" ? given : null;
  const problem = finding
    ? wordsProblem(typed, words.whyRequired)
    : { field: "finding", says: words.findingRequired };
  if (!finding || problem) {
    return lookPage(desk, look, {
      values: { [wordsName]: typed, finding: given ?? "" },
      problem,
    });
  }
  const application = await loadCase(desk.uses, look.applicationId);
  const recorded = await recordFinding(desk.uses, look, application, {
    finding,
    reason: typed,
    by: staff,
  });
  if (recorded.kind === "not_independent") return forbidden(desk, "touched_the_case");
  if (recorded.kind === "looked_before") return takenBefore(desk, look);
  log.info("second look", {
    function: "serve-desk",
    applicationId: look.applicationId,
    staffId: staff.id,
  });
  return redirect(paths.desk("oversight"));
};

export const answerOne = async (
  desk: Desk,
  typedId: string,
  typedVersion: string,
): Promise<PageResponse> => {
  const look = await loadLook(desk, typedId, typedVersion);
  if (look?.finding !== "concern") return notFoundPage(desk.request.locale);
  const typed = typedWords(desk);
  const problem = wordsProblem(typed, words.doneRequired);
  if (problem) return lookPage(desk, look, { values: { [wordsName]: typed }, problem });
  const remark = { at: desk.uses.clock.now(), by: desk.session.staff.id, words: typed };
  if (!(await desk.uses.oversight.answerConcern(look, remark))) return takenBefore(desk, look);
  return redirect(paths.desk("oversight"));
};
