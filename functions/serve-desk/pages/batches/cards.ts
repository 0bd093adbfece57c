/** Mended card details before a second person (policy 6): old and new side by side, one or several passed at once. */
import {
  cardsToCheck,
  hasSameHolder,
  loadCardChange,
  passMendedCard,
  sendBackMendedCard,
  type CardChange,
  type CardChecked,
  type ShownCard,
} from "#shared/casework/check-card.ts";
import { maskedCard, maskedName } from "#shared/domain/masking.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { failureWords } from "#shared/web/case-words.ts";
import { attributes, html, type Fragment, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  cardTable,
  count,
  deskForm,
  deskMessage,
  deskPage,
  figureHeading,
  mayDo,
  say,
  type Desk,
} from "../../frame.ts";
import {
  emptyView,
  typedWords,
  wordsField,
  wordsName,
  wordsProblem,
} from "../oversight/words-field.ts";
import type { FormView } from "../people/fields.ts";

const atOnceMax = 100;
const readsAtOnce = 16;

const words = {
  title: { zh: "核对更正后的收款信息", en: "Mended card details to check" },
  lead: {
    zh: "银行退回后，申请人更正了收款信息。请核对户名没有变化、账号和开户行合理；核对无误后案件重新待发放，沿用原审批，资金一直为其保留。",
    en: "After the bank's refusal these applicants gave other details. Check that the holder is the same and that card and bank make sense; the case is then payable again under the same approval.",
  },
  none: { zh: "目前没有待核对的收款信息。", en: "No mended details wait to be checked." },
  case: { zh: "受理编号", en: "Case" },
  holder: { zh: "户名", en: "Holder" },
  before: { zh: "银行退回的", en: "Refused by the bank" },
  after: { zh: "更正后的", en: "Given instead" },
  why: { zh: "银行退回原因", en: "The bank's reason" },
  amount: { zh: "金额", en: "Amount" },
  since: { zh: "更正时间", en: "Given" },
  same: { zh: "未变", en: "the same" },
  other: { zh: "户名已变，不能通过", en: "another name: can't be passed" },
  pass: { zh: "勾选的核对无误", en: "The ticked ones are right" },
  tickFirst: { zh: "请先勾选已核对的案件", en: "Tick the ones you have checked" },
  back: { zh: "退回更正", en: "Send back" },
  backTitle: { zh: "退回申请人再更正", en: "Send back to be mended once more" },
  backLead: {
    zh: "申请人会在进度页看到您写的话，并按规定的天数重新更正。",
    en: "The applicant reads your words on the status page and has the same number of days once more.",
  },
  backWords: { zh: "请申请人更正什么", en: "What the applicant is to mend" },
  backRequired: { zh: "请写明要更正什么", en: "Say what is to be mended" },
  toList: { zh: "返回待核对列表", en: "Back to the list" },
  moreLater: {
    zh: `一次最多列出 ${atOnceMax} 件，核对后显示其余的。`,
    en: `At most ${atOnceMax} are listed; the rest follow once these are checked.`,
  },
} as const satisfies Record<string, Text>;

/** A card as forms name it: what is passed is the version that was looked at. */
const nameOf = ({ id, version }: ShownCard): string => `card ${id} ${version}`;
const namePattern = /^card (?<id>SN[0-9A-Z]{10}) (?<version>\d{1,6})$/u;

const shownOf = ({ application: { id, version } }: CardChange): ShownCard => ({ id, version });

const details = ({ bankName, cardNumber }: CardChange["before"]): Html =>
  html`<span class="nowrap">${maskedCard(cardNumber)}</span><br />${bankName}`;

const firstCell = (desk: Desk, change: CardChange): Fragment => {
  const { id } = change.application;
  const link = html`<a class="nowrap" href="${paths.desk("case", id)}">${id}</a>`;
  if (!mayDo(desk, "check_card") || !hasSameHolder(change)) return link;
  const name = nameOf(shownOf(change));
  const checked = desk.request.form[name] === "yes";
  const input = attributes({ type: "checkbox", name, value: "yes", checked });
  return html`<label class="tick"><input${input} /><span class="nowrap">${id}</span></label>`;
};

const rowOf = (desk: Desk, change: CardChange): readonly Fragment[] => {
  const { application, before, after } = change;
  const { locale } = desk.request;
  const reason = failureWords(application.failureCode);
  return [
    firstCell(desk, change),
    html`${maskedName(after.name)}<br />${
        hasSameHolder(change)
          ? html`<span class="soft">${say(desk, words.same)}</span>`
          : html`<span class="tag wrong">${say(desk, words.other)}</span>`
      }`,
    details(before),
    details(after),
    reason ? say(desk, reason) : "",
    amount(application.amountFen, locale),
    html`${dateTime(application.since, locale)}${
      mayDo(desk, "check_card")
        ? html`<br /><a href="${paths.desk("batches", "cards", application.id)}"
              >${say(desk, words.back)}<span class="unseen"> ${application.id}</span></a
            >`
        : null
    }`,
  ];
};

