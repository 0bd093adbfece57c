import { createHash } from "node:crypto";
import { BlobReader, TextWriter, ZipReader, type FileEntry } from "@zip.js/zip.js";
import fc from "fast-check";
import { XmlDocument } from "libxml2-wasm";
import { readSheet } from "read-excel-file/node";
import { expect, test } from "vitest";
import type { Column } from "#shared/exports/csv.ts";
import { sheetOf, workbook, xlsx } from "#shared/exports/xlsx.ts";

interface Line {
  readonly name: string;
  readonly account: string;
  readonly amountFen: number | "";
}

const columns: readonly Column<Line>[] = [
  { title: "序号", kind: "count", value: (_line, index) => index + 1 },
  { title: "户名", kind: "text", value: ({ name }) => name },
  { title: "账号", kind: "code", value: ({ account }) => account },
  { title: "金额", kind: "amount", value: ({ amountFen }) => amountFen },
];

const bytesOf = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
};

const write = (lines: readonly Line[]): Promise<Buffer> => bytesOf(xlsx(columns, lines));

const partsOf = async (bytes: Buffer): Promise<ReadonlyMap<string, string>> => {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])), {
    useWebWorkers: false,
    checkCrc32: true,
  });
  const entries = (await reader.getEntries()) as FileEntry[];
  const texts = entries.map(
    async (one) => [one.filename, await one.getData(new TextWriter())] as const,
  );
  return new Map(await Promise.all(texts));
};

test("accounts stay text, amounts are numbers with two decimals, and the head stays in view", async () => {
  const bytes = await write([
    { name: "王芳", account: "0062220212345678901", amountFen: 1_060_005 },
    { name: "", account: "6222021234567890123", amountFen: "" },
  ]);
  expect(await readSheet(bytes)).toEqual([
    ["序号", "户名", "账号", "金额"],
    [1, "王芳", "0062220212345678901", 10_600.05],
    [2, null, "6222021234567890123", null],
  ]);
  const parts = await partsOf(bytes);
  const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
  expect(sheet).toContain("<v>10600.05</v>");
  expect(sheet).toContain('state="frozen"');
  expect([...parts.keys()][0]).toBe("[Content_Types].xml");
});

test.each(['=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "＝1+1", "-2+3"])(
  "%j is text and no formula",
  async (hostile) => {
    const bytes = await write([{ name: hostile, account: hostile, amountFen: 1 }]);
    const [, row] = await readSheet(bytes, { trim: false });
    expect(row?.slice(1, 3)).toEqual([hostile, hostile]);
    const sheet = (await partsOf(bytes)).get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet).not.toMatch(/<f[ >/]/u);
  },
);

test("whatever is typed comes out well formed, and is read back but for what XML can't hold", async () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(
      "<b>&amp;",
      "]]>",
      '"',
      "a\r\nb",
      " x ",
      "\0\u0001",
      "\uD83D",
      "\uFFFE",
      "_x0041_",
    ),
  );
  const line = fc.record({
    name: cell,
    account: fc.stringMatching(/^\d{1,19}$/u),
    amountFen: fc.nat({ max: 1_000_000_000 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 15 }), async (lines) => {
      const bytes = await write(lines);
      for (const text of (await partsOf(bytes)).values()) XmlDocument.fromString(text).dispose();
      const [, ...rows] = await readSheet(bytes);
      expect(rows).toHaveLength(lines.length);
      for (const [index, given] of lines.entries()) {
        expect(rows[index]?.[2]).toBe(given.account);
        expect(Math.round(Number(rows[index]?.[3]) * 100)).toBe(given.amountFen);
      }
    }),
    { numRuns: 25 },
  );
});

test("a table longer than a sheet goes on in a further one, each with its head", async () => {
  const lines = Array.from({ length: 10 }, (_line, index) => ({
    name: `甲${index}`,
    account: String(index),
    amountFen: index,
  }));
  const other = sheetOf("合计[1]", columns, []);
  const bytes = await bytesOf(workbook([sheetOf("明细", columns, lines), other], 5));
  const sheets = await Promise.all([1, 2, 3, 4].map((number) => readSheet(bytes, number)));

  expect(sheets.map((rows) => rows.length)).toEqual([5, 5, 3, 1]);
  expect(sheets[1]?.[1]?.[0]).toBe(5);
  const book = (await partsOf(bytes)).get("xl/workbook.xml") ?? "";
  for (const name of ["明细", "明细 (2)", "明细 (3)", "合计 1"])
    expect(book).toContain(`"${name}"`);
});

test("the same rows give the same bytes, in any time zone and on any day", async () => {
  const lines = [{ name: "王芳", account: "0012", amountFen: 5 }];
  const zone = process.env["TZ"];
  const hashes = new Set<string>();
  for (const name of ["Asia/Shanghai", "America/New_York"]) {
    process.env["TZ"] = name;
    hashes.add(
      createHash("sha256")
        .update(await write(lines))
        .digest("hex"),
    );
  }
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
  // An export that is made again is compared by its hash: it is the same as on the day this was written.
  expect([...hashes]).toEqual(["df9a4ff7c39e75cd6636f0564ea35361240a35e50001bed7eaa8dbcaed0cc362"]);
});
