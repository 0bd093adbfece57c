import { storedFilesFromEnvironment } from "#shared/adapters/stored-files.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { createHandler } from "./handler.ts";

export const handler = createHandler({
  ...runtimeFromEnvironment(process.env),
  ...storesFromEnvironment(process.env, isPersonalField),
  files: storedFilesFromEnvironment(process.env),
});
