/**
 * How a bank wants its file and how it answers (policy 6), as data: one JSON file a bank, no code
 * per bank. What can't be read here is refused by name before anything is written with it.
 *
 * A column's kind follows from its value and isn't said in the file: an account is text whatever a
 * profile says, and nobody can turn it into a number by a slip.
 */
import * as z from "zod";
import { parseYuan, type Fen } from "../kernel/money.ts";
import { failureTitles, type FailureCode } from "./failure-code.ts";

/** What a column may hold. The payee's bank has no more about it than the name that was typed. */
export const bankFields = [
  "sequence",
  "reference",
  "payeeName",
  "payeeAccount",
  "payeeBank",
  "payeeProvince",
  "payeeCity",
  "payeeIsSameBank",
  "payerName",
  "payerAccount",
  "payerBank",
  "payerBankCode",
  "amount",
  "purpose",
] as const;
export type BankField = (typeof bankFields)[number];

const id = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/u);
const shortText = z.string().min(1).max(120);
const words = z.array(shortText).min(1);
const length = z.int().min(1).max(1_000);
const amountLimit = z.string().transform((typed, context): Fen => {
  const amount = parseYuan(typed);
  if (amount !== null && amount > 0) return amount;
  context.addIssue({ code: "custom", message: "yuan with at most two decimals, such as 50000.00" });
  return z.NEVER;
});

/** One column: what a field holds, or the same text in every row. */
const column = z
  .strictObject({
    /** Empty where the file has no row of headings. */
    title: z.string().max(60),
    value: z.enum(bankFields).optional(),
    text: z.string().max(120).optional(),
    charactersMax: length.optional(),
    /** A payment whose column would be empty stays out of the batch. */
    required: z.boolean().default(false),
    /** Fills up to a fixed width; only for files without a separator. */
    pad: z
      .strictObject({ side: z.enum(["left", "right"]), with: z.string().length(1), length })
      .optional(),
    /** What stands for yes and no. */
    yes: z.string().max(20).optional(),
    no: z.string().max(20).optional(),
  })
  .refine(({ value, text }) => (value === undefined) !== (text === undefined), {
    message: "a column has either a value or a text",
  })
  .refine(
    ({ value, yes, no }) =>
      (value === "payeeIsSameBank") === (yes !== undefined && no !== undefined),
    { message: "payeeIsSameBank says what stands for yes and no; no other value does" },
  );
export type BankColumn = z.output<typeof column>;

const holds = (all: readonly BankColumn[], name: string): boolean =>
  all.some(({ value }) => value === name);

const columns = z
  .array(column)
  .min(1)
  .max(60)
  .refine((all) => ["payeeAccount", "payeeName", "amount"].every((name) => holds(all, name)), {
    message: "a bank pays to an account, a name and an amount",
  });
const amountUnit = z.enum(["yuan", "fen"]).default("yuan");

const textFile = z.strictObject({
  format: z.enum(["csv", "txt"]),
  encoding: z.enum(["utf-8", "utf-8-bom", "gbk"]),
  /** Empty: columns of fixed widths, each padded. */
  separator: z.enum([",", ";", "|", "\t", ""]),
  /** "never": a text that would need quotes stays out of the batch. */
  quote: z.enum(["when_needed", "always", "never"]),
  lineEnd: z.enum(["crlf", "lf"]),
  /** Whether the titles stand in the first row. */
  header: z.boolean(),
  /** A tab before accounts keeps Excel from rounding them; programs that read the file drop it. */
  accountGuard: z.enum(["tab", "none"]),
  amountUnit,
  columns,
});

const sheetFile = z.strictObject({
  format: z.literal("xlsx"),
  sheet: z.string().min(1).max(31),
  /** Whether an amount's cell is a number with two decimals, or text. */
  amounts: z.enum(["number", "text"]),
  columns,
});

const paymentOrder = z.strictObject({
  format: z.literal("pain.001.001.09"),
});

const file = z
  .discriminatedUnion("format", [textFile, sheetFile, paymentOrder])
  .refine(
    (given) =>
      !("separator" in given) ||
      given.columns.every(({ pad }) => (pad !== undefined) === (given.separator === "")),
    { message: "columns are padded exactly where no separator parts them" },
  );

