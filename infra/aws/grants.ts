/**
 * A manifest entry's grants as IAM statements and as environment variables. Written out action by action: the
 * library's own grants add what nobody here needs, and wildcards (s3:DeleteObject*, kms:ReEncrypt*).
 */
import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { machines, table } from "#infra/manifest.ts";
import type { MachineName } from "#infra/manifest.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { environmentOf } from "#shared/lambda/definition.ts";
import type { Access, Grants } from "#shared/lambda/definition.ts";
import type { Data } from "./data-stack.ts";
import { machineArnOf } from "./names.ts";
import type { Settings } from "./settings.ts";

const machineNames = Object.keys(machines) as MachineName[];

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/**
 * What shared/adapters/dynamodb/ calls, and no more. No DeleteItem: no function can take a row out of the trail.
 * No Scan: exports and audits read the indexes or a restored copy, never the live table from end to end.
 */
const tableActions = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
  write: ["dynamodb:ConditionCheckItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
} as const;

/** What shared/adapters/vault.ts calls. */
const vaultActions = ["kms:Decrypt", "kms:GenerateDataKey"] as const;

const indexArns = (data: Data): string[] =>
  table.indexes.map(({ name }) => `${data.table.tableArn}/index/${name}`);

const tableStatements = (access: Exclude<Access, "none">, data: Data): PolicyStatement[] => [
  allow(tableActions.read, [data.table.tableArn, ...indexArns(data)]),
  ...(access === "read-write" ? [allow(tableActions.write, [data.table.tableArn])] : []),
  // Whoever reads the table opens sealed fields and computes look-up hashes.
  allow(vaultActions, [data.vaultKey.keyArn]),
];

/** The bucket's ARN as the other stack imports it. */
const importedArnOf = (bucket: Bucket): string => Stack.of(bucket).exportValue(bucket.bucketArn);

/** Nobody may delete a file: what is to go, goes by the bucket's lifecycle rule. */
const bucketStatements = (
  access: Exclude<Access, "none">,
  bucket: Bucket,
  data: Data,
): PolicyStatement[] => {
  const writes = access === "read-write";
  const arn = importedArnOf(bucket);
  return [
    allow(["s3:ListBucket"], [arn]),
    allow(
      ["s3:GetObject", ...(writes ? ["s3:PutObject", "s3:AbortMultipartUpload"] : [])],
      [`${arn}/*`],
    ),
    allow(["kms:Decrypt", ...(writes ? ["kms:GenerateDataKey"] : [])], [data.fileKey.keyArn]),
  ];
};

/**
 * SendTaskSuccess is listed as knowing no resources, and yet is checked against the state machine's ARN when the
 * token belongs to a machine (tried in github.com/aws/aws-cdk/pull/8486), so it is held to our machines.
 */
const workflowStatements = (scope: Construct, settings: Settings): PolicyStatement[] => {
  const arns = machineNames.map((machine) => machineArnOf(scope, settings, machine));
  return [allow(["states:StartExecution", "states:SendTaskSuccess"], arns)];
};

/** SES lets an address send that is verified by itself or by its domain: one of the two identities exists. */
const mailStatements = (scope: Construct, { mail }: Settings): PolicyStatement[] => {
  if (mail.transport !== "ses") return [];
  const domain = mail.fromAddress.slice(mail.fromAddress.indexOf("@") + 1);
  const identities = [mail.fromAddress, domain].map((resourceName) =>
    Stack.of(scope).formatArn({ service: "ses", resource: "identity", resourceName }),
  );
  return [allow(["ses:SendEmail", "ses:SendRawEmail"], identities)];
};

/** @returns what a function with these grants may do, and nothing more. */
export const statementsOf = (
  scope: Construct,
  grants: Grants,
  data: Data,
  settings: Settings,
): PolicyStatement[] => [
  ...(grants.table ? tableStatements(grants.table, data) : []),
  ...(grants.papers ? bucketStatements(grants.papers, data.buckets.papers, data) : []),
  ...(grants.files ? bucketStatements(grants.files, data.buckets.files, data) : []),
  ...(grants.workflow ? workflowStatements(scope, settings) : []),
  ...(grants.mail ? mailStatements(scope, settings) : []),
];

/**
 * A right on a bucket's objects can only be written with a wildcard behind the bucket's ARN. cdk-nag names the
 * finding by what the ARN is imported as.
 */
export const acknowledgeObjectRights = (role: Role, grants: Grants, data: Data): void => {
  for (const name of ["papers", "files"] as const) {
    if (!grants[name]) continue;
    const bucket = data.buckets[name];
    const imported = Stack.of(bucket).resolve(importedArnOf(bucket)) as {
      "Fn::ImportValue": string;
    };
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${imported["Fn::ImportValue"]}/*]`,
      reason: `The function works with any object of the ${name} bucket, and with no other bucket; keys are case numbers, which no policy can list.`,
    });
  }
};

/** The value of every variable that some grant names. */
export interface EnvironmentValues {
  readonly data: Data;
  readonly siteUrl: string;
  readonly smtpUrl: string;
}

/**
 * @returns a value for each name of `environmentOf(grants)`.
 * @throws InvariantBroken when a grant names a variable that this stack can't supply.
 */
export const environmentValuesOf = (
  scope: Construct,
  grants: Grants,
  settings: Settings,
  { data, siteUrl, smtpUrl }: EnvironmentValues,
): Record<string, string> => {
  const known: Record<string, string> = {
    SITE_URL: siteUrl,
    TABLE_NAME: data.table.tableName,
    MASTER_KEY_ID: data.vaultKey.keyArn,
    PAPERS_BUCKET: data.buckets.papers.bucketName,
    FILES_BUCKET: data.buckets.files.bucketName,
    APPLICATION_MACHINE_ARN: machineArnOf(scope, settings, "application"),
    DISBURSEMENT_MACHINE_ARN: machineArnOf(scope, settings, "disbursement"),
    MAIL_TRANSPORT: settings.mail.transport,
    MAIL_FROM: settings.mail.from,
    SMTP_URL: smtpUrl,
  };
  const given: Record<string, string> = {};
  for (const name of environmentOf(grants)) {
    const value = known[name];
    invariant(value !== undefined, `no value for the environment variable ${name}`);
    given[name] = value;
  }
  if (settings.publicS3Url !== undefined && (grants.papers || grants.files)) {
    given["PUBLIC_S3_URL"] = settings.publicS3Url;
  }
  return given;
};
