import { expect, test } from "vitest";
import { readBankProfile, type BankProfile } from "#shared/domain/bank-profile.ts";
import {
  bankCheckOf,
  bankRowFault,
  bankText,
  fitsBankFile,
  rowsMaxOf,
  runsInSpreadsheet,
} from "#shared/domain/bank-row.ts";
import { bankProfileById, bankProfiles } from "#shared/exports/bank-profiles.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aPayingAccount, aPayment, rareNames } from "#test/support/bank.ts";

const profileOf = (id: string): BankProfile => {
  const profile = bankProfileById(id);
  if (!profile) throw new Error(id);
  return profile;
};
const payer = aPayingAccount();
const faultOf = (id: string, payee: Parameters<typeof aPayment>[1]) =>
  bankRowFault(profileOf(id), payer, aPayment(1, payee));

test.each(bankProfiles().map(({ id }) => id))("%s takes an ordinary payment", (id) => {
  expect(faultOf(id, {})).toBeNull();
  expect(faultOf(id, { name: "阿依古丽·买买提" })).toBeNull();
});

test.each(rareNames)("%s stays out of a GBK file and goes into one of Unicode", (name) => {
  expect(faultOf("boc", { name })).toBe("characters");
  for (const id of ["generic", "icbc", "cmb", "pain001"]) expect(faultOf(id, { name })).toBeNull();
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "﹣1", " \u200B=1"])(
  "a name like a formula, %j, never gets into a file",
  (name) => {
    expect(runsInSpreadsheet(name)).toBe(true);
    for (const id of ["generic", "boc", "icbc", "cmb"])
      expect(faultOf(id, { name })).not.toBeNull();
  },
);

test.each(["王\n芳", "王\t芳", "王\u0000芳", "王\uE000芳", "王\uD842"])(
  "a name with a character that no bank has, %j, never gets into a file",
  (name) => {
    for (const { id } of bankProfiles()) expect(faultOf(id, { name }), id).toBe("characters");
  },
);

test("a file that can't quote takes no separator and no quote in a name", () => {
  for (const name of ["王|芳", '王"芳']) {
    expect(faultOf("boc", { name })).toBe("characters");
    expect(faultOf("generic", { name })).toBeNull();
  }
});

test("what is too long, and what the bank asks for and isn't known, stays out", () => {
  expect(faultOf("boc", { name: "王".repeat(41) })).toBe("too_long");
  expect(faultOf("pain001", { name: "王".repeat(141) })).toBe("too_long");
  expect(faultOf("icbc", { bankName: "" })).toBe("missing");
  expect(faultOf("cmb", { bankName: "" })).toBeNull();
  expect(faultOf("pain001", { name: "" })).toBe("missing");
  expect(bankRowFault(profileOf("boc"), null, aPayment(1))).toBe("missing");
});

const limited = (changes: object): BankProfile => {
  const read = readBankProfile({
    ...structuredClone(source),
    ...changes,
  });
  if (read.kind === "faults") throw new Error(read.faults.join("\n"));
  return read.profile;
};
const source = {
  id: "limited",
  name: { zh: "某行", en: "A bank" },
  source: "test",
  purpose: "救助金",
  fileName: "{batch}",
  file: {
    format: "csv",
    encoding: "utf-8",
    separator: ",",
    quote: "always",
    lineEnd: "lf",
    header: true,
    accountGuard: "none",
    columns: [
      { title: "a", value: "payeeAccount" },
      { title: "n", value: "payeeName" },
      { title: "y", value: "amount" },
      { title: "r", value: "reference" },
    ],
  },
  returns: {
    columns: { reference: ["r"], amount: ["y"], result: ["s"] },
    results: {},
    match: "reference",
  },
};

test("limits of a payment, a file and its rows hold to the fen", () => {
  const profile = limited({
    limits: { rowsMax: 3, rowAmountMaxYuan: "50000.00", fileAmountMaxYuan: "60000.00" },
  });
  const check = bankCheckOf(profile, null);
  expect(check(aPayment(1, {}, 5_000_000))).toBeNull();
  expect(check(aPayment(1, {}, 5_000_001))).toBe("bank_amount");
  expect(fitsBankFile(profile, yuan(10_000), yuan(50_000))).toBe(true);
  expect(fitsBankFile(profile, yuan(10_000), fen(5_000_001))).toBe(false);
  expect(rowsMaxOf(profile)).toBe(3);
  expect(rowsMaxOf(limited({}))).toBe(2_000);
  expect(fitsBankFile(limited({}), yuan(1e9), yuan(1e9))).toBe(true);
});

test("signs that the bank refuses are named or replaced, as its profile says", () => {
  const profile = limited({ characters: { refused: ["（"], replaced: { "·": "." } } });
  const check = bankCheckOf(profile, null);
  expect(check(aPayment(1, { name: "王（芳）" }))).toBe("bank_text");
  const payment = aPayment(1, { name: "阿依古丽·买买提" });
  expect(check(payment)).toBeNull();
  const column = { title: "n", value: "payeeName", required: false } as const;
  expect(bankText(profile, null, column, payment, 1)).toBe("阿依古丽.买买提");
});
