import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidOutput,
  InvalidToken,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { createExecutionRecords } from "#infra/local/execution-records.ts";
import { createExecutions } from "#infra/local/executions.ts";
import { prepareMachine } from "#infra/local/machine-definition.ts";
import { createMovableClock } from "#infra/local/movable-clock.ts";
import { openStateFile } from "#infra/local/state-file.ts";
import { arnsOf, startStepFunctions } from "#infra/local/step-functions.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { clientFor, credentials, temporaryDirectory, waitingMachine } from "./fixtures.ts";

const arns = arnsOf("aws", "us-east-1", "000000000000");
const day = 24 * 60;

/** A run of Step Functions over one machine, "m", whose function "Ask" is `ask`. */
const begin = async (input: {
  readonly machine: object;
  readonly ask: (payload: Record<string, unknown>) => unknown;
  readonly dataDir?: string;
}) => {
  const state = openStateFile(input.dataDir ?? null);
  const clock = createMovableClock();
  const records = createExecutionRecords(state);
  const reported: string[] = [];
  const substitutions = { Partition: "aws", AskFunctionArn: "arn:aws:lambda:r:0:function:ask" };
  const executions = createExecutions({
    machines: new Map([["m", prepareMachine(input.machine, substitutions)]]),
    records,
    clock,
    invoke: async (_arn, payload) => input.ask(payload as Record<string, unknown>),
    report: (machine, name, error) => reported.push(`${machine} ${name} ${error}`),
    invocationsMax: 8,
  });
  const endpoint = await startStepFunctions({
    executions,
    records,
    machineNames: ["m"],
    arns,
    accessKeyId: credentials.accessKeyId,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await endpoint.stop();
    executions.stop();
    clock.stop();
    state.close();
  };
  onTestFinished(stop);
  const client = new SFNClient(clientFor(endpoint.url));
  return {
    client,
    clock,
    executions,
    reported,
    stop,
    start: (name: string, given: object = { id: name }) =>
      client.send(
        new StartExecutionCommand({
          stateMachineArn: arns.machine("m"),
          name,
          input: JSON.stringify(given),
        }),
      ),
    describe: (name: string) =>
      client.send(new DescribeExecutionCommand({ executionArn: arns.execution("m", name) })),
    succeed: (taskToken: string, output: unknown) =>
      client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
  };
};

const tokenOf = (payload: Record<string, unknown>): string => payload["taskToken"] as string;

test("an execution waits for its token, for months if need be, and ends with what it was told", async () => {
  const asked: Record<string, unknown>[] = [];
  const run = await begin({
    machine: waitingMachine(200 * day * 60),
    ask: (payload) => void asked.push(payload),
  });

  await run.start("SN1");
  await run.clock.settled();
  await run.clock.advanceTo(addMinutes(run.clock.now(), 150 * day));
  expect((await run.describe("SN1")).status).toBe("RUNNING");
  expect(asked).toHaveLength(1);
  await run.succeed(tokenOf(asked[0] ?? {}), { outcome: "approved" });
  await run.clock.settled();

  const ended = await run.describe("SN1");
  expect(ended.status).toBe("SUCCEEDED");
  expect(JSON.parse(ended.output ?? "")).toEqual({ id: "SN1", step: { outcome: "approved" } });
  expect(ended.stopDate?.getTime()).toBeGreaterThan(
    (ended.startDate?.getTime() ?? 0) + 149 * 864e5,
  );
});

test("a start is idempotent while the same runs, and refused otherwise", async () => {
  const asked: string[] = [];
  const run = await begin({
    machine: waitingMachine(60),
    ask: (payload) => void asked.push(tokenOf(payload)),
  });

  const [first, second] = [await run.start("SN1"), await run.start("SN1")];
  await run.clock.settled();

  expect(second.executionArn).toBe(first.executionArn);
  expect(asked).toHaveLength(1);
  await expect(run.start("SN1", { id: "another" })).rejects.toThrow(ExecutionAlreadyExists);
  await run.succeed(asked[0] ?? "", {});
  await run.clock.settled();
  await expect(run.start("SN1")).rejects.toThrow(ExecutionAlreadyExists);
});

test("a wait that runs out on the moved clock is retried by its name with a token of its own", async () => {
  const asked: string[] = [];
  const run = await begin({
    machine: waitingMachine(14 * day * 60, [
      { ErrorEquals: ["States.Timeout"], IntervalSeconds: 1, BackoffRate: 1, MaxAttempts: 20 },
    ]),
    ask: (payload) => void asked.push(tokenOf(payload)),
  });
  await run.start("SN1");

  await run.clock.advanceTo(addMinutes(run.clock.now(), 43 * day));

  expect(asked).toHaveLength(4);
  expect(new Set(asked).size).toBe(4);
  await expect(run.succeed(asked[2] ?? "", {})).rejects.toThrow(TaskTimedOut);
  await run.succeed(asked[3] ?? "", { outcome: "late" });
  await run.clock.settled();
  expect((await run.describe("SN1")).status).toBe("SUCCEEDED");
  expect(run.executions.transitionsOf("m", "SN1")).toBeNull();
});

test("a wait that runs out without a retry ends the execution as failed, and that is reported", async () => {
  const run = await begin({ machine: waitingMachine(3600), ask: () => null });
  await run.start("SN1");

  await run.clock.advanceTo(addMinutes(run.clock.now(), 61));

  expect(await run.describe("SN1")).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  expect(run.reported).toEqual(["m SN1 States.Timeout"]);
});

test("an unknown token and an output that is no JSON are refused by name", async () => {
  const asked: string[] = [];
  const run = await begin({
    machine: waitingMachine(3600),
    ask: (payload) => void asked.push(tokenOf(payload)),
  });
  await run.start("SN1");
  await run.clock.settled();

  await expect(run.succeed("no-token", {})).rejects.toThrow(InvalidToken);
  const spoiled = new SendTaskSuccessCommand({ taskToken: asked[0], output: "{" });
  await expect(run.client.send(spoiled)).rejects.toThrow(InvalidOutput);
  await run.succeed(asked[0] ?? "", {});
  await expect(run.succeed(asked[0] ?? "", {})).rejects.toThrow(TaskTimedOut);
});

test("a token may be answered before the function that got it returns", async () => {
  let answer: (token: string) => Promise<unknown> = async () => null;
  const run = await begin({
    machine: waitingMachine(3600),
    ask: async (payload) => answer(tokenOf(payload)),
  });
  answer = (token) => run.succeed(token, { outcome: "decided before" });

  await run.start("SN1");
  await run.clock.settled();

  const { status, output = "" } = await run.describe("SN1");
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output)).toMatchObject({ step: { outcome: "decided before" } });
});

