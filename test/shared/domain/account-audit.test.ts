import { expect, test } from "vitest";
import {
  accountDifference,
  accountFinding,
  accountOfCases,
  capFinding,
  countedPart,
} from "#shared/domain/account-audit.ts";
import { emptyAccount } from "#shared/domain/award-account.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import { aReservedCase } from "#test/support/disbursement.ts";
import { policyPack } from "#workflows/policy-pack.ts";

const household = "hh" as BlindIndex;
const fund = { fundId: "union" as FundId };
const aCase = (number: number, amountYuan: number) =>
  aReservedCase(number, {
    household,
    amountFen: yuan(amountYuan),
    fundId: fund.fundId,
    fundOrder: ["UNION"],
  });
const none = fen(0);

test("an account is the sum of its cases, and what came back counts no more", () => {
  const one = { application: aCase(1, 5000), refundedFen: none };
  const other = { application: aCase(2, 3000), refundedFen: yuan(1000) };
  expect(accountOfCases([one, other])).toMatchObject({
    totalFen: yuan(7000),
    byFundFen: { UNION: yuan(7000) },
  });
  expect(countedPart({ ...other, refundedFen: yuan(9000) }).totalFen).toBe(0);
});

test("the first figure that differs is named, and a figure of zero is no figure", () => {
  const row = accountOfCases([{ application: aCase(1, 5000), refundedFen: none }]);
  expect(accountDifference(row, row)).toBeNull();
  expect(accountDifference({ ...row, byFundFen: { ...row.byFundFen, SWN: none } }, row)).toBeNull();
  expect(accountDifference({ ...row, totalFen: yuan(1) }, row)).toEqual({
    detail: "total",
    expected: yuan(5000),
    found: yuan(1),
  });
  const moved = { ...row, byFundFen: { SWN: yuan(5000) } };
  expect(accountDifference(moved, row)).toMatchObject({ detail: "fund.UNION", found: 0 });
  expect(accountFinding(aCase(1, 5000), fund, emptyAccount, row)).toMatchObject({
    code: "account_differs",
    place: { kind: "case" },
  });
});

test("a year above the cap is found, one at the cap is not; of two policies the wider one holds", () => {
  const policy = commonPolicyOn(policyPack, localDate("2026-07-20"));
  const capFen = policy.householdAnnualCapFen;
  if (capFen === null) throw new Error("the default pack caps a household's year");
  const at = (totalFen: number) =>
    capFinding(aCase(1, 1), fund, { ...emptyAccount, totalFen: fen(totalFen) }, [policy]);
  expect(at(capFen)).toBeNull();
  expect(at(capFen + 1)).toMatchObject({ code: "over_cap", expected: capFen, found: capFen + 1 });
  const wider = { ...policy, householdAnnualCapFen: fen(capFen + 1) };
  const account = { ...emptyAccount, totalFen: fen(capFen + 1) };
  expect(capFinding(aCase(1, 1), fund, account, [policy, wider])).toBeNull();
});

test("one award above what its fund may carry is found", () => {
  const policy = commonPolicyOn(policyPack, localDate("2026-07-20"));
  const maximumFen = policy.fundLimits.SWN.perAwardMaxFen;
  if (maximumFen === null) throw new Error("the winter fund has a limit each time");
  const award = (amountFen: number) =>
    capFinding(
      { ...aCase(1, 1), amountFen: fen(amountFen), fundOrder: ["SWN"] },
      fund,
      emptyAccount,
      [policy],
    );
  expect(award(maximumFen)).toBeNull();
  expect(award(maximumFen + 1)).toMatchObject({ code: "over_cap", detail: "award" });
});
