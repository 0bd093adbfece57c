/**
 * Earmarked funds (专项资金, policy 5): which may pay what. A fund's balances live on its row and must
 * equal the sum of its transfers at all times: granted = available + reserved + paid.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { FundId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
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

/** Limits that the fund itself sets, whatever the programme (policy 5, F5). */
export interface FundLimits {
  /** A fund that may not carry the whole award is passed over. */
  readonly perAwardMaxFen: Fen | null;
  /** A yearly personal limit cuts the award down instead (policy 8.1 amount order). */
  readonly perPersonYearMaxFen: Fen | null;
}

export interface Fund {
  readonly id: FundId;
  readonly code: FundCode;
  readonly name: Text;
  readonly openedAt: Instant;
  /** False stops new reservations (year closed, or frozen by the ledger audit). */
  readonly open: boolean;
  readonly grantedFen: Fen;
  readonly availableFen: Fen;
  readonly reservedFen: Fen;
  readonly paidFen: Fen;
}
