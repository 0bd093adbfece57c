import { createNoticeStore } from "#shared/adapters/dynamodb/notice-store.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { workflowFromEnvironment } from "#shared/adapters/step-functions/workflow.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  ...runtimeFromEnvironment(process.env),
  ...stores,
  notices: createNoticeStore(table, stores.vault),
  workflow: workflowFromEnvironment(process.env),
});