const listPage = async (desk: Desk, problem: Text | null): Promise<PageResponse> => {
  const listed = await cardsToCheck(desk.uses, atOnceMax);
  const loaded = await inParallel(listed, readsAtOnce, ({ applicationId }) =>
    loadCardChange(desk.uses, applicationId),
  );
  const changes = loaded.filter((change) => change !== null);
  const head = [
    words.case,
    words.holder,
    words.before,
    words.after,
    words.why,
    figureHeading(words.amount),
    words.since,
  ];
  const list = html`<div id="list">
      ${cardTable(
        desk,
        head,
        changes.map((change) => rowOf(desk, change)),
      )}
    </div>
    ${listed.length === atOnceMax ? html`<p class="soft">${say(desk, words.moreLater)}</p>` : null}`;
  const form = mayDo(desk, "check_card")
    ? await deskForm(
        desk,
        paths.desk("batches", "cards"),
        html`${list}
          <p class="actions"><button>${say(desk, words.pass)}</button></p>`,
      )
    : list;
  const title = `${say(desk, words.title)} (${count(changes.length)})`;
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(problem ? [{ href: "#list", words: say(desk, problem) }] : [], desk.request.locale)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      ${changes.length === 0 ? html`<p>${say(desk, words.none)}</p>` : form}`,
  });
};

export const showCards = (desk: Desk): Promise<PageResponse> => listPage(desk, null);

const outcomeTitles: Readonly<Record<Exclude<CardChecked, "done">, Text>> = {
  moved: {
    zh: "已有人核对，或申请人又有变化",
    en: "was checked by somebody, or has changed since",
  },
  own_entry: {
    zh: "是您代办录入的，需由另一人核对",
    en: "was entered by you for its worker: another person checks it",
  },
  other_holder: { zh: "户名与原来不同", en: "has another holder" },
};

/** What could not be passed is said; the others are done. */
const partlyDone = (
  desk: Desk,
  left: readonly { readonly id: string; readonly outcome: Exclude<CardChecked, "done"> }[],
): PageResponse => {
  const told = (locale: "zh" | "en"): string =>
    left.map(({ id, outcome }) => `${id}：${outcomeTitles[outcome][locale]}`).join("；");
  return deskMessage(desk, 409, {
    title: { zh: "有的没有通过", en: "Not all of them were passed" },
    happened: { zh: `${told("zh")}。其余的已办理。`, en: `${told("en")}. The others are done.` },
    next: { zh: "请返回列表查看。", en: "Please look at the list again." },
    link: { href: paths.desk("batches", "cards"), label: words.toList },
  });
};

/** Passes all that were ticked, each on its own. */
export const passCards = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const ticked = Object.entries(request.form).flatMap(([name, value]): readonly ShownCard[] => {
    const groups = value === "yes" ? namePattern.exec(name)?.groups : undefined;
    const id = parseApplicationId(groups?.["id"] ?? "");
    return id ? [{ id, version: Number(groups?.["version"]) }] : [];
  });
  if (ticked.length === 0) return listPage(desk, words.tickFirst);
  const left: { readonly id: string; readonly outcome: Exclude<CardChecked, "done"> }[] = [];
  for (const shown of ticked.slice(0, atOnceMax)) {
    const outcome = await passMendedCard(uses, shown, session.staff.id);
    if (outcome !== "done") left.push({ id: shown.id, outcome });
  }
  return left.length === 0 ? redirect(paths.desk("batches", "cards")) : partlyDone(desk, left);
};

const backPage = async (desk: Desk, change: CardChange, view: FormView): Promise<PageResponse> => {
  const { id, version } = change.application;
  const head = [words.holder, words.before, words.after, words.why];
  const [, holder = "", before = "", after = "", why = ""] = rowOf(desk, change);
  const { problem } = view;
  return deskPage(desk, {
    title: `${say(desk, words.backTitle)} ${id}`,
    status: problem ? 422 : 200,
    body: html`${errorSummary(problem ? [{ href: `#${problem.field}`, words: say(desk, problem.says) }] : [], desk.request.locale)}
      <h1>${say(desk, words.backTitle)}</h1>
      <p class="lead">${say(desk, words.backLead)}</p>
      <p><a href="${paths.desk("case", id)}">${id}</a></p>
      ${cardTable(desk, head, [[holder, before, after, why]])}
      ${await deskForm(
        desk,
        paths.desk("batches", "cards", id),
        html`<input type="hidden" name="version" value="${version}" />
          ${wordsField(desk, view, words.backWords)}
          <p class="actions"><button class="second">${say(desk, words.back)}</button></p>`,
      )}
      <p><a href="${paths.desk("batches", "cards")}">${say(desk, words.toList)}</a></p>`,
  });
};

const changeAt = (desk: Desk, typed: string): Promise<CardChange | null> => {
  const id = parseApplicationId(typed);
  return id ? loadCardChange(desk.uses, id) : Promise.resolve(null);
};

export const showSendBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const change = await changeAt(desk, typed);
  return change ? backPage(desk, change, emptyView) : notFoundPage(desk.request.locale);
};

export const sendBack = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const change = await changeAt(desk, typed);
  // Sent twice: it went back, and stands in the list no more.
  if (!change) return redirect(paths.desk("batches", "cards"));
  const said = typedWords(desk);
  const problem = wordsProblem(said, words.backRequired);
  if (problem) return backPage(desk, change, { values: { [wordsName]: said }, problem });
  const shown = { id: change.application.id, version: Number(request.form["version"]) };
  const given = { by: session.staff.id, words: said };
  const outcome = await sendBackMendedCard(uses, shown, given);
  return outcome === "done"
    ? redirect(paths.desk("batches", "cards"))
    : partlyDone(desk, [{ id: shown.id, outcome }]);
};
