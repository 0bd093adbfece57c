import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { createAllocations } from "#shared/adapters/dynamodb/allocations.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { workflowFromEnvironment } from "#shared/adapters/step-functions/workflow.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  policy: policyPack,
  ...runtimeFromEnvironment(process.env),
  ...stores,
  archive: createArchive(table, stores.vault),
  allocations: createAllocations(table, stores.vault),
  workflow: workflowFromEnvironment(process.env),
});
