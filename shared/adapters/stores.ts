/** Everything that lies in the table, over one client and one vault. */
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { createBatchStore } from "./dynamodb/batch-store.ts";
import { createCaseStore } from "./dynamodb/case-store.ts";
import { tableFromEnvironment, type Table } from "./dynamodb/client.ts";
import { createDirectory } from "./dynamodb/directory.ts";
import { createFundStore } from "./dynamodb/fund-store.ts";
import type { Environment } from "./environment.ts";
import { vaultFromEnvironment } from "./vault.ts";

/** The table goes along, for the stores that few functions need: those are made by whoever needs them. */
type StoresOfTheTable = Pick<
  Dependencies,
  "vault" | "cases" | "funds" | "batches" | "directory"
> & { readonly table: Table };

/**
 * Reads TABLE_NAME and MASTER_KEY_ID.
 * @param isPersonalField says which answers are sealed; adapters don't know the programmes.
 */
export const storesFromEnvironment = (
  environment: Environment,
  isPersonalField: (programmeId: string, field: string) => boolean,
): StoresOfTheTable => {
  const table = tableFromEnvironment(environment);
  const vault = vaultFromEnvironment(environment, table);
  return {
    table,
    vault,
    cases: createCaseStore(table, vault, isPersonalField),
    funds: createFundStore(table),
    batches: createBatchStore(table, vault),
    directory: createDirectory(table),
  };
};
