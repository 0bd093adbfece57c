import { expect, test } from "vitest";
import { campaignCounter, type CampaignCase } from "#shared/domain/campaign-report.ts";
import { movementsIn } from "#shared/domain/case-movements.ts";
import { caseTransfer, refundTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aReservedCase } from "#test/support/disbursement.ts";

const winter = "winter" as FundId;
const donated = "donated" as FundId;
const decided = { station: "ST1" as StaffId };

const aCase = (
  number: number,
  household: string,
  [status, category, unitId]: readonly [CampaignCase["status"], CampaignCase["category"], string],
  changes: Partial<CampaignCase> = {},
): CampaignCase => ({
  ...aReservedCase(number),
  household: household as BlindIndex,
  status,
  category,
  unitId: unitId as UnitId,
  recommendation: "approve",
  decidedBy: decided,
  amountFen: yuan(1000),
  fundId: winter,
  ...changes,
});

const moved = (
  id: ApplicationId,
  kind: Transfer["kind"],
  amountYuan: number,
  fundId: FundId,
  cycle = 1,
) =>
  caseTransfer(id, cycle, {
    kind,
    fundId,
    amountFen: yuan(amountYuan),
    at: instant("2026-01-10T04:00:00Z"),
  });

/**
 * A small winter of six cases and five households:
 * 1 and 2 are one household, paid 1,000 each, out of two funds; 3 was paid 1,000 and paid 400 of it back;
 * 4 is approved and not paid yet, 1,000; 5 was refused by the rules, nobody visited; 6 waits for money, 2,000.
 */
const cases = [
  aCase(1, "A", ["paid", "DEEP", "east"]),
  aCase(2, "A", ["paid", "DEEP", "east"]),
  aCase(3, "B", ["closed", "RELATIVE", "west"]),
  aCase(4, "C", ["reserved", "RELATIVE", "west"]),
  aCase(5, "D", ["ineligible", null, "west"], { recommendation: "refuse", fundId: null }),
  aCase(6, "E", ["waiting_for_funds", "DEEP", "east"], { fundId: null, amountFen: yuan(2000) }),
] as const;

const report = () => {
  const { note, byCase } = movementsIn({
    from: localDate("2026-01-01"),
    to: localDate("2026-02-28"),
  });
  const [one, two, three, four] = cases;
  note(moved(one.id, "reserve", 1000, winter));
  note(moved(one.id, "post", 1000, winter));
  note(moved(two.id, "reserve", 1000, donated));
  note(moved(two.id, "post", 1000, donated));
  note(moved(three.id, "reserve", 1000, winter));
  note(moved(three.id, "post", 1000, winter));
  note(
    refundTransfer(three.id, 1, "V1", {
      fundId: winter,
      amountFen: yuan(400),
      at: instant("2026-02-01T04:00:00Z"),
    }),
  );
  note(moved(four.id, "reserve", 1000, winter));
  const counter = campaignCounter();
  for (const campaignCase of cases) {
    const objections = campaignCase === four ? 1 : 0;
    counter.note(campaignCase, byCase.get(campaignCase.id), { notices: 2, objections });
  }
  return counter.report();
};

test("a small winter, as worked out by hand", () => {
  const { total, visited, refused, notices, objections, averageFen } = report();
  expect(total).toEqual({
    applied: 5,
    helped: 2,
    payments: 3,
    paidFen: yuan(2600),
    unpaid: 2,
    unpaidFen: yuan(3000),
  });
  expect({ visited, refused, notices, objections }).toEqual({
    visited: 4,
    refused: 1,
    notices: 12,
    objections: 1,
  });
  expect(averageFen).toBe(yuan(1300));
});

test("money by source, by category and by office adds up to the whole", () => {
  const { total, byFund, byCategory, byUnit } = report();
  expect(Object.fromEntries(byFund)).toEqual({
    winter: { payments: 2, paidFen: yuan(1600) },
    donated: { payments: 1, paidFen: yuan(1000) },
  });
  for (const groups of [byCategory, byUnit]) {
    for (const name of ["payments", "paidFen", "unpaid", "unpaidFen"] as const) {
      const sum = [...groups.values()].reduce((all, line) => all + line[name], 0);
      expect(sum, name).toBe(total[name]);
    }
  }
  expect(byCategory.get("DEEP")).toMatchObject({ applied: 2, helped: 1, paidFen: yuan(2000) });
  expect(byUnit.get("west")).toMatchObject({
    applied: 3,
    helped: 1,
    paidFen: yuan(600),
    unpaid: 1,
  });
});

test("an advance was paid before anybody visited", () => {
  const counter = campaignCounter();
  const advance = { ...cases[0], fastTrack: "advance" as const, advanceFen: yuan(500) };
  counter.note(advance, undefined, { notices: 0, objections: 0 });
  expect(counter.report()).toMatchObject({ visited: 0, averageFen: null });
});
