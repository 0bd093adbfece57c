/** A table and a key as a deployment leaves them, empty; the environment points at them. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { startKms } from "#infra/local/kms.ts";
import { ensureTable } from "#infra/local/table.ts";
import { table } from "#infra/manifest.ts";

const key = {
  AWS_ACCESS_KEY_ID: "AKIATEST",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
};

export const startDeployed = async () => {
  const database = await startDynamoDb(null);
  const kms = await startKms({ dataDir: null, accessKeyId: key.AWS_ACCESS_KEY_ID });
  Object.assign(process.env, key, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
  });
  const client = new DynamoDBClient({});
  await ensureTable(client, "deployed", table);
  return { client, stop: async () => Promise.all([database.stop(), kms.stop()]) };
};
