/** Runs the tasks of executions on the movable clock: functions, tokens, time-outs, waits, retries. */
import { randomInt } from "node:crypto";
import type { ExecutionRecords } from "./execution-records.ts";
import {
  nextRetryMs,
  tokenPlaceholder,
  watchdogSeconds,
  type TaskSpec,
} from "./machine-definition.ts";
import type { MovableClock } from "./movable-clock.ts";
import { createTaskTokens, type TaskTokens } from "./task-tokens.ts";

/** What a task failed with. Its name is what Retry and Catch match on. */
export class TaskFailure extends Error {
  override readonly name: string;
  /** The interpreter asks for this: retries on the movable clock were made already. */
  readonly isRetryable = false;
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

type FunctionSpec = Extract<TaskSpec, { kind: "function" }>;

/** An execution while it runs. */
export interface Execution {
  readonly machine: string;
  readonly name: string;
  transitions: number;
  /** Attempts under way, by state and input: the interpreter's own time-out must not begin a second one. */
  readonly attempts: Map<string, { readonly sinceMs: number; readonly result: Promise<unknown> }>;
  /** Ends whatever waits, so that no timer is left. */
  readonly cancels: Set<() => void>;
  abort: () => void;
}

export interface TaskRunner {
  /** Runs a state's task to its end. @throws TaskFailure */
  readonly run: (
    execution: Execution,
    state: string,
    spec: TaskSpec,
    parameters: unknown,
  ) => Promise<unknown>;
  readonly tokens: TaskTokens;
}

export interface TaskRunnerInput {
  readonly records: ExecutionRecords;
  readonly clock: MovableClock;
  /** Calls a function as Lambda does; what it throws fails the task under the error's name. */
  readonly invoke: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** How many functions run at once; a thousand executions taken up again wait for each other here. */
  readonly invocationsMax: number;
}

/** Step Functions' limit on what a state takes and gives. */
const payloadMaxBytes = 262_144;

const randomSteps = 1_000_000;
/** A part of a whole, for jitter. */
const randomPart = (): number => randomInt(randomSteps) / randomSteps;

const limiter = (max: number) => {
  let running = 0;
  const queue: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= max) await new Promise<void>((resolve) => void queue.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
};

/** Any error as a task's failure, under its own name. */
export const failureOf = (error: unknown): TaskFailure => {
  if (error instanceof TaskFailure) return error;
  if (error instanceof Error) return new TaskFailure(error.name, error.message);
  return new TaskFailure("Error", typeof error);
};

const withToken = (payload: unknown, token: string): unknown =>
  JSON.parse(JSON.stringify(payload ?? null).replaceAll(tokenPlaceholder, token));

const resultOf = (result: unknown): unknown => {
  const text = JSON.stringify(result ?? null);
  if (Buffer.byteLength(text) <= payloadMaxBytes) return JSON.parse(text);
  throw new TaskFailure("States.DataLimitExceeded", "a state's result is larger than 256 KiB");
};

/** Waits on the movable clock, for as long as the execution runs. */
const pause = (clock: MovableClock, execution: Execution, untilMs: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      cancelTimer();
      execution.cancels.delete(cancel);
      settle();
    };
    const cancel = (): void => done(() => reject(new TaskFailure("States.Aborted", "ended")));
    const cancelTimer = clock.at(untilMs, () => done(resolve));
    execution.cancels.add(cancel);
  });

const instantMsOf = (clock: MovableClock, wait: unknown): number => {
  const { seconds, until } = wait as { seconds?: unknown; until?: unknown };
  const ms =
    typeof seconds === "number" ? clock.nowMs() + seconds * 1000 : Date.parse(String(until));
  if (Number.isFinite(ms)) return ms;
  throw new TaskFailure("States.Runtime", "a wait without an instant");
};

type Run = Pick<TaskRunnerInput, "clock"> & {
  readonly tokens: TaskTokens;
  readonly call: (functionArn: string, payload: unknown) => Promise<unknown>;
};

/** What lambda:invoke is given. */
interface Invocation {
  readonly FunctionName: string;
  readonly Payload: unknown;
}

