/**
 * Rows of a spreadsheet as households of the hardship archive: one row a member, the rows of a household joined by
 * its number, what is asked once a household on the worker's row. Everything that is wrong is named by row and
 * column, so that a file can be mended in one go. Pure.
 */
import type { LocalDate } from "../kernel/calendar.ts";
import { parseLocalDate } from "../kernel/calendar.ts";
import {
  fileFields,
  memberFields,
  membersProblem,
  workerFirst,
  type FileDeclaration,
  type Member,
} from "./file-content.ts";
import { readForm, type Answers, type FactsOf, type Field, type Fields } from "./form.ts";
import {
  columnOf,
  importColumns,
  type ImportColumn,
  type ImportColumnName,
  type ImportError,
  type ImportProblem,
} from "./import-columns.ts";

export interface ImportCell {
  readonly text: string;
  readonly isNumber: boolean;
}
export interface ImportRow {
  readonly line: number;
  readonly cells: readonly ImportCell[];
}

export interface ImportedHousehold {
  readonly number: string;
  /** The worker's row, and the row of each member in their order. */
  readonly line: number;
  readonly memberLines: readonly number[];
  readonly declaration: FileDeclaration;
  readonly openedOn: LocalDate | null;
}

export interface ImportReading {
  readonly households: readonly ImportedHousehold[];
  readonly errors: readonly ImportError[];
}

interface Head {
  readonly places: ReadonlyMap<ImportColumnName, number>;
  readonly errors: readonly ImportError[];
}

const readHead = (row: ImportRow | undefined): Head => {
  const places = new Map<ImportColumnName, number>();
  const errors: ImportError[] = [];
  for (const [place, { text }] of (row?.cells ?? []).entries()) {
    if (text === "") continue;
    const column = columnOf(text);
    if (!column) errors.push({ line: 0, column: null, said: text, problem: "column_unknown" });
    else if (places.has(column.name)) {
      errors.push({ line: 0, column: column.name, problem: "column_twice" });
    } else places.set(column.name, place);
  }
  for (const { name, required } of importColumns) {
    if (required && !places.has(name)) {
      errors.push({ line: 0, column: name, problem: "column_missing" });
    }
  }
  return { places, errors };
};

/** Numbers that name something: counted with, they lose digits. */
const codeKinds = ["id_number", "bank_card", "phone"];
/** As many digits as Excel keeps. */
const exactDigits = /^\d{1,15}$/u;

const isSpoilt = (column: ImportColumn, cell: ImportCell): boolean =>
  cell.isNumber &&
  (column.name === "household" || codeKinds.includes(column.field?.kind ?? "")) &&
  !exactDigits.test(cell.text);

const yesWords = ["是", "有", "yes", "y", "true", "1"];
const noWords = ["否", "无", "没有", "no", "n", "false", "0", ""];

const asOption = (field: Field<unknown>, text: string): string =>
  field.options?.find(
    ({ value, label }) => value === text || label.zh === text || label.en === text,
  )?.value ?? text;

/** What a cell says in the form's own terms: an option's value, "yes" and "no", an office's id. */
const typedIn = (column: ImportColumn, text: string, units: UnitNames): string => {
  const kind = column.field?.kind;
  if (kind === "yes_no") {
    const said = text.toLowerCase();
    return yesWords.includes(said) ? "yes" : noWords.includes(said) ? "no" : text;
  }
  if (kind === "choice" && column.field) {
    return text === "" ? (emptyChoices[column.name] ?? "") : asOption(column.field, text);
  }
  return kind === "unit" ? (units.get(text) ?? text) : text;
};

/** What an empty cell means where nothing is an answer too. */
const emptyChoices: Readonly<Partial<Record<ImportColumnName, string>>> = {
  health: "good",
  secondaryCause: "none",
  modelWorker: "none",
};

/** Offices that keep files, by id and by either name. */
export type UnitNames = ReadonlyMap<string, string>;

interface ReadRow {
  readonly line: number;
  readonly household: string;
  readonly typed: Readonly<Record<string, string>>;
  /** As they stand in the sheet, to compare rows of a household. */
  readonly raw: Readonly<Record<string, string>>;
  readonly errors: readonly ImportError[];
}

const readRow = (row: ImportRow, head: Head, units: UnitNames): ReadRow => {
  const typed: Record<string, string> = {};
  const raw: Record<string, string> = {};
  const errors: ImportError[] = [];
  for (const column of importColumns) {
    const place = head.places.get(column.name);
    const cell = (place === undefined ? undefined : row.cells[place]) ?? {
      text: "",
      isNumber: false,
    };
    raw[column.name] = cell.text;
    typed[column.name] = typedIn(column, cell.text, units);
    if (isSpoilt(column, cell)) {
      errors.push({ line: row.line, column: column.name, problem: "number_cell" });
    }
  }
  const household = typed["household"] ?? "";
  if (household === "") {
    errors.push({ line: row.line, column: "household", problem: "household_number_missing" });
  }
  return { line: row.line, household, typed, raw, errors };
};

