import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import { tableFromEnvironment } from "#shared/adapters/dynamodb/client.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";
import { createFundStore } from "#shared/adapters/dynamodb/fund-store.ts";
import { createTrailStore } from "#shared/adapters/dynamodb/trail-store.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storedFilesFromEnvironment } from "#shared/adapters/stored-files.ts";
import { createHandler } from "./handler.ts";

const table = tableFromEnvironment(process.env);

/** Without a vault: a proof opens nothing that is sealed. */
export const handler = createHandler({
  ...runtimeFromEnvironment(process.env),
  trail: createTrailStore(table),
  accessLog: createAccessLog(table),
  funds: createFundStore(table),
  directory: createDirectory(table),
  files: storedFilesFromEnvironment(process.env),
});
