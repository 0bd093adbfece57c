import { afterAll, beforeAll, expect, test } from "vitest";
import { seedStore, storeEnvironmentOf } from "#infra/tools/seed-demo-city.ts";
import { masterKeyId } from "#infra/local/kms.ts";
import { startDeployed } from "#test/support/deployed.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";

let deployed: Awaited<ReturnType<typeof startDeployed>>;

beforeAll(async () => {
  deployed = await startDeployed();
});
afterAll(async () => {
  deployed.client.destroy();
  await deployed.stop();
});

const outputs = JSON.stringify({
  "songnuan-service": { SiteUrl: "https://example.cn" },
  "songnuan-data": { TableName: "deployed", VaultKeyArn: masterKeyId },
});

test("the store is found in what the deployment wrote, whatever the stacks are called", () => {
  expect(storeEnvironmentOf(outputs)).toEqual({
    TABLE_NAME: "deployed",
    MASTER_KEY_ID: masterKeyId,
  });
});

test("outputs without the data stack are refused", () => {
  expect(() => storeEnvironmentOf('{"songnuan-service":{"SiteUrl":"x"}}')).toThrow();
});

test("a deployed store gets the demo city once, and is left alone after that", async () => {
  const directory = createDirectory({ name: "deployed", client: deployed.client });

  expect(await seedStore(storeEnvironmentOf(outputs))).toBe(true);
  const { units } = await directory.organisation();
  expect(units.map(({ id }) => id)).toContain("city");

  expect(await seedStore(storeEnvironmentOf(outputs))).toBe(false);
});
