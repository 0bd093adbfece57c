import { expect, test } from "vitest";
import { readBankProfile } from "#shared/domain/bank-profile.ts";
import { bankProfileSources } from "#shared/exports/bank-profile-sources.ts";

interface Source {
  readonly id: string;
  readonly file: Readonly<Record<string, unknown>>;
  readonly returns: Readonly<Record<string, unknown>>;
}
const sources = bankProfileSources as readonly Source[];
const boc = sources.find(({ id }) => id === "boc");
if (!boc) throw new Error("there is a profile of BOC");

test.each(sources.map((source) => [source.id, source] as const))(
  "%s can be worked with",
  (_id, source) => {
    expect(readBankProfile(source)).toMatchObject({ kind: "profile", profile: { id: source.id } });
  },
);

const columns = boc.file["columns"] as readonly Readonly<Record<string, unknown>>[];

test.each([
  ["an unknown word", { ...boc, colour: "red" }, "colour"],
  ["another encoding", { ...boc, file: { ...boc.file, encoding: "big5" } }, "file.encoding"],
  [
    "a formula for a column",
    { ...boc, file: { ...boc.file, columns: [{ title: "x" }] } },
    "either",
  ],
  [
    "an unknown value",
    { ...boc, file: { ...boc.file, columns: [...columns, { title: "x", value: "idNumber" }] } },
    "value",
  ],
  [
    "no amount",
    { ...boc, file: { ...boc.file, columns: columns.filter(({ value }) => value !== "amount") } },
    "an account, a name and an amount",
  ],
  [
    "no separator and no widths",
    { ...boc, file: { ...boc.file, separator: "" } },
    "padded exactly where",
  ],
  ["a name that a person is in", { ...boc, fileName: "{payeeName}" }, "fileName"],
  ["an amount with commas", { ...boc, limits: { rowAmountMaxYuan: "50,000" } }, "two decimals"],
  [
    "two meanings of one word",
    { ...boc, returns: { ...boc.returns, results: { paid: ["完成"], failed: ["完成"] } } },
    "a word means one result",
  ],
  [
    "a reference that comes back and never left",
    {
      ...boc,
      file: { ...boc.file, columns: columns.filter(({ value }) => value !== "reference") },
    },
    "only when the file carries it",
  ],
  [
    "payees matched without their names",
    {
      ...boc,
      returns: { ...boc.returns, match: "payee", columns: { amount: ["金额"], result: ["状态"] } },
    },
    "matched by has a column",
  ],
  ["own payees without the bank's names", { ...boc, bankNames: [] }, "bankNames"],
  [
    "a payment order without references",
    { ...boc, file: { format: "pain.001.001.09" }, returns: { ...boc.returns, match: "payee" } },
    "carries our reference",
  ],
  ["nothing at all", null, "expected object"],
])("a profile with %s is refused with its fault", (_name, source, fault) => {
  const read = readBankProfile(source);
  expect(read.kind === "faults" ? read.faults.join("\n") : "taken").toContain(fault);
});
