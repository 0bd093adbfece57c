/**
 * Puts the demo city into a deployed system, to try it: `npm run seed`, after `npm run deploy` has written
 * out/outputs.json. Never where people work for real: the demo's PIN and TOTP secret are known to everybody.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { demoGuide, seedDemoCity, wantsDemoCity } from "#infra/local/demo-city.ts";
import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { createFundOrders } from "#shared/adapters/dynamodb/fund-orders.ts";
import type { Environment } from "#shared/adapters/environment.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { policyPack } from "#workflows/policy-pack.ts";

const Outputs = z
  .record(z.string(), z.record(z.string(), z.string()))
  .transform((stacks) => Object.values(stacks).find((outputs) => outputs["TableName"]))
  .pipe(z.object({ TableName: z.string(), VaultKeyArn: z.string() }));

/**
 * What the functions would find, from the outputs that `cdk deploy` wrote.
 * @throws ZodError when the data stack isn't among them.
 */
export const storeEnvironmentOf = (outputsJson: string): Environment => {
  const { TableName, VaultKeyArn } = Outputs.parse(JSON.parse(outputsJson));
  return { TABLE_NAME: TableName, MASTER_KEY_ID: VaultKeyArn };
};

/** @returns false when offices are there already: then nothing is written. */
export const seedStore = async (environment: Environment): Promise<boolean> => {
  const { table, ...stores } = storesFromEnvironment(environment, isPersonalField);
  if (!(await wantsDemoCity(stores))) return false;
  await seedDemoCity({
    ...stores,
    ...runtimeFromEnvironment(environment),
    archive: createArchive(table, stores.vault),
    fundOrders: createFundOrders(table),
    policy: policyPack,
  });
  return true;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outputsPath = new URL("../../out/outputs.json", import.meta.url);
  const seeded = await seedStore(storeEnvironmentOf(readFileSync(outputsPath, "utf8")));
  const lines = seeded
    ? demoGuide
    : ["已有机构，未写入任何数据。Offices are there already: nothing was written."];
  process.stdout.write(`${lines.join("\n")}\n`);
}
