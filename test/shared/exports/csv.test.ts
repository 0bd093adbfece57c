import fc from "fast-check";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { codeCell, csv, textCell, type Column } from "#shared/exports/csv.ts";
import { fen } from "#shared/kernel/money.ts";

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

const read = (bytes: Buffer): string[][] =>
  parse(bytes, { bom: true, relaxColumnCount: false, recordDelimiter: "\r\n" });

interface Line {
  readonly name: string;
  readonly account: string;
  readonly amountFen: number;
}

const columns: readonly Column<Line>[] = [
  { title: "序号", kind: "count", value: (_line, index) => index + 1 },
  { title: "户名", kind: "text", value: ({ name }) => name },
  { title: "账号", kind: "code", value: ({ account }) => account },
  { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
];

const write = (lines: readonly Line[]): Promise<Buffer> => bytesOf(csv(columns, lines));

/** What a spreadsheet would run or fold into something it runs. */
const couldRun = (cell: string): boolean =>
  /^[\s\p{Cc}\p{Cf}]*[=+\-@]/u.test(cell.normalize("NFKC")) || /^[\t\r\n\0]/u.test(cell);

test("the file begins with a byte order mark, ends every line with CRLF and has no total row", async () => {
  const bytes = await write([
    { name: "王芳", account: "6222021234567890123", amountFen: fen(500_000) },
    { name: "欧阳,娜", account: "0012", amountFen: fen(32_504) },
  ]);

  expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(bytes.toString("utf8")).toBe(
    '\uFEFF序号,户名,账号,金额\r\n1,王芳,\t6222021234567890123,5000.00\r\n2,"欧阳,娜",\t0012,325.04\r\n',
  );
});

test.each([
  '=HYPERLINK("http://x")',
  "+cmd|' /C calc'!A0",
  "-2+3",
  "@SUM(A1:A9)",
  "\t=1+1",
  "\r=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(1)",
  " =1+1",
  "\u200B=1+1",
  "\uFEFF=1",
  "\0=1",
  "﹦1+1",
  "⁺1",
])("%j is inert as text and as a code", async (hostile) => {
  const bytes = await write([{ name: hostile, account: hostile, amountFen: 1 }]);
  const [, row] = read(bytes);

  expect(row).toHaveLength(4);
  expect(couldRun(row?.[1] ?? "")).toBe(false);
  expect(couldRun(row?.[2] ?? "")).toBe(false);
  expect(row?.[1]).toBe(`'${hostile}`);
});

test("whatever is written is read back cell by cell by another CSV reader, and none of it can run", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 30 }),
    fc.constantFrom("=1", "a\r\nb", '"', '""', "a;b", "\t", " x ", "王芳", "＝1", "﹫x", "\n", "'"),
  );
  const line = fc.record({
    name: cell,
    account: fc.stringMatching(/^\d{1,19}$/u),
    amountFen: fc.nat({ max: 1_000_000_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const [, ...rows] = read(await write(lines));
      expect(rows).toHaveLength(lines.length);
      for (const [index, given] of lines.entries()) {
        const [number, name = "", account = "", amount = ""] = rows[index] ?? [];
        expect(number).toBe(String(index + 1));
        expect(couldRun(name)).toBe(false);
        expect([given.name, `'${given.name}`]).toContain(name);
        expect(account).toBe(`\t${given.account}`);
        expect(Math.round(Number(amount) * 100)).toBe(given.amountFen);
        expect(amount).toMatch(/^\d+\.\d{2}$/u);
      }
    }),
    { numRuns: 300 },
  );
});

test("a code that a spreadsheet could count is text, one that begins with a letter stays as it is", () => {
  expect(codeCell("6222021234567890123")).toBe("\t6222021234567890123");
  expect(codeCell("0012")).toBe("\t0012");
  expect(codeCell("2026-001")).toBe("\t2026-001");
  expect(codeCell("SN4K7P2QAAAA-1")).toBe("SN4K7P2QAAAA-1");
  expect(codeCell("1,2")).toBe('"1,2"');
  expect(textCell("王芳")).toBe("王芳");
});

test("a large table comes in parts, and together they are the table", async () => {
  const lines = Array.from({ length: 5_000 }, (_line, index) => ({
    name: `甲${index}`,
    account: String(index).padStart(16, "6"),
    amountFen: index,
  }));
  let parts = 0;
  const all: Uint8Array[] = [];
  for await (const chunk of csv(columns, lines)) {
    parts += 1;
    all.push(chunk);
  }

  expect(parts).toBeGreaterThan(1);
  expect(read(Buffer.concat(all))).toHaveLength(5_001);
});
