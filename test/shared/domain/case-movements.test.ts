import { expect, test } from "vitest";
import { movementsIn } from "#shared/domain/case-movements.ts";
import { caseTransfer, grantTransfer } from "#shared/domain/ledger.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";

const fundId = "union" as FundId;
const id = "SN0000000001" as ApplicationId;
const july = { from: localDate("2026-07-01"), to: localDate("2026-07-31") };
const at = (iso: string, amountYuan: number) => ({
  fundId,
  amountFen: yuan(amountYuan),
  at: instant(iso),
});

test("of a case only its own sums and payments of the period stay, by China's day", () => {
  const { note, byCase } = movementsIn(july);
  note(grantTransfer("G", at("2026-07-01T04:00:00Z", 9)));
  note(caseTransfer(id, 1, { kind: "reserve", ...at("2026-06-30T15:59:00Z", 7) }));
  note(caseTransfer(id, 1, { kind: "release", ...at("2026-07-02T04:00:00Z", 7) }));
  note(caseTransfer(id, 2, { kind: "reserve", ...at("2026-06-30T16:00:00Z", 5) }));
  note(caseTransfer(id, 2, { kind: "post", ...at("2026-07-31T15:59:00Z", 5) }));
  note(caseTransfer(id, 3, { kind: "post", ...at("2026-07-31T16:00:00Z", 3) }));

  expect([...byCase]).toEqual([
    [
      id,
      {
        isApproved: true,
        approvedFen: yuan(-2),
        payments: [{ on: "2026-07-31", amountFen: yuan(5), fundId }],
        refundedFen: fen(0),
      },
    ],
  ]);
});
