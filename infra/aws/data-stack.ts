/** What must never be lost: the table, the files, the keys. Everything here stays when its stack goes. */
import { CfnOutput, Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { App } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import { Key } from "aws-cdk-lib/aws-kms";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import type { CorsRule, IBucket, LifecycleRule } from "aws-cdk-lib/aws-s3";
import { buckets, functions, table } from "#infra/manifest.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { BucketName } from "#infra/manifest.ts";
import type { Settings } from "./settings.ts";

export interface Data {
  readonly table: Table;
  readonly buckets: Readonly<Record<BucketName, Bucket>>;
  /** Seals personal data field by field; never used for files. */
  readonly vaultKey: Key;
  /** Encrypts the files at rest. */
  readonly fileKey: Key;
}

/** 网络安全法 art. 21 asks for six months of logs; a year of access records lets a yearly audit look back. */
const accessRecordDays = 400;

const key = (stack: Stack, id: string, description: string): Key =>
  new Key(stack, id, {
    description,
    enableKeyRotation: true,
    pendingWindow: Duration.days(30),
    removalPolicy: RemovalPolicy.RETAIN,
  });

const createTable = (stack: Stack): Table => {
  const created = new Table(stack, "Table", {
    partitionKey: { name: table.partitionKey, type: AttributeType.STRING },
    sortKey: { name: table.sortKey, type: AttributeType.STRING },
    timeToLiveAttribute: table.timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const index of table.indexes) {
    created.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: { name: index.partitionKey, type: AttributeType.STRING },
      sortKey: { name: index.sortKey, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...index.include],
    });
  }
  return created;
};

/** The bucket for S3's own access records. They are written by S3, which can't use a customer's key for them. */
const createRecordBucket = (stack: Stack): Bucket => {
  const records = new Bucket(stack, "AccessRecords", {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [
      {
        expiration: Duration.days(accessRecordDays),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });
  Validations.of(records).acknowledge({
    id: "AwsSolutions-S1",
    reason:
      "This bucket receives the access records of the others; recording itself would never end.",
  });
  return records;
};

/** An expired file's earlier versions go with it: what was deleted for privacy must not live on beneath. */
const lifecycleRules = (name: BucketName): LifecycleRule[] => [
  { abortIncompleteMultipartUploadAfter: Duration.days(1) },
  ...buckets[name].expire.map(({ prefix, days }) => ({
    prefix,
    expiration: Duration.days(days),
    noncurrentVersionExpiration: Duration.days(days),
  })),
];

/**
 * A script may read the answer to a file it sent. Any origin's may: what lets a file in is the form that we signed
 * for it, and the pages' own address isn't known here, since their stack is made from this one.
 */
const corsOf = (name: BucketName): CorsRule[] =>
  buckets[name].pagesSend
    ? [{ allowedMethods: [HttpMethods.POST], allowedOrigins: ["*"], maxAge: 3_000 }]
    : [];

/** S3 tells EventBridge of each object. The library's own switch for it would bring a function of its own along. */
const tellOfObjects = (bucket: Bucket, name: BucketName): void => {
  if (!functions.some(({ trigger }) => trigger.kind === "object" && trigger.bucket === name))
    return;
  const resource = bucket.node.defaultChild;
  invariant(resource instanceof CfnBucket, "a bucket is made of a bucket");
  resource.notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
};

/** @returns the table, the buckets and the keys that the service stack works with. */
export const createDataStack = (app: App, settings: Settings): Data => {
  const stack = new Stack(app, "data", {
    stackName: `${settings.name}-data`,
    description: "Songnuan: what must never be lost (table, files, keys)",
    terminationProtection: settings.terminationProtected,
    ...(settings.region === undefined ? {} : { env: { region: settings.region } }),
  });
  const vaultKey = key(stack, "VaultKey", "Songnuan: seals personal data field by field");
  const fileKey = key(stack, "FileKey", "Songnuan: encrypts papers and bank files");
  const records = createRecordBucket(stack);
  const bucket = (name: BucketName, id: string): Bucket => {
    const created = new Bucket(stack, id, {
      encryption: BucketEncryption.KMS,
      encryptionKey: fileKey,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // The library declares its own classes a shade looser than exactOptionalPropertyTypes takes.
      serverAccessLogsBucket: records as IBucket,
      serverAccessLogsPrefix: `${name}/`,
      lifecycleRules: lifecycleRules(name),
      cors: corsOf(name),
    });
    tellOfObjects(created, name);
    return created;
  };
  const created = createTable(stack);
  // infra/tools/seed-demo-city.ts reads these.
  new CfnOutput(stack, "TableName", { value: created.tableName });
  new CfnOutput(stack, "VaultKeyArn", { value: vaultKey.keyArn });
  const files = bucket("files", "Files");
  // And infra/tools/export-trail.ts this one.
  new CfnOutput(stack, "FilesBucketName", { value: files.bucketName });
  return {
    table: created,
    buckets: { papers: bucket("papers", "Papers"), files },
    vaultKey,
    fileKey,
  };
};
