import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { expect, test } from "vitest";
import { readSheetTable, sheetBytesMax, sheetRowsMax } from "#shared/exports/sheet-table.ts";

const rowsOf = async (bytes: Uint8Array) => {
  const table = await readSheetTable(bytes);
  if (table.kind === "unreadable") throw new Error(table.why);
  return table.rows.map(({ line, cells }) => [line, ...cells.map(({ text }) => text)]);
};

const workbook = async (data: readonly (readonly unknown[])[]): Promise<Uint8Array> =>
  new Uint8Array(await writeXlsxFile(data as never).toBuffer());

const text = (value: string) => ({ value, type: String });

test.each([
  ["UTF-8", Buffer.from("姓名,年收入\r\n王示例,20000")],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFF姓名,年收入\r\n王示例,20000")],
  ["GBK", iconv.encode("姓名,年收入\r\n王示例,20000", "gbk")],
  ["tabs", Buffer.from("姓名\t年收入\r\n王示例\t20000")],
] as const)("a CSV in %s is read as text", async (_kind, bytes) => {
  expect(await rowsOf(bytes)).toEqual([
    [1, "姓名", "年收入"],
    [2, "王示例", "20000"],
  ]);
});

test("quotes, commas inside them and empty lines are read as spreadsheets write them", async () => {
  expect(await rowsOf(Buffer.from('a,"b, c"\r\n\r\n,,\r\n"d ""e""",f'))).toEqual([
    [1, "a", "b, c"],
    [4, 'd "e"', "f"],
  ]);
});

test("a workbook's text cells stay text, its numbers say that they are numbers, days are days", async () => {
  const bytes = await workbook([
    [text("号码"), text("日期"), text("数")],
    [
      text("6222020000000000018"),
      { value: new Date("2026-07-20T00:00:00Z"), type: Date, format: "yyyy-mm-dd" },
      { value: 12.5, type: Number },
    ],
  ]);
  const table = await readSheetTable(bytes);
  expect(table.kind === "rows" && table.rows[1]?.cells).toEqual([
    { text: "6222020000000000018", isNumber: false },
    { text: "2026-07-20", isNumber: false },
    { text: "12.5", isNumber: true },
  ]);
});

test("a card number typed as a number is told from its text, in a workbook and in scientific notation", async () => {
  const bytes = await workbook([[{ value: Number("6222020000000000018"), type: Number }]]);
  const table = await readSheetTable(bytes);
  expect(table.kind === "rows" && table.rows[0]?.cells[0]?.isNumber).toBe(true);
  const csv = await readSheetTable(Buffer.from("6.22202E+18,6222020000000000018"));
  expect(csv.kind === "rows" && csv.rows[0]?.cells.map(({ isNumber }) => isNumber)).toEqual([
    true,
    false,
  ]);
});

test.each([
  ["empty", new Uint8Array()],
  ["empty", Buffer.from("\r\n,,\r\n")],
  ["too_large", new Uint8Array(sheetBytesMax + 1)],
  ["too_many_rows", Buffer.from("a\r\n".repeat(sheetRowsMax + 2))],
  ["not_a_table", Buffer.from("PK\u0003\u0004 no workbook at all")],
  ["not_a_table", new Uint8Array([0, 1, 2, 0])],
  ["not_a_table", Buffer.from(",".repeat(200).concat("x"))],
] as const)("what is no table says why: %s", async (why, bytes) => {
  expect(await readSheetTable(bytes)).toEqual({ kind: "unreadable", why });
});
