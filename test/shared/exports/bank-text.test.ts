import { parse } from "csv-parse/sync";
import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { readBankProfile } from "#shared/domain/bank-profile.ts";
import { bankRowFault } from "#shared/domain/bank-row.ts";
import { bankProfileSources } from "#shared/exports/bank-profile-sources.ts";
import { bankTextFile, type TextProfile } from "#shared/exports/bank-text.ts";
import { aPayingAccount, aPayment, bytesOf } from "#test/support/bank.ts";

const textProfile = (id: string, changes: object = {}): TextProfile => {
  const source = bankProfileSources.find((one) => (one as { id: string }).id === id) as {
    readonly file: object;
  };
  const read = readBankProfile({ ...source, file: { ...source.file, ...changes } });
  if (read.kind === "faults") throw new Error(read.faults.join("\n"));
  return read.profile as TextProfile;
};

const payer = aPayingAccount({ profileId: "boc" });
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom(..."王芳喆煊·,; （）A1"), minLength: 1, maxLength: 8 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom(..."王芳喆㛃𠮷·,;|\"'=+-@＝\t\r\n \u0000\uE000€（）ñ"),
    maxLength: 12,
  }),
);

test.each([
  ["generic", ",", "utf-8"],
  ["boc", "|", "gbk"],
])(
  "%s: whatever the check lets through, another reader gets back as it was",
  async (id, separator, encoding) => {
    const profile = textProfile(id);
    let written = 0;
    await fc.assert(
      fc.asyncProperty(
        hostile,
        hostile,
        fc.integer({ min: 1, max: 99_999_999 }),
        async (name, bankName, amountFen) => {
          const payment = aPayment(1, { name, bankName }, amountFen);
          if (bankRowFault(profile, payer, payment) !== null) return;
          written += 1;
          const bytes = await bytesOf(bankTextFile(profile, payer, [payment]));
          const rows = parse(iconv.decode(bytes, encoding), {
            delimiter: separator,
            bom: true,
            quote: profile.file.quote === "never" ? null : '"',
          });
          const cells = rows[profile.file.header ? 1 : 0];
          const place = (value: string): number =>
            profile.file.columns.findIndex((column) => column.value === value);
          expect(rows).toHaveLength(profile.file.header ? 2 : 1);
          expect(cells?.[place("payeeName")]).toBe(name);
          expect(cells?.[place("payeeBank")]).toBe(bankName);
          expect(cells?.[place("payeeAccount")]?.replace("\t", "")).toBe("6222021234567890128");
          expect(Math.round(Number(cells?.[place("amount")]) * 100)).toBe(amountFen);
        },
      ),
      { numRuns: 1_000 },
    );
    expect(written).toBeGreaterThan(100);
  },
);

test("fixed widths, whole fen, lines of Unix and quotes around everything, where a profile says so", async () => {
  const columns = [
    { title: "a", value: "payeeAccount", pad: { side: "left", with: "0", length: 22 } },
    { title: "n", value: "payeeName", pad: { side: "right", with: " ", length: 5 } },
    { title: "y", value: "amount", pad: { side: "left", with: "0", length: 9 } },
    { title: "r", value: "reference", pad: { side: "right", with: " ", length: 15 } },
  ];
  const fixed = textProfile("generic", {
    format: "txt",
    encoding: "utf-8",
    separator: "",
    quote: "never",
    lineEnd: "lf",
    header: false,
    accountGuard: "none",
    amountUnit: "fen",
    columns,
  });
  expect((await bytesOf(bankTextFile(fixed, null, [aPayment(1)]))).toString()).toBe(
    "0006222021234567890128王芳   000500000SN0000000001-1 \n",
  );
  const quoted = textProfile("generic", {
    quote: "always",
    encoding: "utf-8",
    accountGuard: "none",
  });
  const text = (
    await bytesOf(bankTextFile(quoted, null, [aPayment(1, { name: '王"芳' })]))
  ).toString();
  expect(text.split("\r\n")[1]).toContain('"1","6222021234567890128","王""芳"');
});
