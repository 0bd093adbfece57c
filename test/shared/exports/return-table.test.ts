import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { readReturnTable } from "#shared/exports/return-table.ts";

const text = "业务参考号,金额,处理结果\r\nSN0000000001-1,5000.00,成功\r\n";
const rows = [
  { line: 1, cells: ["业务参考号", "金额", "处理结果"] },
  { line: 2, cells: ["SN0000000001-1", "5000.00", "成功"] },
];
const encoded = (encoding: string, options?: { addBOM: boolean }): Uint8Array =>
  new Uint8Array(iconv.encode(text, encoding, options));

test.each([
  ["UTF-8", encoded("utf8")],
  ["UTF-8 with a byte order mark", encoded("utf8", { addBOM: true })],
  ["GBK", encoded("gbk")],
])("a return in %s is read", (_name, bytes) => {
  expect(readReturnTable(bytes)).toEqual(rows);
});

test("tabs, semicolons and bars part cells too", () => {
  for (const delimiter of ["\t", ";", "|"]) {
    const bytes = new TextEncoder().encode(text.replaceAll(",", delimiter));
    expect(readReturnTable(bytes)).toEqual(rows);
  }
});

test.each([
  ["an empty file", new Uint8Array()],
  ["UTF-16", encoded("utf16le", { addBOM: true })],
  ["UTF-16 without a mark", encoded("utf16le", { addBOM: false })],
  ["a spreadsheet", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xff])],
  ["an open quote", new TextEncoder().encode('业务参考号,"金额\r\n')],
])("%s is no table", (_name, bytes) => {
  expect(readReturnTable(bytes)).toBeNull();
});

test("a quoted cell may hold the delimiter, and line numbers follow the file", () => {
  const bytes = new TextEncoder().encode('a,b\n\n"1,5",x\n');
  expect(readReturnTable(bytes)).toEqual([
    { line: 1, cells: ["a", "b"] },
    { line: 3, cells: ["1,5", "x"] },
  ]);
});
