import { afterAll, beforeAll, expect, test } from "vitest";
import { totpScope } from "#shared/casework/totp-scope.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const one = "ST00000001" as StaffId;
const other = "ST00000002" as StaffId;

test("a TOTP secret opens for its own person only, also for a function that started later", async () => {
  const sealed = await store.vault.seal(totpScope(one), "SECRET");

  expect(sealed).not.toContain("SECRET");
  expect(await store.newVault().open(totpScope(one), sealed)).toBe("SECRET");
  await expect(store.vault.open(totpScope(other), sealed)).rejects.toThrow();
  await expect(store.vault.open({ ...totpScope(one), attribute: "pin" }, sealed)).rejects.toThrow();
});
