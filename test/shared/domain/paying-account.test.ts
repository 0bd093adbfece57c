import { expect, test } from "vitest";
import { payingAccountFaults, samePayingAccount } from "#shared/domain/paying-account.ts";
import { bankProfileById } from "#shared/exports/bank-profiles.ts";
import { aPayingAccount } from "#test/support/bank.ts";

const faults = (changes: Parameters<typeof aPayingAccount>[0]) => {
  const account = aPayingAccount(changes);
  return payingAccountFaults(account, bankProfileById(account.profileId));
};

test("an account is taken with what its bank's file asks for", () => {
  expect(faults({})).toEqual([]);
  expect(faults({ profileId: "generic", bankName: "" })).toEqual([]);
  expect(faults({ profileId: "icbc", bankName: "" })).toEqual(["bankName"]);
  expect(
    payingAccountFaults(
      { ...aPayingAccount({ profileId: "boc" }), bankCode: "" },
      bankProfileById("boc"),
    ),
  ).toEqual(["bankCode"]);
});

test.each([
  [{ accountNumber: "1234567" }, "accountNumber"],
  [{ accountNumber: "6.22E+18" }, "accountNumber"],
  [{ accountNumber: "1".repeat(33) }, "accountNumber"],
  [{ accountName: "" }, "accountName"],
  [{ accountName: "工会\n账户" }, "accountName"],
  [{ bankCode: "4199X" }, "bankCode"],
  [{ profileId: "nobody" }, "profileId"],
])("%j is refused at the field %s", (changes, fault) => {
  expect(faults(changes)).toEqual([fault]);
});

test("an account is the same when all that the bank sees of it is", () => {
  const account = aPayingAccount();
  expect(samePayingAccount(account, { ...account })).toBe(true);
  expect(samePayingAccount(null, null)).toBe(true);
  expect(samePayingAccount(account, null)).toBe(false);
  expect(samePayingAccount(account, { ...account, profileId: "cmb" })).toBe(false);
});
