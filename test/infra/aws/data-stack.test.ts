import { expect, test } from "vitest";
import { buckets, functions, table } from "#infra/manifest.ts";
import { resourcesOf, synthesise } from "./cloud.ts";

const { templates } = synthesise();
const data = templates["data"];

const only = (type: string) => {
  const found = resourcesOf(data, type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};

const fileBuckets = resourcesOf(data, "AWS::S3::Bucket").filter(
  ({ Properties }) => Properties["LoggingConfiguration"] !== undefined,
);

test("nothing in the data stack goes away with the stack, or when it is replaced", () => {
  const kept = Object.values(data?.Resources ?? {}).filter(
    ({ Type }) => Type !== "AWS::S3::BucketPolicy",
  );

  expect(kept.length).toBeGreaterThanOrEqual(6);
  for (const { Type, DeletionPolicy, UpdateReplacePolicy } of kept) {
    expect([DeletionPolicy, UpdateReplacePolicy], Type).toEqual(["Retain", "Retain"]);
  }
});

test("the table can be brought back to any second, and nobody deletes it by accident", () => {
  const properties = only("AWS::DynamoDB::Table");

  expect(properties["PointInTimeRecoverySpecification"]).toMatchObject({
    PointInTimeRecoveryEnabled: true,
  });
  expect(properties["DeletionProtectionEnabled"]).toBe(true);
  expect(properties["BillingMode"]).toBe("PAY_PER_REQUEST");
});

test("the table has the keys, indexes and time to live of the manifest", () => {
  const properties = only("AWS::DynamoDB::Table");
  const keys = (partitionKey: string, sortKey: string) => [
    { AttributeName: partitionKey, KeyType: "HASH" },
    { AttributeName: sortKey, KeyType: "RANGE" },
  ];

  expect(properties["KeySchema"]).toEqual(keys(table.partitionKey, table.sortKey));
  expect(properties["TimeToLiveSpecification"]).toEqual({
    AttributeName: table.timeToLive,
    Enabled: true,
  });
  expect(properties["GlobalSecondaryIndexes"]).toEqual(
    table.indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: keys(index.partitionKey, index.sortKey),
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: index.include },
    })),
  );
});

test("files are encrypted under our key, versioned, and never public", () => {
  expect(fileBuckets).toHaveLength(Object.keys(buckets).length);
  for (const { Properties } of fileBuckets) {
    expect(JSON.stringify(Properties["BucketEncryption"])).toContain('"SSEAlgorithm":"aws:kms"');
    expect(Properties["VersioningConfiguration"]).toEqual({ Status: "Enabled" });
  }
  for (const { Properties } of resourcesOf(data, "AWS::S3::Bucket")) {
    expect(Properties["PublicAccessBlockConfiguration"]).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
  }
});

test("every bucket refuses whoever comes without TLS", () => {
  const guarded = resourcesOf(data, "AWS::S3::BucketPolicy").map(({ Properties }) =>
    JSON.stringify(Properties),
  );

  expect(guarded).toHaveLength(resourcesOf(data, "AWS::S3::Bucket").length);
  for (const policy of guarded) {
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toContain('"Effect":"Deny"');
  }
});

test("files expire as the manifest says, with their earlier versions", () => {
  for (const [name, { expire }] of Object.entries(buckets)) {
    const bucket = fileBuckets.find(({ Properties }) =>
      JSON.stringify(Properties["LoggingConfiguration"]).includes(`"${name}/"`),
    );
    const rules = (bucket?.Properties["LifecycleConfiguration"] as { Rules: unknown[] }).Rules;
    for (const { prefix, days } of expire) {
      expect(rules).toContainEqual({
        Prefix: prefix,
        ExpirationInDays: days,
        NoncurrentVersionExpiration: { NoncurrentDays: days },
        Status: "Enabled",
      });
    }
  }
});

test("the keys turn every year, and files and sealed fields have different ones", () => {
  const keys = resourcesOf(data, "AWS::KMS::Key");

  expect(keys).toHaveLength(2);
  for (const { Properties } of keys) expect(Properties["EnableKeyRotation"]).toBe(true);
});

test("scripts of any page may read the answer to what they sent, to the buckets that take it, and nothing else", () => {
  for (const [name, { pagesSend }] of Object.entries(buckets)) {
    const bucket = fileBuckets.find(({ Properties }) =>
      JSON.stringify(Properties["LoggingConfiguration"]).includes(`"${name}/"`),
    );
    expect(bucket?.Properties["CorsConfiguration"], name).toEqual(
      pagesSend
        ? { CorsRules: [{ AllowedMethods: ["POST"], AllowedOrigins: ["*"], MaxAge: 3000 }] }
        : undefined,
    );
  }
});

test("a bucket tells of its objects where a function is called for them, without a function of the library's", () => {
  const called = new Set(
    functions.flatMap(({ trigger }) => (trigger.kind === "object" ? [trigger.bucket] : [])),
  );
  expect([...called]).toEqual(["papers", "files"]);
  const telling = fileBuckets.filter(
    ({ Properties }) =>
      JSON.stringify(Properties["NotificationConfiguration"]) ===
      '{"EventBridgeConfiguration":{"EventBridgeEnabled":true}}',
  );
  expect(telling).toHaveLength(called.size);
  const logged = JSON.stringify(
    telling.map(({ Properties }) => Properties["LoggingConfiguration"]),
  );
  for (const name of called) expect(logged).toContain(`"${name}/"`);
  expect(resourcesOf(data, "AWS::Lambda::Function")).toEqual([]);
});