test("a task that is told to fail fails under that name", async () => {
  const asked: string[] = [];
  const run = await begin({
    machine: waitingMachine(3600, [{ ErrorEquals: ["Refused"], MaxAttempts: 0 }]),
    ask: (payload) => void asked.push(tokenOf(payload)),
  });
  await run.start("SN1");
  await run.clock.settled();

  const [taskToken] = asked;
  await run.client.send(new SendTaskFailureCommand({ taskToken, error: "Refused", cause: "no" }));
  await run.clock.settled();

  expect(await run.describe("SN1")).toMatchObject({ status: "FAILED", error: "Refused" });
});

const named = (name: string): Error => Object.assign(new Error("no"), { name });

const steps = (retry: readonly object[], more: object = {}) => ({
  StartAt: "Work",
  States: {
    Work: {
      Type: "Task",
      Resource: "${AskFunctionArn}",
      TimeoutSeconds: 60,
      ResultPath: "$.step",
      Retry: retry,
      Next: "Route",
      ...more,
    },
    Route: {
      Type: "Choice",
      Choices: [{ Variable: "$.step.outcome", StringEquals: "wait", Next: "Pause" }],
      Default: "Done",
    },
    Pause: { Type: "Wait", TimestampPath: "$.step.until", Next: "Done" },
    Done: { Type: "Succeed" },
  },
});

test("errors are retried by their name, with growing waits on the moved clock, and counted as transitions", async () => {
  const failures = [named("StoreContended"), named("StoreContended")];
  const times: number[] = [];
  const run = await begin({
    machine: steps([
      { ErrorEquals: ["ApplicationNotFound"], MaxAttempts: 0 },
      { ErrorEquals: ["States.ALL"], IntervalSeconds: 60, BackoffRate: 2, MaxAttempts: 6 },
    ]),
    ask: () => {
      times.push(Math.round(run.clock.nowMs() / 60_000));
      const failure = failures.shift();
      if (failure) throw failure;
      return { outcome: "done" };
    },
  });

  await run.start("SN1");
  await run.clock.settled();
  expect(run.executions.transitionsOf("m", "SN1")).toBe(2);
  await run.clock.advanceTo(addMinutes(run.clock.now(), 10));

  expect((await run.describe("SN1")).status).toBe("SUCCEEDED");
  expect(times.map((minute) => minute - (times[0] ?? 0))).toEqual([0, 1, 3]);
});

test("an error with no attempts allowed ends the execution at once under its own name", async () => {
  let calls = 0;
  const run = await begin({
    machine: steps([
      { ErrorEquals: ["ApplicationNotFound"], MaxAttempts: 0 },
      { ErrorEquals: ["States.ALL"], MaxAttempts: 6 },
    ]),
    ask: () => {
      calls += 1;
      throw named("ApplicationNotFound");
    },
  });

  await run.start("SN1");
  await run.clock.settled();

  expect(calls).toBe(1);
  expect(await run.describe("SN1")).toMatchObject({
    status: "FAILED",
    error: "ApplicationNotFound",
  });
});