/** Ends when the token is answered, the function fails, or it is late; the token is dead from then on. */
const waitForToken = async (
  { tokens, call }: Run,
  execution: Execution,
  { FunctionName, Payload }: Invocation,
  late: Promise<never>,
): Promise<unknown> => {
  const answer = Promise.withResolvers<unknown>();
  // Nobody may be listening any more when an answer comes, and that is no fault.
  answer.promise.catch(() => {});
  const cancel = (): void => answer.reject(new TaskFailure("States.Aborted", "ended"));
  execution.cancels.add(cancel);
  const token = tokens.mint(execution.machine, execution.name, {
    succeed: answer.resolve,
    fail: (error, cause) => answer.reject(new TaskFailure(error, cause)),
  });
  try {
    // The function may answer the token itself before it returns.
    const called = call(FunctionName, withToken(Payload, token)).then(() => answer.promise);
    return await Promise.race([answer.promise, called, late]);
  } finally {
    tokens.forget(token);
    execution.cancels.delete(cancel);
  }
};

const callAs = async (
  run: Run,
  execution: Execution,
  spec: FunctionSpec,
  parameters: unknown,
  late: Promise<never>,
): Promise<unknown> => {
  if (spec.call === "direct") return Promise.race([run.call(spec.resource, parameters), late]);
  const invocation = parameters as Invocation;
  if (spec.call === "wait-for-token") return waitForToken(run, execution, invocation, late);
  const { FunctionName, Payload } = invocation;
  const result = await Promise.race([run.call(FunctionName, Payload), late]);
  return { ExecutedVersion: "$LATEST", Payload: result, StatusCode: 200 };
};

const attempt = async (
  run: Run,
  execution: Execution,
  spec: FunctionSpec,
  parameters: unknown,
): Promise<unknown> => {
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  const isLate = (): void =>
    late.reject(new TaskFailure("States.Timeout", "the task's time is over"));
  const cancelTimer =
    spec.timeoutSeconds === null
      ? () => {}
      : run.clock.at(run.clock.nowMs() + spec.timeoutSeconds * 1000, isLate);
  try {
    return await callAs(run, execution, spec, parameters, late.promise);
  } finally {
    cancelTimer();
  }
};

/** The loop ends with the attempts that the retriers allow. */
const runFunction = async (
  run: Run,
  execution: Execution,
  spec: FunctionSpec,
  parameters: unknown,
): Promise<unknown> => {
  const tries: number[] = [];
  for (;;) {
    try {
      return await attempt(run, execution, spec, parameters);
    } catch (error) {
      const failure = failureOf(error);
      const ended = failure.name === "States.Aborted";
      const waitMs = ended ? null : nextRetryMs(spec.retry, tries, failure.name, randomPart);
      if (waitMs === null) throw failure;
      execution.transitions += 1;
      await pause(run.clock, execution, run.clock.nowMs() + waitMs);
    }
  }
};

const runTask = async (
  run: Run,
  execution: Execution,
  spec: TaskSpec,
  parameters: unknown,
): Promise<unknown> => {
  if (spec.kind === "function") return runFunction(run, execution, spec, parameters);
  await pause(run.clock, execution, instantMsOf(run.clock, parameters));
  return null;
};

export const createTaskRunner = (input: TaskRunnerInput): TaskRunner => {
  const { clock, records, invoke } = input;
  const limited = limiter(input.invocationsMax);
  const tokens = createTaskTokens((machine, name) => records.get(machine, name) !== null);
  const call = (functionArn: string, payload: unknown): Promise<unknown> =>
    clock.track(limited(async () => resultOf(await invoke(functionArn, structuredClone(payload)))));
  return {
    tokens,
    run: (execution, state, spec, parameters) => {
      const key = `${state} ${JSON.stringify(parameters)}`;
      const under = execution.attempts.get(key);
      if (under && Date.now() - under.sinceMs >= watchdogSeconds * 1000) return under.result;
      const result = runTask({ clock, tokens, call }, execution, spec, parameters).finally(() => {
        if (execution.attempts.get(key)?.result === result) execution.attempts.delete(key);
      });
      execution.attempts.set(key, { sinceMs: Date.now(), result });
      return result;
    },
  };
};
