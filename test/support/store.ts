/** The real stores on the embedded database, without the rest of the run: for adapters, races and casework. */
import { policyPack } from "#workflows/policy-pack.ts";
import { randomBytes } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { KMSClient } from "@aws-sdk/client-kms";
import { createBatchStore } from "#shared/adapters/dynamodb/batch-store.ts";
import { createCaseStore } from "#shared/adapters/dynamodb/case-store.ts";
import type { Table } from "#shared/adapters/dynamodb/client.ts";
import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import { createAllocations } from "#shared/adapters/dynamodb/allocations.ts";
import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { createAuditStore } from "#shared/adapters/dynamodb/audit-store.ts";
import { createFundOrders } from "#shared/adapters/dynamodb/fund-orders.ts";
import { createExportStore } from "#shared/adapters/dynamodb/export-store.ts";
import { createFeedbackStore } from "#shared/adapters/dynamodb/feedback-store.ts";
import { createNoticeStore } from "#shared/adapters/dynamodb/notice-store.ts";
import { createOversight } from "#shared/adapters/dynamodb/oversight.ts";
import { createPayingAccounts } from "#shared/adapters/dynamodb/paying-accounts.ts";
import { createTrailStore } from "#shared/adapters/dynamodb/trail-store.ts";
import { createDirectory } from "#shared/adapters/dynamodb/directory.ts";
import { createFundStore } from "#shared/adapters/dynamodb/fund-store.ts";
import { createVault } from "#shared/adapters/vault.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { table as tableDefinition } from "#infra/manifest.ts";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { masterKeyId, startKms } from "#infra/local/kms.ts";
import { ensureTable } from "#infra/local/table.ts";

const accessKeyId = "AKIATEST";
const credentials = { accessKeyId, secretAccessKey: "test" };

/** Starts an empty store of its own. Stop it when the tests are done. */
export const startStore = async () => {
  const database = await startDynamoDb(null);
  const kms = await startKms({ dataDir: null, accessKeyId });
  const client = new DynamoDBClient({
    endpoint: database.url,
    region: "us-east-1",
    credentials,
    requestHandler: { httpAgent: { maxSockets: 300 } },
  });
  const table: Table = { name: "songnuan", client };
  await ensureTable(client, table.name, tableDefinition);
  const newVault = () =>
    createVault(
      table,
      new KMSClient({ endpoint: kms.url, region: "us-east-1", credentials }),
      masterKeyId,
    );
  const vault = newVault();
  return {
    policy: policyPack,
    table,
    vault,
    newVault,
    cases: createCaseStore(table, vault, isPersonalField),
    funds: createFundStore(table),
    batches: createBatchStore(table, vault),
    directory: createDirectory(table),
    archive: createArchive(table, vault),
    audit: createAuditStore(table, vault),
    notices: createNoticeStore(table, vault),
    oversight: createOversight(table, vault),
    accessLog: createAccessLog(table),
    trail: createTrailStore(table),
    allocations: createAllocations(table, vault),
    fundOrders: createFundOrders(table),
    payingAccounts: createPayingAccounts(table),
    exports: createExportStore(table, vault),
    feedback: createFeedbackStore(table, vault),
    random: (length: number) => randomBytes(length),
    stop: async () => {
      client.destroy();
      await kms.stop();
      await database.stop();
    },
  };
};

export type TestStore = Awaited<ReturnType<typeof startStore>>;
