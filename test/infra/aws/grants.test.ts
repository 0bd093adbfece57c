/** What functions may do: their roles against the manifest's grants, and against what the adapters call. */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { functions } from "#infra/manifest.ts";
import { resourcesOf, synthesise, type Resource } from "./cloud.ts";

const service = synthesise().templates["service"];

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

const inPascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase());

const listOf = <Value>(value: Value | readonly Value[]): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [value as Value];

const statementsIn = (role: Resource): readonly Statement[] =>
  ((role.Properties["Policies"] ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

const statementsOf = (name: string): readonly Statement[] => {
  const roles = resourcesOf(service, "AWS::IAM::Role").filter(({ id }) =>
    id.startsWith(`${inPascalCase(name)}Role`),
  );
  expect(roles, name).toHaveLength(1);
  return roles.flatMap(statementsIn);
};

const actionsOf = (name: string): readonly string[] =>
  statementsOf(name).flatMap(({ Action }) => listOf(Action));

test("no action is a wildcard, and only log delivery may touch any resource", () => {
  for (const role of resourcesOf(service, "AWS::IAM::Role")) {
    for (const { Effect, Action, Resource } of statementsIn(role)) {
      expect(Effect).toBe("Allow");
      for (const action of listOf(Action))
        expect(action, role.id).toMatch(/^[a-z0-9-]+:[A-Za-z]+$/);
      if (listOf(Resource).includes("*")) {
        for (const action of listOf(Action)) expect(action, role.id).toMatch(/^logs:/);
      }
    }
  }
});

test("no function has a right that its grants don't name", () => {
  for (const { name, grants } of functions) {
    const actions = actionsOf(name);
    const may = (prefix: string): boolean => actions.some((action) => action.startsWith(prefix));
    expect(may("dynamodb:"), name).toBe(grants.table !== undefined);
    expect(may("dynamodb:PutItem"), name).toBe(grants.table === "read-write");
    expect(may("s3:"), name).toBe(grants.papers !== undefined || grants.files !== undefined);
    expect(may("s3:PutObject"), name).toBe([grants.papers, grants.files].includes("read-write"));
    expect(may("states:"), name).toBe(grants.workflow === true);
    expect(may("ses:"), name).toBe(grants.mail === true);
  }
});

/** The action that a call of the SDK needs. A transaction needs that of each of its parts. */
const actionOfCall: Readonly<Record<string, string>> = {
  GetItemCommand: "dynamodb:GetItem",
  BatchGetItemCommand: "dynamodb:BatchGetItem",
  QueryCommand: "dynamodb:Query",
  PutItemCommand: "dynamodb:PutItem",
  UpdateItemCommand: "dynamodb:UpdateItem",
  "Put:": "dynamodb:PutItem",
  "Update:": "dynamodb:UpdateItem",
  "ConditionCheck:": "dynamodb:ConditionCheckItem",
  ListObjectsV2Command: "s3:ListBucket",
  GetObjectCommand: "s3:GetObject",
  PutObjectCommand: "s3:PutObject",
  CreateMultipartUploadCommand: "s3:PutObject",
  UploadPartCommand: "s3:PutObject",
  CompleteMultipartUploadCommand: "s3:PutObject",
  AbortMultipartUploadCommand: "s3:AbortMultipartUpload",
  StartExecutionCommand: "states:StartExecution",
  SendTaskSuccessCommand: "states:SendTaskSuccess",
  GenerateDataKeyCommand: "kms:GenerateDataKey",
  DecryptCommand: "kms:Decrypt",
  SendEmailCommand: "ses:SendRawEmail",
};

test("what functions may do is what the adapters call: no call is refused, no right lies idle", () => {
  const sources = globSync("shared/adapters/**/*.ts").map((path) => readFileSync(path, "utf8"));
  const calls = new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/new (\w+Command)\(|\b(Put:|Update:|Delete:|ConditionCheck:)/g)].map(
        ([, command, part]) => command ?? part ?? "",
      ),
    ),
  );
  const needed = new Set(
    [...calls]
      .filter((call) => call !== "TransactWriteItemsCommand")
      .map((call) => actionOfCall[call] ?? `nobody has the right for ${call}`),
  );
  const granted = new Set(
    functions
      .flatMap(({ name }) => actionsOf(name))
      // With SES both names are asked for, depending on the kind of content.
      .filter((action) => !action.startsWith("logs:") && action !== "ses:SendEmail"),
  );

  expect([...granted].toSorted()).toEqual([...needed].toSorted());
});

test("nobody may read the whole table, delete a row or a file, or act as another role", () => {
  for (const { name } of functions) {
    expect(actionsOf(name)).not.toContain("dynamodb:Scan");
    expect(actionsOf(name)).not.toContain("dynamodb:DeleteItem");
    expect(actionsOf(name)).not.toContain("s3:DeleteObject");
    expect(actionsOf(name).filter((action) => /^(?:iam|sts|lambda):/.test(action))).toEqual([]);
  }
});

test("roles come from this template alone", () => {
  for (const role of resourcesOf(service, "AWS::IAM::Role")) {
    expect(role.Properties["ManagedPolicyArns"], role.id).toBeUndefined();
  }
});

test("over SES a function may send in one name only", () => {
  const [statement] = statementsOf("request-approval").filter(({ Action }) =>
    listOf(Action).includes("ses:SendEmail"),
  );

  expect(JSON.stringify(statement?.Resource)).toMatch(/identity\/no-reply@songnuan\.example/);
});
