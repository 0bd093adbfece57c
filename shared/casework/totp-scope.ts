/** What a person's sealed TOTP secret belongs to: who seals it and who opens it must agree. */
import type { StaffId } from "#shared/kernel/ids.ts";
import type { SealScope } from "#shared/ports/vault.ts";

export const totpScope = (id: StaffId): SealScope => ({
  owner: `STAFF#${id}`,
  attribute: "totp",
  salt: "",
});