test("a caught error leads to the state its catcher names", async () => {
  const run = await begin({
    machine: steps([], { Catch: [{ ErrorEquals: ["Odd"], Next: "Done", ResultPath: "$.fault" }] }),
    ask: () => {
      throw named("Odd");
    },
  });

  await run.start("SN1");
  await run.clock.settled();

  const { status, output = "" } = await run.describe("SN1");
  expect(status).toBe("SUCCEEDED");
  expect(JSON.parse(output)).toMatchObject({ fault: { Error: "Odd" } });
});

test("a wait state ends at its instant, months ahead", async () => {
  const until = addMinutes(instant(new Date().toISOString()), 100 * day);
  const run = await begin({ machine: steps([]), ask: () => ({ outcome: "wait", until }) });
  await run.start("SN1");
  await run.clock.settled();

  await run.clock.advanceTo(addMinutes(until, -1));
  expect((await run.describe("SN1")).status).toBe("RUNNING");
  expect(run.executions.transitionsOf("m", "SN1")).toBe(3);
  await run.clock.advanceTo(until);

  expect((await run.describe("SN1")).status).toBe("SUCCEEDED");
});

test("a result of more than 256 KiB fails the task as it does in the cloud", async () => {
  const run = await begin({
    machine: steps([{ ErrorEquals: ["States.ALL"], MaxAttempts: 3 }]),
    ask: () => ({ text: "x".repeat(262_144) }),
  });

  await run.start("SN1");
  await run.clock.settled();

  expect(await run.describe("SN1")).toMatchObject({ error: "States.DataLimitExceeded" });
});

test("open executions start again from the top; their old tokens are dead and ended ones stay ended", async () => {
  const dataDir = temporaryDirectory();
  const asked: string[] = [];
  const given = {
    machine: waitingMachine(3600),
    ask: (payload: Record<string, unknown>) => void asked.push(tokenOf(payload)),
    dataDir,
  };
  const before = await begin(given);
  await before.start("SN1");
  await before.start("SN2");
  await before.clock.settled();
  await before.succeed(asked[1] ?? "", {});
  await before.clock.settled();
  await before.stop();

  const after = await begin(given);
  expect(after.executions.resume()).toBe(1);
  await after.clock.settled();

  expect(asked).toHaveLength(3);
  await expect(after.succeed(asked[0] ?? "", {})).rejects.toThrow(TaskTimedOut);
  await after.succeed(asked[2] ?? "", { outcome: "approved" });
  await after.clock.settled();
  expect((await after.describe("SN1")).status).toBe("SUCCEEDED");
  expect((await after.describe("SN2")).status).toBe("SUCCEEDED");
  await expect(after.start("SN2")).rejects.toThrow(ExecutionAlreadyExists);
});

test("a thousand open executions are under way again within ten seconds, a few at a time", async () => {
  const dataDir = temporaryDirectory();
  const before = await begin({ machine: waitingMachine(3600), ask: () => null, dataDir });
  for (let number = 0; number < 1000; number += 1) {
    before.executions.start("m", `SN${number}`, JSON.stringify({ id: number }));
  }
  await before.stop();
  let running = 0;
  let most = 0;
  let asked = 0;
  const after = await begin({
    machine: waitingMachine(3600),
    dataDir,
    ask: async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      asked += 1;
    },
  });

  const begunMs = performance.now();
  expect(after.executions.resume()).toBe(1000);
  await after.clock.settled();
  const seconds = (performance.now() - begunMs) / 1000;
  console.log(`1,000 executions taken up again in ${seconds.toFixed(2)} s`);

  expect(asked).toBe(1000);
  expect(most).toBe(8);
  expect(seconds).toBeLessThan(10);
});

test("executions are listed by status and can be stopped", async () => {
  const run = await begin({ machine: waitingMachine(3600), ask: () => null });
  for (const name of ["SN1", "SN2", "SN3"]) await run.start(name);
  await run.clock.settled();

  await run.client.send(new StopExecutionCommand({ executionArn: arns.execution("m", "SN2") }));

  expect((await run.describe("SN2")).status).toBe("ABORTED");
  const open = {
    stateMachineArn: arns.machine("m"),
    statusFilter: "RUNNING" as const,
    maxResults: 1,
  };
  const first = await run.client.send(new ListExecutionsCommand(open));
  const { nextToken } = first;
  const second = await run.client.send(new ListExecutionsCommand({ ...open, nextToken }));
  const names = [...(first.executions ?? []), ...(second.executions ?? [])].map(({ name }) => name);
  expect(names).toEqual(["SN1", "SN3"]);
  await expect(run.describe("SN9")).rejects.toThrow(ExecutionDoesNotExist);
  const unknown = new StartExecutionCommand({ stateMachineArn: arns.machine("other") });
  await expect(run.client.send(unknown)).rejects.toThrow(StateMachineDoesNotExist);
});

test("a machine's own time limit ends an execution that waits", async () => {
  const machine = { ...waitingMachine(30 * day * 60), TimeoutSeconds: day * 60 };
  const run = await begin({ machine, ask: () => null });
  await run.start("SN1");

  await run.clock.advanceTo(addMinutes(run.clock.now(), 2 * day));

  expect((await run.describe("SN1")).status).toBe("TIMED_OUT");
});