const readColumns = z.strictObject({
  reference: words.optional(),
  account: words.optional(),
  name: words.optional(),
  amount: words,
  result: words,
  reason: words.optional(),
});

const failureCodes = Object.keys(failureTitles) as [FailureCode, ...FailureCode[]];

const returns = z
  .strictObject({
    columns: readColumns,
    amountUnit,
    /** The bank's own words for a result, compared as a whole. Words it doesn't list are read generally. */
    results: z.strictObject({
      paid: z.array(shortText).default([]),
      failed: z.array(shortText).default([]),
      processing: z.array(shortText).default([]),
    }),
    /** Parts of the bank's own words for a failure; the first that is found counts. */
    reasons: z
      .array(z.strictObject({ contains: shortText, code: z.enum(failureCodes) }))
      .default([]),
    /** By our reference, or, where the file has no place for it, by account, name and amount. */
    match: z.enum(["reference", "payee"]),
  })
  .refine(
    ({ match, columns: named }) =>
      match === "reference"
        ? named.reference !== undefined
        : named.account !== undefined && named.name !== undefined,
    { message: "what the lines are matched by has a column" },
  )
  .refine(
    ({ results: { paid, failed, processing } }) => {
      const all = [...paid, ...failed, ...processing];
      return new Set(all).size === all.length;
    },
    { message: "a word means one result" },
  );

/** What a name may not hold at this bank, and what stands in its place. */
const characters = z
  .strictObject({
    refused: z.array(z.string().min(1).max(2)).default([]),
    replaced: z.record(z.string().min(1).max(2), z.string().max(4)).default({}),
  })
  .default({ refused: [], replaced: {} });

const limits = z
  .strictObject({
    rowsMax: z.int().min(1).max(2_000).optional(),
    rowAmountMaxYuan: amountLimit.optional(),
    fileAmountMaxYuan: amountLimit.optional(),
    nameCharactersMax: length.optional(),
  })
  .default({});

const profile = z
  .strictObject({
    id,
    name: z.strictObject({ zh: shortText, en: shortText }),
    /** Where what is written here was read, and what of it is a guess. For people. */
    source: z.string().min(1).max(2_000),
    /** How people write this bank's name, to tell its own accounts from others'. */
    bankNames: z.array(shortText).default([]),
    /** What the payee's statement says. No programme: it would tell the bank of an illness. */
    purpose: z.string().min(1).max(30),
    /** Of {date}, {batch} and {count}; nothing personal can get into it. */
    fileName: z.string().regex(/^(?:[\w-]|\{(?:date|batch|count)\})+$/u),
    /** What the paying account must say beside its number and its name. */
    payerNeeds: z.array(z.enum(["payerBank", "payerBankCode"])).default([]),
    file,
    characters,
    limits,
    returns,
  })
  .refine(
    ({ file: { format }, returns: { match } }) =>
      format !== "pain.001.001.09" || match === "reference",
    {
      message: "a payment order carries our reference",
    },
  )
  .refine(
    ({ file: given, returns: { match } }) =>
      match === "payee" || !("columns" in given) || holds(given.columns, "reference"),
    { message: "lines come back by a reference only when the file carries it" },
  )
  .refine(
    ({ file: given, bankNames }) =>
      bankNames.length > 0 || !("columns" in given) || !holds(given.columns, "payeeIsSameBank"),
    { message: "bankNames tell which payees are this bank's own" },
  );

export type BankProfile = z.output<typeof profile>;
export type BankFileFormat = BankProfile["file"];

export type BankProfileRead =
  | { readonly kind: "profile"; readonly profile: BankProfile }
  | { readonly kind: "faults"; readonly faults: readonly string[] };

/** Reads a profile's JSON. @returns its faults, each with its place, when it can't be worked with. */
export const readBankProfile = (source: unknown): BankProfileRead => {
  const read = profile.safeParse(source);
  if (read.success) return { kind: "profile", profile: read.data };
  const faults = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return { kind: "faults", faults };
};
