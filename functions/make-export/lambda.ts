import { createExportStore } from "#shared/adapters/dynamodb/export-store.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storedFilesFromEnvironment } from "#shared/adapters/stored-files.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  ...runtimeFromEnvironment(process.env),
  ...stores,
  exports: createExportStore(table, stores.vault),
  files: storedFilesFromEnvironment(process.env),
});
