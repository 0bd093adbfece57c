import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { mockClient } from "aws-sdk-client-mock";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createExecutionRecords } from "#infra/local/execution-records.ts";
import { createExecutions } from "#infra/local/executions.ts";
import { prepareMachine } from "#infra/local/machine-definition.ts";
import { createMovableClock, type MovableClock } from "#infra/local/movable-clock.ts";
import { openStateFile } from "#infra/local/state-file.ts";
import { arnsOf, startStepFunctions } from "#infra/local/step-functions.ts";
import {
  createWorkflow,
  workflowFromEnvironment,
} from "#shared/adapters/step-functions/workflow.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { Workflow } from "#shared/ports/workflow.ts";

const arns = arnsOf("aws", "us-east-1", "000000000000");
const machineArns = {
  application: arns.machine("application"),
  disbursement: arns.machine("disbursement"),
};
const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };

/** A machine of one task that waits for its token, for an hour. */
const waiting = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:${Partition}:states:::lambda:invoke.waitForTaskToken",
      Parameters: {
        FunctionName: "${AskFunctionArn}",
        Payload: { "applicationId.$": "$.applicationId", "taskToken.$": "$$.Task.Token" },
      },
      TimeoutSeconds: 3_600,
      ResultPath: "$.step",
      End: true,
    },
  },
};

interface Asked {
  readonly applicationId: string;
  readonly taskToken: string;
}

let clock: MovableClock;
let client: SFNClient;
let workflow: Workflow;
let stop: () => Promise<void>;
const asked: Asked[] = [];

beforeAll(async () => {
  const state = openStateFile(null);
  clock = createMovableClock();
  const records = createExecutionRecords(state);
  const machine = prepareMachine(waiting, {
    Partition: "aws",
    AskFunctionArn: "arn:aws:lambda:r:0:function:ask",
  });
  const executions = createExecutions({
    machines: new Map([
      ["application", machine],
      ["disbursement", machine],
    ]),
    records,
    clock,
    invoke: async (_arn, payload) => void asked.push(payload as Asked),
    report: () => {},
    invocationsMax: 8,
  });
  const endpoint = await startStepFunctions({
    executions,
    records,
    machineNames: ["application", "disbursement"],
    arns,
    accessKeyId: credentials.accessKeyId,
  });
  client = new SFNClient({ endpoint: endpoint.url, region: "us-east-1", credentials });
  workflow = createWorkflow(client, machineArns);
  stop = async () => {
    client.destroy();
    await endpoint.stop();
    executions.stop();
    clock.stop();
    state.close();
  };
});
afterAll(() => stop());

const describe = (machine: "application" | "disbursement", name: string) =>
  client.send(new DescribeExecutionCommand({ executionArn: arns.execution(machine, name) }));

const begin = async (name: string): Promise<string> => {
  expect(await workflow.start("application", name, { applicationId: name })).toBe(true);
  await clock.settled();
  const task = asked.find(({ applicationId }) => applicationId === name);
  if (!task) throw new Error("nobody was asked");
  return task.taskToken;
};

test("an execution is started by name with what it is given, on its own machine", async () => {
  await workflow.start("disbursement", "B1-1", { batchId: "B1", applicationId: "none" });
  const { input, status } = await describe("disbursement", "B1-1");
  expect(JSON.parse(input ?? "")).toEqual({ batchId: "B1", applicationId: "none" });
  expect(status).toBe("RUNNING");
  await expect(describe("application", "B1-1")).rejects.toThrow();
});

test("started again while it runs it is the same execution; once it has ended nothing is started", async () => {
  const token = await begin("SN1");
  expect(await workflow.start("application", "SN1", { applicationId: "SN1" })).toBe(true);
  expect(await workflow.start("application", "SN1", { applicationId: "SN2" })).toBe(false);
  await clock.settled();
  expect(asked.filter(({ applicationId }) => applicationId === "SN1")).toHaveLength(1);

  await workflow.succeed(token, {});
  await clock.settled();
  expect(await workflow.start("application", "SN1", { applicationId: "SN1" })).toBe(false);
});

test("twenty starts at once are one execution", async () => {
  const started = await Promise.all(
    Array.from({ length: 20 }, () =>
      workflow.start("application", "SN3", { applicationId: "SN3" }),
    ),
  );
  await clock.settled();
  expect(new Set(started)).toEqual(new Set([true]));
  expect(asked.filter(({ applicationId }) => applicationId === "SN3")).toHaveLength(1);
});

test("a waiting task goes on with what it is told, once", async () => {
  const token = await begin("SN4");

  const told = await Promise.all(
    Array.from({ length: 5 }, () => workflow.succeed(token, { outcome: "notice" })),
  );
  await clock.settled();

  expect(told.filter(Boolean)).toHaveLength(1);
  const { output, status } = await describe("application", "SN4");
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output ?? "")).toEqual({ applicationId: "SN4", step: { outcome: "notice" } });
});

test("nobody waits for a token whose wait ran out, of an unknown execution, or that is none", async () => {
  const token = await begin("SN5");
  await clock.advanceTo(addMinutes(clock.now(), 61));
  expect(await workflow.succeed(token, {})).toBe(false);

  const unknown = Buffer.from(JSON.stringify(["application", "SN-unknown"])).toString("base64url");
  expect(await workflow.succeed(`${unknown}.abcdef`, {})).toBe(false);
  expect(await workflow.succeed("no token at all", {})).toBe(false);
});

test("what says nothing of the execution is thrown, so that the caller tries again", async () => {
  const missing = createWorkflow(client, { ...machineArns, application: arns.machine("none") });
  await expect(missing.start("application", "SN6", {})).rejects.toThrow("Does Not Exist");

  const busy = new SFNClient({ region: "us-east-1" });
  const mock = mockClient(busy);
  onTestFinished(() => mock.restore());
  const throttled = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
  mock.on(StartExecutionCommand).rejects(throttled);
  mock.on(SendTaskSuccessCommand).rejects(throttled);
  const failing = createWorkflow(busy, machineArns);
  await expect(failing.start("application", "SN7", {})).rejects.toBe(throttled);
  await expect(failing.succeed("token", {})).rejects.toBe(throttled);
});

test.each([
  ["TaskTimedOut", new TaskTimedOut({ message: "", $metadata: {} })],
  ["TaskDoesNotExist", new TaskDoesNotExist({ message: "", $metadata: {} })],
])("%s from the service means that nobody waits", async (_name, error) => {
  const away = new SFNClient({ region: "us-east-1" });
  const mock = mockClient(away);
  onTestFinished(() => mock.restore());
  mock.on(SendTaskSuccessCommand).rejects(error);
  expect(await createWorkflow(away, machineArns).succeed("token", {})).toBe(false);
});

test("the machines are those the environment names", async () => {
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  const endpoint = await client.config.endpoint?.();
  vi.stubEnv("AWS_ENDPOINT_URL_SFN", `http://${endpoint?.hostname}:${endpoint?.port}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const named = workflowFromEnvironment({
    APPLICATION_MACHINE_ARN: machineArns.application,
    DISBURSEMENT_MACHINE_ARN: machineArns.disbursement,
  });
  expect(await named.start("disbursement", "B9-1", { batchId: "B9", applicationId: "" })).toBe(
    true,
  );
  expect((await describe("disbursement", "B9-1")).status).toBe("RUNNING");
});
