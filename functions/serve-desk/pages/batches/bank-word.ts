/** What finance enters of a batch that the bank has: its receipt, and answers to odd lines. Sent twice, it counts once. */
import { answerExceptions, enterAcceptance, type Entered } from "#shared/casework/accept-batch.ts";
import { readAcceptance, type AcceptanceField } from "#shared/domain/batch-acceptance.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";
import { batchPage } from "../batch.ts";
import { changedSince, loadBatch } from "../batch-actions.ts";
import { typedWords, wordsName, wordsProblem } from "../oversight/words-field.ts";
import { lineName } from "./exceptions.ts";

const fieldProblems: Readonly<Record<AcceptanceField, Text>> = {
  number: {
    zh: "请填写银行批次号，最多 40 个字母、数字",
    en: "Enter the bank's batch number: letters and digits, at most 40",
  },
  count: { zh: "请用数字填写受理笔数", en: "Enter the number of payments in digits" },
  sum: {
    zh: "请填写受理金额，最多两位小数，不用千位分隔符",
    en: "Enter the sum with at most two decimals and no thousands separators",
  },
};

const needsAnswer: Text = { zh: "请写明核对结果", en: "Say what you found" };
const needsTick: Text = { zh: "请先勾选要答复的行", en: "Tick the lines you are answering" };

const answerOf = (desk: Desk, batch: Batch, entered: Entered): PageResponse =>
  entered === "done" ? redirect(paths.desk("batches", batch.id)) : changedSince(desk, batch);

/** Takes down the bank's receipt. */
export const enterReceipt = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(request.locale);
  const { number = "", count = "", sum = "" } = request.form;
  const values = { number, count, sum };
  const read = readAcceptance(values);
  if (read.kind === "problems") {
    const [field = "number"] = read.fields;
    return batchPage(desk, batch, {
      form: "acceptance",
      values,
      problem: { field, says: fieldProblems[field] },
    });
  }
  const { kind: _kind, ...receipt } = read;
  return answerOf(desk, batch, await enterAcceptance(uses, batch, receipt, session.staff.id));
};

/** Takes down what somebody found out about the ticked lines. */
export const answerLines = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(request.locale);
  const listed = await uses.batches.exceptions(batch.id);
  const ticked = listed.filter((one) => request.form[lineName(one)] === "yes");
  const said = typedWords(desk);
  const problem =
    ticked.length === 0 ? { field: wordsName, says: needsTick } : wordsProblem(said, needsAnswer);
  if (problem) {
    return batchPage(desk, batch, { form: "answers", values: { [wordsName]: said }, problem });
  }
  const given = { by: session.staff.id, words: said };
  return answerOf(desk, batch, await answerExceptions(uses, batch, ticked, given));
};
