import { createAuditStore } from "#shared/adapters/dynamodb/audit-store.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  policy: policyPack,
  ...runtimeFromEnvironment(process.env),
  ...stores,
  audit: createAuditStore(table, stores.vault),
});
