/** How the demonstration speaks: one line a step, in both languages, and a table at the end. */
import type { Tier } from "#shared/domain/organisation.ts";
import type { Status } from "#shared/domain/application.ts";
import { displayYuan, type Fen } from "#shared/kernel/money.ts";
import { stdout } from "node:process";

export interface CaseFigures {
  readonly applicationId: string;
  readonly programme: string;
  readonly category: string;
  readonly amountFen: Fen;
  readonly tiers: readonly Tier[];
  readonly fund: string;
  readonly days: number;
  readonly status: Status;
  readonly transitions: number;
  readonly writeUnits: number;
  readonly mails: number;
  /** Category, amount, tiers and fund are those of the worked case. */
  readonly asExpected: boolean;
}

export const tell = (zh: string, en: string): void => {
  stdout.write(`· ${zh}\n  ${en}\n`);
};

/** Chinese characters take two columns of a terminal. */
const width = (text: string): number =>
  Array.from(text).reduce(
    (sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1),
    0,
  );

const padded = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - width(text)));

const headings = [
  "programme",
  "category",
  "award",
  "tiers",
  "fund",
  "days",
  "state",
  "transitions",
  "write units",
  "mails",
] as const;

const row = (figures: CaseFigures): readonly string[] => [
  figures.programme,
  figures.category,
  displayYuan(figures.amountFen),
  figures.tiers.join(" → "),
  figures.fund,
  String(figures.days),
  figures.status,
  String(figures.transitions),
  String(figures.writeUnits),
  String(figures.mails),
];

export const tellFigures = (figures: readonly CaseFigures[]): void => {
  const rows = [headings, ...figures.map(row)];
  const columns = headings.map((_heading, index) =>
    Math.max(...rows.map((cells) => width(cells[index] ?? ""))),
  );
  const lines = rows.map((cells) =>
    cells.map((cell, index) => padded(cell, columns[index] ?? 0)).join("  "),
  );
  stdout.write(`\n${lines.join("\n")}\n\n`);
};