const pick = (typed: Answers, names: readonly string[]): Answers =>
  Object.fromEntries(names.map((name) => [name, typed[name] ?? ""]));

const readFields = <F extends Fields>(
  fields: F,
  row: ReadRow,
): { readonly facts: FactsOf<F> | null; readonly errors: readonly ImportError[] } => {
  const spoilt = new Set(row.errors.map(({ column }) => column));
  const reading = readForm({ fields, sections: [] }, pick(row.typed, Object.keys(fields)));
  if (reading.kind === "facts") return { facts: reading.facts, errors: [] };
  const errors = Object.entries(reading.problems)
    // A number cell is named as such; that its digits are wrong then says nothing more.
    .filter(([name]) => !spoilt.has(name as ImportColumnName))
    .map(([name, problem]): ImportError => ({
      line: row.line,
      column: name as ImportColumnName,
      problem,
    }));
  return { facts: null, errors };
};

const householdColumns = importColumns.filter(({ scope }) => scope === "household");

/** Rows beside the worker's may repeat what is asked once, or leave it empty; they may not contradict it. */
const contradictions = (worker: ReadRow, rows: readonly ReadRow[]): readonly ImportError[] =>
  rows
    .filter((row) => row !== worker)
    .flatMap((row) =>
      householdColumns
        .filter(({ name }) => row.raw[name] !== "" && row.raw[name] !== worker.raw[name])
        .map(({ name }): ImportError => ({
          line: row.line,
          column: name,
          problem: "differs_in_household",
        })),
    );

const openedOnIn = (
  row: ReadRow,
  today: LocalDate,
): { readonly openedOn: LocalDate | null; readonly errors: readonly ImportError[] } => {
  const typed = row.typed["openedOn"] ?? "";
  if (typed === "") return { openedOn: null, errors: [] };
  const openedOn = parseLocalDate(typed.replaceAll("/", "-"));
  const error = (problem: ImportProblem) => [
    { line: row.line, column: "openedOn", problem } as const,
  ];
  if (!openedOn) return { openedOn: null, errors: error("not_a_date") };
  return openedOn > today
    ? { openedOn, errors: error("opened_in_future") }
    : { openedOn, errors: [] };
};

const readHousehold = (
  number: string,
  rows: readonly ReadRow[],
  today: LocalDate,
): { readonly household: ImportedHousehold | null; readonly errors: readonly ImportError[] } => {
  const members = rows.map((row) => readFields(memberFields, row));
  const worker = rows.find(({ typed }) => typed["relation"] === "worker") ?? rows[0];
  if (!worker) return { household: null, errors: [] };
  const file = readFields(fileFields, worker);
  const opened = openedOnIn(worker, today);
  const read = members.flatMap(({ facts }) => facts ?? []);
  const together = read.length === rows.length ? membersProblem(read) : null;
  const errors = [
    ...rows.flatMap((row) => row.errors),
    ...members.flatMap((member) => member.errors),
    ...file.errors,
    ...opened.errors,
    ...contradictions(worker, rows),
    ...(together ? [{ line: worker.line, column: "relation", problem: together } as const] : []),
  ];
  if (errors.length > 0 || !file.facts) return { household: null, errors };
  const lineOf = (member: Member): number =>
    rows[read.findIndex((one) => one === member)]?.line ?? worker.line;
  const ordered = workerFirst(read);
  return {
    household: {
      number,
      line: worker.line,
      memberLines: ordered.map(lineOf),
      declaration: { facts: file.facts, members: ordered, people: ordered.length },
      openedOn: opened.openedOn,
    },
    errors: [],
  };
};

/** People who stand in two rows of the file. */
const twiceInFile = (households: readonly ImportedHousehold[]): readonly ImportError[] => {
  const seen = new Set<string>();
  return households.flatMap(({ declaration, memberLines }) =>
    declaration.members.flatMap(({ idNumber }, place): readonly ImportError[] => {
      if (!seen.has(idNumber)) {
        seen.add(idNumber);
        return [];
      }
      const line = memberLines[place] ?? 0;
      return [{ line, column: "idNumber", problem: "person_twice_in_file" }];
    }),
  );
};

const byLine = (one: ImportError, other: ImportError): number => one.line - other.line;

/** Reads a whole sheet, its first row the headings. Households with an error are left out of `households`. */
export const readImport = (
  rows: readonly ImportRow[],
  units: UnitNames,
  today: LocalDate,
): ImportReading => {
  const [first, ...rest] = rows;
  const head = readHead(first);
  if (head.errors.length > 0) return { households: [], errors: head.errors };
  const grouped = new Map<string, ReadRow[]>();
  const lost: ImportError[] = [];
  for (const row of rest) {
    const read = readRow(row, head, units);
    if (read.household === "") lost.push(...read.errors);
    else grouped.set(read.household, [...(grouped.get(read.household) ?? []), read]);
  }
  const read = [...grouped].map(([number, group]) => readHousehold(number, group, today));
  const households = read.flatMap(({ household }) => household ?? []);
  const errors = [...lost, ...read.flatMap((one) => one.errors), ...twiceInFile(households)];
  return { households, errors: errors.toSorted(byLine) };
};
