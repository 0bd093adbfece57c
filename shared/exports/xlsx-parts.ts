/** The fixed parts of an XLSX, and its cells as XML. */
import type { ColumnKind } from "./csv.ts";

export interface SheetColumn {
  readonly title: string;
  readonly kind: ColumnKind;
}

/** What Excel takes in one cell. */
const cellCharactersMax = 32_767;

/** Drops what XML 1.0 can't hold: control characters, halves of pairs, and the two that are no characters. */
const illegal = /[\0-\x08\v\f\x0E-\x1F\uFFFE\uFFFF]|\p{Cs}/gu;
/** Excel reads _x0041_ in a string as "A". */
const excelEscape = /_(?=x[\dA-Fa-f]{4}_)/gu;
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};
/** Most cells; looked at first, because exports have a million rows. */
const plain = /^[\w\u4E00-\u9FFF.:*#/ -]*$/u;

const xmlText = (text: string): string => {
  if (plain.test(text) && !text.includes("_x") && text.length <= cellCharactersMax) return text;
  return (
    text
      .slice(0, cellCharactersMax)
      // Cutting may have left half of a pair, which goes with what XML can't hold.
      .replaceAll(illegal, "")
      .replaceAll(excelEscape, "_x005F_")
      .replaceAll(/[&<>"\r]/gu, (character) => entities[character] ?? "")
  );
};

/** 1 → "A", 27 → "AA". */
export const letterOf = (column: number): string => {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? letterOf(rest) : ""}${String.fromCharCode(65 + ((column - 1) % 26))}`;
};

/** Places in `styles`. A cell that names none has the first: text. */
export const styleOf = { amount: 1, count: 2, head: 3 } as const;

const widthOf: Readonly<Record<ColumnKind, number>> = { text: 18, code: 24, amount: 14, count: 8 };

/** White space at an end is kept only where the cell asks for it. */
const keepsSpace = /^\s|\s$/u;

export const textCellOf = (place: string, text: string, style = ""): string => {
  if (text === "") return "";
  const space = keepsSpace.test(text) ? ' xml:space="preserve"' : "";
  return `<c r="${place}"${style} t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
};

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaging = "http://schemas.openxmlformats.org/package/2006";
const typed = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * Whatever isn't named is a sheet: how many there are is known only when the last row is written, and this part
 * comes first, where mail gateways look for it.
 */
export const contentTypes = `${declaration}<Types xmlns="${packaging}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="${typed}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${typed}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${typed}.styles+xml"/></Types>`;

export const rootRelations = `${declaration}<Relationships xmlns="${packaging}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;

/**
 * Text (49 is "@"), two decimals (2 is "0.00"), whole numbers (1 is "0"), head. Text comes first, so that cells
 * without a style have it: most have none, and a cell that somebody adds by hand is no formula either.
 */
export const styles = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="1" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

export const workbookXml = (names: readonly string[]): string =>
  `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
    .map(
      (name, index) =>
        `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
    )
    .join("")}</sheets></workbook>`;

export const workbookRelations = (sheets: number): string =>
  `${declaration}<Relationships xmlns="${packaging}/relationships">${Array.from(
    { length: sheets },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  ).join(
    "",
  )}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`;

/** A sheet's beginning: the head's row stays in view. */
export const sheetHead = (heads: readonly SheetColumn[]): string => {
  const widths = heads.map(
    ({ kind }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${widthOf[kind]}" customWidth="1"/>`,
  );
  const titles = heads.map(({ title }, index) =>
    textCellOf(`${letterOf(index + 1)}1`, title, ` s="${styleOf.head}"`),
  );
  return `${declaration}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData><row r="1">${titles.join("")}</row>`;
};

export const sheetEnd = "</sheetData></worksheet>";
