/** Reading text parted by delimiters and line ends, cells in quotes where they need it (RFC 4180), as banks write it. */

export interface DelimitedRow {
  /** The line of the file on which the row ends. */
  readonly line: number;
  readonly cells: readonly string[];
}

const lineEnd = /\r\n|\r|\n/uy;
const lineEnds = /\r\n|\r|\n/gu;

const matchAt = (pattern: RegExp, text: string, at: number): string | null => {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
};

/** Where the quote is closed that stands at `at`: by the first one that no other follows; -1 when it never is. */
const closingQuote = (text: string, at: number): number => {
  let end = text.indexOf('"', at + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end;
};

/**
 * Rows of cells; empty lines are left out. A quote inside a cell that none opens is a letter like any other, and so are
 * quotes with something after them. @returns null when a quote is never closed.
 */
export const readDelimited = (
  written: string,
  delimiter: string,
): readonly DelimitedRow[] | null => {
  const text = written.startsWith("\uFEFF") ? written.slice(1) : written;
  const plain = new RegExp(`[^\\r\\n${delimiter === "|" ? "\\|" : delimiter}]*`, "uy");
  const rows: DelimitedRow[] = [];
  let cells: string[] = [];
  let line = 1;
  for (let at = 0; at < text.length || cells.length > 0;) {
    let cell = "";
    if (text[at] === '"') {
      const end = closingQuote(text, at);
      if (end < 0) return null;
      const inside = text.slice(at + 1, end);
      const rest = matchAt(plain, text, end + 1) ?? "";
      at = end + 1 + rest.length;
      cell = inside.replaceAll('""', '"');
      if (rest !== "") cell = `"${cell}"${rest}`;
      line += inside.match(lineEnds)?.length ?? 0;
    } else {
      cell = matchAt(plain, text, at) ?? "";
      at += cell.length;
    }
    cells.push(cell);
    if (text[at] === delimiter) {
      at += 1;
      // A row that ends in a delimiter ends in an empty cell.
      if (at < text.length) continue;
      cells.push("");
    }
    if (cells.length > 1 || cells[0] !== "") rows.push({ line, cells });
    cells = [];
    const end = matchAt(lineEnd, text, at);
    if (end !== null) line += 1;
    at += end?.length ?? 0;
  }
  return rows;
};
