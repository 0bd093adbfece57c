/** The columns of an import of hardship files, and what can be wrong with a cell, a row or a household. */
import type { Text } from "../kernel/text.ts";
import { fileFields, memberFields, type MembersProblem } from "./file-content.ts";
import type { Field, FieldProblem } from "./form.ts";

type MemberColumn = keyof typeof memberFields;
type FileColumn = keyof typeof fileFields;
export type ImportColumnName = "household" | "openedOn" | MemberColumn | FileColumn;

export interface ImportColumn {
  readonly name: ImportColumnName;
  readonly title: Text;
  /** Once a household, on the worker's row; or on every row. */
  readonly scope: "row" | "household";
  readonly field: Field<unknown> | null;
  /** A file without the column is refused. */
  readonly required: boolean;
}

/** The words before any bracket: columns are named shorter than questions. */
const short = ({ zh, en }: Text): Text => ({
  zh: zh.replace(/[（(].*$/u, "").replace(/^刚性支出：/u, ""),
  en: en
    .replace(/\s*\(.*$/u, "")
    .replace(/^Rigid expenditure: /u, "")
    .replace(/\?$/u, ""),
});

const columnsOf = (
  fields: Readonly<Record<string, Field<unknown>>>,
  scope: ImportColumn["scope"],
): readonly ImportColumn[] =>
  Object.entries(fields).map(([name, field]) => ({
    name: name as ImportColumnName,
    title: short(field.label),
    scope,
    field,
    required: !field.optional,
  }));

export const importColumns: readonly ImportColumn[] = [
  {
    name: "household",
    title: { zh: "户编号", en: "Household number" },
    scope: "row",
    field: null,
    required: true,
  },
  ...columnsOf(memberFields, "row"),
  ...columnsOf(fileFields, "household"),
  {
    name: "openedOn",
    title: { zh: "建档日期", en: "Opened on" },
    scope: "household",
    field: null,
    required: false,
  },
];

export type ImportProblem =
  | FieldProblem
  | MembersProblem
  /** The cell is a number, of which Excel has dropped digits, or is shown as 3.7E+17. */
  | "number_cell"
  | "unknown_unit"
  /** The office isn't of the branch of whoever imports. */
  | "not_your_unit"
  /** Another row of the household says something else. */
  | "differs_in_household"
  | "household_number_missing"
  | "column_missing"
  | "column_unknown"
  | "column_twice"
  | "opened_in_future"
  | "no_policy_then"
  | "person_twice_in_file"
  | "person_in_other_file"
  | "not_in_hardship";

export interface ImportError {
  /** 0: of the heading row, or of the file. */
  readonly line: number;
  readonly column: ImportColumnName | null;
  /** What a heading says that is no column, or what the rules say of a household. */
  readonly said?: string | Text;
  readonly problem: ImportProblem;
}

const normalised = (heading: string): string =>
  heading
    .normalize("NFKC")
    .replace(/\(.*\)$/u, "")
    .replaceAll(/[\s*：:]/gu, "")
    .toLowerCase();

/** The column that a heading names, in either language, whatever its gaps and brackets. */
export const columnOf = (heading: string): ImportColumn | undefined =>
  importColumns.find(({ name, title }) =>
    [name, title.zh, title.en].some((known) => normalised(known) === normalised(heading)),
  );
