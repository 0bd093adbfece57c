/** Lines of returns that moved nothing: what is odd about each, and what a person found out (policy 6). */
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { ListedException } from "#shared/ports/batch-store.ts";
import { dateTime } from "#shared/web/figures.ts";
import { attributes, html, lines, type Fragment, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, deskForm, figureHeading, mayDo, say, type Desk } from "../../frame.ts";
import { exceptionNames } from "../batch-words.ts";
import { wordsField } from "../oversight/words-field.ts";
import type { FormView } from "../people/fields.ts";

const exceptionsMax = 500;

const words = {
  title: { zh: "没有入账、需要核对的回盘行", en: "Lines of returns that moved nothing" },
  reference: { zh: "业务参考号", en: "Reference" },
  says: { zh: "情况", en: "What is odd" },
  file: { zh: "回盘文件", en: "Return" },
  line: { zh: "行", en: "Line" },
  whole: { zh: "整个文件", en: "the whole file" },
  unnamed: { zh: "未注明", en: "none" },
  answer: { zh: "核对结果", en: "Found out" },
  lead: {
    zh: "请逐行核对，勾选后写明核对结果；可以一次答复多行。全部答复后批次才能结清。",
    en: "Look into each line, tick it and say what you found; several can be answered at once. The batch closes once all are answered.",
  },
  how: { zh: "核对结果和处理办法", en: "What was found, and what is done about it" },
  send: { zh: "答复勾选的行", en: "Answer the ticked lines" },
} as const satisfies Record<string, Text>;

/** A line as forms name it. */
export const lineName = ({ returnKey, line }: Pick<ListedException, "returnKey" | "line">) =>
  `line ${returnKey.split("/").pop() ?? ""} ${line}`;

/** What may mean a double payment comes first, and what is answered last. */
const byWeight = (a: ListedException, b: ListedException): number =>
  Number(a.answer !== null) - Number(b.answer !== null) ||
  Number(b.code === "contradicts_settlement") - Number(a.code === "contradicts_settlement");

const answerCell = (
  desk: Desk,
  listed: ListedException,
  names: ReadonlyMap<string, string>,
): Fragment => {
  const { answer } = listed;
  if (answer === null) return "";
  return html`${lines(answer.words)}<br /><span class="soft"
      >${names.get(answer.by) ?? answer.by} · ${dateTime(answer.at, desk.request.locale)}</span
    >`;
};

/** The reference, with a box to tick where the line waits for an answer. */
const firstCell = (desk: Desk, listed: ListedException, ticks: boolean): Fragment => {
  const reference = listed.reference === "" ? say(desk, words.unnamed) : listed.reference;
  if (!ticks || listed.answer !== null) return reference;
  const name = lineName(listed);
  const input = attributes({
    type: "checkbox",
    name,
    value: "yes",
    checked: desk.request.form[name] === "yes",
  });
  return html`<label class="tick"
    ><input${input} /><span class="nowrap">${reference}</span></label
  >`;
};

export const exceptionsPart = async (
  desk: Desk,
  shown: {
    readonly batch: Batch;
    readonly exceptions: readonly ListedException[];
    readonly names: ReadonlyMap<string, string>;
  },
  view: FormView,
): Promise<Html | null> => {
  const { batch, exceptions, names } = shown;
  if (exceptions.length === 0) return null;
  const open = exceptions.filter(({ answer }) => answer === null).length;
  const ticks = open > 0 && mayDo(desk, "import_return");
  const rows = exceptions
    .toSorted(byWeight)
    .slice(0, exceptionsMax)
    .map((listed) => [
      firstCell(desk, listed, ticks),
      say(desk, exceptionNames[listed.code]),
      String(batch.returnKeys.indexOf(listed.returnKey) + 1),
      listed.line === 0 ? say(desk, words.whole) : String(listed.line),
      answerCell(desk, listed, names),
    ]);
  const head = [
    words.reference,
    words.says,
    figureHeading(words.file),
    figureHeading(words.line),
    words.answer,
  ];
  const list = cardTable(desk, head, rows);
  const title = html`<h2 id="exceptions">
    ${say(desk, words.title)} (${count(open)}/${count(exceptions.length)})
  </h2>`;
  if (!ticks) return html`${title}${list}`;
  const content = html`<p>${say(desk, words.lead)}</p>
    ${list}${wordsField(desk, view, words.how)}
    <p class="actions"><button class="second">${say(desk, words.send)}</button></p>`;
  return html`${title}${await deskForm(desk, paths.desk("batches", batch.id, "answers"), content)}`;
};
