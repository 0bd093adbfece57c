/**
 * Earmarked funds (专项资金, policy 5) as envelopes: whose each is, what it may pay, until when. A fund's balances
 * live on its row and must equal the sum of its transfers at all times: granted = available + reserved + paid.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { FundId, UnitId } from "../kernel/ids.ts";
import { zeroFen, type Fen } from "../kernel/money.ts";
import type { Text } from "../kernel/text.ts";

/** Kinds of money by source (policy 5). A programme's policy names these; a city opens one fund or more of each. */
export type FundCode = "CENTRAL" | "FISCAL_MATCH" | "UNION" | "DONATION" | "SWN";

export const fundTitles: Readonly<Record<FundCode, Text>> = {
  CENTRAL: { zh: "中央财政专项帮扶资金", en: "Central earmarked assistance fund" },
  FISCAL_MATCH: { zh: "地方财政配套资金", en: "Local fiscal matching fund" },
  UNION: { zh: "工会经费", en: "Union dues fund" },
  DONATION: { zh: "社会捐赠资金", en: "Donation fund" },
  SWN: { zh: "送温暖资金", en: "Winter Warmth fund" },
};

/**
 * Where a fund's money comes from. Provincial and city matching money stand at one place of the policy's order
 * (`FISCAL_MATCH`, policy 8.2); the order within the code says which of them is used up first (docs/adr/0032).
 */
export type FundSource =
  | "central"
  | "provincial_match"
  | "city_match"
  | "union_dues"
  | "donation"
  | "winter_warmth";

export const sourceTitles: Readonly<Record<FundSource, Text>> = {
  central: { zh: "中央财政", en: "Central budget" },
  provincial_match: { zh: "省级财政配套", en: "Provincial match" },
  city_match: { zh: "市级财政配套", en: "City match" },
  union_dues: { zh: "工会经费", en: "Union dues" },
  donation: { zh: "社会捐赠", en: "Donations" },
  winter_warmth: { zh: "送温暖资金", en: "Winter Warmth fund" },
};

export const fundSources = Object.keys(sourceTitles) as readonly FundSource[];

/** At which place of the policy's order money of a source is used. */
export const codeOfSource: Readonly<Record<FundSource, FundCode>> = {
  central: "CENTRAL",
  provincial_match: "FISCAL_MATCH",
  city_match: "FISCAL_MATCH",
  union_dues: "UNION",
  donation: "DONATION",
  winter_warmth: "SWN",
};

/** Limits that the fund itself sets, whatever the programme (policy 5, F5). */
export interface FundLimits {
  /** A fund that may not carry the whole award is passed over. */
  readonly perAwardMaxFen: Fen | null;
  /** A yearly personal limit cuts the award down instead (policy 8.1 amount order). */
  readonly perPersonYearMaxFen: Fen | null;
}

/** What a fund's money is bound to (专款专用); null is any. */
export interface Earmark {
  readonly programmes: readonly string[] | null;
  /** Hardship categories, as an assessment names them. */
  readonly categories: readonly string[] | null;
  /** Cases that rest on a file of the archive, or those without one (policy 5: F1, F3). */
  readonly files: "filed" | "unfiled" | null;
  /** What a donor gave it for, in the donor's words: for people to judge by, since no rule can. */
  readonly purpose: string | null;
}

const noEarmark: Earmark = {
  programmes: null,
  categories: null,
  files: null,
  purpose: null,
};

/** The account that a fund's payments leave from (专户). It is the union's own and no personal data. */
export interface PayingAccount {
  /** The bank's profile, by which files for it are written. */
  readonly profileId: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly bankName: string;
  /** The bank's own number of the branch (联行号), where its file asks for one. */
  readonly bankCode?: string;
}

/** What is laid down of a fund; changed by an order that a second person authorises. */
export interface FundTerms {
  readonly code: FundCode;
  readonly source: FundSource;
  readonly name: Text;
  /** The office whose money it is: it pays for the cases of that office and those below. Null: for everybody's. */
  readonly unitId: UnitId | null;
  /** The financial year whose awards it may pay; null for a fund without one. */
  readonly year: number | null;
  readonly earmark: Earmark;
  readonly limits: FundLimits;
  /** At the year's end what is left goes into next year's fund; without it, back to its source (policy 5, F4, F9). */
  readonly carryOver: boolean;
  /** 预留: ordinary awards leave so much in the fund; emergency relief may use it. */
  readonly reserveLineFen: Fen;
  /** Among funds of one code the lower number is used first. */
  readonly useOrder: number;
}

export interface Fund extends FundTerms {
  readonly id: FundId;
  readonly openedAt: Instant;
  /** Which account its payments leave from; changed by itself, since it changes nothing of what may be paid. */
  readonly payingAccount: PayingAccount | null;
  /** Rises with each change of terms: money is set aside only under the terms that were read. */
  readonly termsVersion: number;
  /** False stops new reservations: the year is closed. What was reserved before is still paid or released. */
  readonly open: boolean;
  /** The nightly audit found a difference: no new batch until a person has cleared it. */
  readonly frozen: { readonly at: Instant; readonly code: string } | null;
  readonly grantedFen: Fen;
  readonly availableFen: Fen;
  readonly reservedFen: Fen;
  readonly paidFen: Fen;
}

const noFundLimits: FundLimits = { perAwardMaxFen: null, perPersonYearMaxFen: null };

const usualSource: Readonly<Record<FundCode, FundSource>> = {
  CENTRAL: "central",
  FISCAL_MATCH: "city_match",
  UNION: "union_dues",
  DONATION: "donation",
  SWN: "winter_warmth",
};

/** The place in the order of use of a fund that nobody gave one. */
const usualUseOrder = 50;

/** Terms of a fund of which nothing but its kind was said: it pays whatever its kind may pay. */
export const plainTerms = (code: FundCode): FundTerms => ({
  code,
  source: usualSource[code],
  name: fundTitles[code],
  unitId: null,
  year: null,
  earmark: noEarmark,
  limits: noFundLimits,
  carryOver: true,
  reserveLineFen: zeroFen,
  useOrder: usualUseOrder,
});

/** The terms alone, without balances. */
export const termsOf = ({
  code,
  source,
  name,
  unitId,
  year,
  earmark,
  limits,
  carryOver,
  reserveLineFen,
  useOrder,
}: FundTerms): FundTerms => ({
  code,
  source,
  name,
  unitId,
  year,
  earmark,
  limits,
  carryOver,
  reserveLineFen,
  useOrder,
});

/** A fund with empty balances. */
export const emptyFund = (id: FundId, terms: FundTerms, openedAt: Instant): Fund => ({
  ...terms,
  id,
  openedAt,
  payingAccount: null,
  termsVersion: 0,
  open: true,
  frozen: null,
  grantedFen: zeroFen,
  availableFen: zeroFen,
  reservedFen: zeroFen,
  paidFen: zeroFen,
});
