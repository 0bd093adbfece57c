/** What is wrong with a row of an import, and how to mend it. */
import {
  importColumns,
  type ImportColumn,
  type ImportError,
  type ImportProblem,
} from "#shared/domain/import-columns.ts";
import type { FieldProblem } from "#shared/domain/form.ts";
import { sheetRowsMax, type SheetUnreadable } from "#shared/exports/sheet-table.ts";
import type { Text } from "#shared/kernel/text.ts";
import { problemText } from "#shared/web/messages.ts";
import { membersProblemWords } from "./words.ts";

export const unreadableWords: Readonly<Record<SheetUnreadable, Text>> = {
  empty: { zh: "文件是空的。", en: "The file is empty." },
  too_large: {
    zh: "文件超过 5 MB，请分成几个文件。",
    en: "The file is larger than 5 MB: split it.",
  },
  too_many_rows: {
    zh: `文件超过 ${sheetRowsMax} 行，请分成几个文件。`,
    en: `The file has more than ${sheetRowsMax} rows: split it.`,
  },
  not_a_table: {
    zh: "读不懂这个文件。请使用 XLSX，或另存为“CSV UTF-8”。",
    en: "This file can't be read. Use XLSX, or save it as “CSV UTF-8”.",
  },
};

type OwnProblem = Exclude<ImportProblem, FieldProblem | keyof typeof membersProblemWords>;

const ownWords: Readonly<Record<OwnProblem, Text>> = {
  number_cell: {
    zh: "这一格被表格软件存成了数字，后面的位数已经丢失。请把整列设为“文本”，重新填入完整号码",
    en: "The spreadsheet keeps this cell as a number and has lost its last digits. Format the column as text and type the whole number again",
  },
  unknown_unit: {
    zh: "没有这个工会，请填基层工会或街道服务站的全称或编号",
    en: "There is no such office: give the name or id of a grass-roots union or a station",
  },
  not_your_unit: {
    zh: "这个工会不属于本单位及下级，不能由您导入",
    en: "This office is not of your branch: you can't import its files",
  },
  differs_in_household: {
    zh: "和这一户“本人”那一行填的不一样，请改成一样，或只在“本人”那一行填",
    en: "It differs from the worker's row of this household: make them the same, or fill in the worker's row only",
  },
  household_number_missing: {
    zh: "缺少户编号，不知道属于哪一户",
    en: "The household number is missing, so nobody knows whose row this is",
  },
  column_missing: {
    zh: "缺少这一列，请用下载的模板",
    en: "This column is missing: use the template",
  },
  column_unknown: {
    zh: "不认识这一列的标题，请改成模板里的标题或删掉这一列",
    en: "No such column is known: use the template's heading, or delete it",
  },
  column_twice: { zh: "这一列出现了两次", en: "This column stands twice" },
  opened_in_future: { zh: "建档日期不能晚于今天", en: "The day can't lie after today" },
  no_policy_then: {
    zh: "这一天的年度没有确认的低保标准，不能核算类别",
    en: "No living standard is confirmed for that year, so no category can be worked out",
  },
  person_twice_in_file: {
    zh: "这个身份证号在文件里出现了两次，一个人只能在一户",
    en: "This ID number stands twice in the file: a person is of one household",
  },
  person_in_other_file: {
    zh: "这个人已经在另一份档案里：",
    en: "This person stands in another file already: ",
  },
  not_in_hardship: {
    zh: "按核算不符合建档标准：",
    en: "By the rules the household has no category with a file: ",
  },
};

const columnNamed = ({ column }: ImportError): ImportColumn | undefined =>
  importColumns.find(({ name }) => name === column);

export const columnTitle = (error: ImportError): Text => {
  const heading = typeof error.said === "string" ? error.said : "";
  return columnNamed(error)?.title ?? { zh: heading || "整户", en: heading || "the household" };
};

const isMembers = (problem: ImportProblem): problem is keyof typeof membersProblemWords =>
  Object.hasOwn(membersProblemWords, problem);

const isOwn = (problem: ImportProblem): problem is OwnProblem => Object.hasOwn(ownWords, problem);

/** The words for an error, with what the rules or the archive say of it. */
export const errorText = (error: ImportError): Text => {
  const { problem, said } = error;
  if (isMembers(problem)) return membersProblemWords[problem];
  if (isOwn(problem)) {
    const { zh, en } = ownWords[problem];
    if (said === undefined || problem === "column_unknown") return { zh, en };
    return typeof said === "string"
      ? { zh: `${zh}${said}`, en: `${en}${said}` }
      : { zh: `${zh}${said.zh}`, en: `${en}${said.en}` };
  }
  const field = columnNamed(error)?.field;
  return problemText(problem, field ?? { label: columnTitle(error), kind: "date", maxLength: 10 });
};
