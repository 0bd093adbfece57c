/**
 * Runs executions of the state machines, on the movable clock. An open one is started again from the top when
 * the process starts, which is safe since every step looks first whether its outcome is recorded.
 */
import { StateMachine } from "aws-local-stepfunctions";
import { AwsError } from "./aws-json-endpoint.ts";
import type { ExecutionEnd, ExecutionRecord } from "./execution-records.ts";
import { tokenPlaceholder, type PreparedMachine } from "./machine-definition.ts";
import {
  createTaskRunner,
  failureOf,
  type Execution,
  type TaskRunner,
  type TaskRunnerInput,
} from "./task-runner.ts";

type Json = Parameters<StateMachine["run"]>[0];

export interface Executions {
  /** @throws AwsError ExecutionAlreadyExists unless the same is running under this name. */
  readonly start: (machine: string, name: string, input: string) => ExecutionRecord;
  readonly succeedTask: (token: string, output: string) => void;
  readonly failTask: (token: string, error: string, cause: string) => void;
  readonly abort: (machine: string, name: string) => void;
  /** Starts every open execution again. @returns how many there are. */
  readonly resume: () => number;
  /** Transitions of an open execution so far; null when it isn't running. */
  readonly transitionsOf: (machine: string, name: string) => number | null;
  /** Leaves what is open for the next start. */
  readonly stop: () => void;
}

interface ExecutionsInput extends TaskRunnerInput {
  readonly machines: ReadonlyMap<string, PreparedMachine>;
  readonly report: (machine: string, name: string, error: string) => void;
}

type Outcome = Omit<ExecutionEnd, "endedMs" | "transitions">;

const succeeded = (output: Json): Outcome => ({
  status: "SUCCEEDED",
  output: JSON.stringify(output),
  error: null,
  cause: null,
});

const failed = (error: unknown): Outcome => {
  const { name, message } = failureOf(error instanceof Error ? error.cause : error);
  return { status: "FAILED", output: null, error: name, cause: message };
};

/** Begins a run from the top. @returns how it ended, once its last transition is counted. */
const interpret = async (
  prepared: PreparedMachine,
  execution: Execution,
  input: string,
  runTask: TaskRunner["run"],
): Promise<Outcome> => {
  const handlers = [...prepared.tasks].map(([state, spec]) => [
    state,
    (parameters: Json) => runTask(execution, state, spec, parameters) as Promise<Json>,
  ]);
  const machine = new StateMachine(prepared.definition, {
    validationOptions: { noValidate: true },
  });
  const begun = machine.run(JSON.parse(input) as Json, {
    overrides: {
      taskResourceLocalHandlers: Object.fromEntries(handlers) as Record<string, never>,
    },
    noThrowOnAbort: true,
    context: { Execution: { Name: execution.name }, Task: { Token: tokenPlaceholder } },
  });
  execution.abort = begun.abort;
  const outcome = begun.result.then(succeeded, failed);
  for await (const { type } of begun.eventLogs) {
    if (type === "StateEntered") execution.transitions += 1;
  }
  return outcome;
};

const newExecution = (machine: string, name: string): Execution => ({
  machine,
  name,
  transitions: 0,
  attempts: new Map(),
  cancels: new Set(),
  abort: () => {},
});

/** What runs at the moment: begins executions, and notes how each ended. */
const createRunning = (input: ExecutionsInput, runTask: TaskRunner["run"]) => {
  const { clock, records } = input;
  const running = new Map<string, Execution>();
  let stopping = false;
  const end = (execution: Execution, how: Outcome): void => {
    const { machine, name, transitions } = execution;
    if (!running.delete(`${machine}:${name}`) || stopping) return;
    records.end(machine, name, { ...how, endedMs: clock.nowMs(), transitions });
    if (how.status === "FAILED" || how.status === "TIMED_OUT") {
      input.report(machine, name, how.error ?? how.status);
    }
  };
  const cut = (execution: Execution, status: "TIMED_OUT" | "ABORTED"): void => {
    end(execution, { status, output: null, error: null, cause: null });
    execution.abort();
    for (const cancel of execution.cancels) cancel();
  };
  return {
    get: (machine: string, name: string) => running.get(`${machine}:${name}`),
    begin: ({ machine, name, input: text, startedMs }: ExecutionRecord): void => {
      const prepared = input.machines.get(machine);
      if (!prepared) return input.report(machine, name, "StateMachineDoesNotExist");
      const execution = newExecution(machine, name);
      running.set(`${machine}:${name}`, execution);
      const limitMs = (prepared.timeoutSeconds ?? Infinity) * 1000;
      const cancelLimit = clock.at(startedMs + limitMs, () => cut(execution, "TIMED_OUT"));
      void interpret(prepared, execution, text, runTask).then((how) => {
        cancelLimit();
        end(execution, how);
      });
    },
    cut,
    /** Ends all without noting it, so that the next start begins them again. */
    stop: (): void => {
      stopping = true;
      for (const execution of running.values()) cut(execution, "ABORTED");
    },
  };
};

/** Runs the given machines; nothing is running until `start` or `resume`. */
export const createExecutions = (input: ExecutionsInput): Executions => {
  const { clock, records } = input;
  const runner = createTaskRunner(input);
  const running = createRunning(input, runner.run);
  return {
    start: (machine, name, text) => {
      const kept = records.get(machine, name);
      if (kept?.status === "RUNNING" && kept.input === text) return kept;
      if (kept) throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${name}'`);
      const record = records.open(machine, name, text, clock.nowMs());
      running.begin(record);
      return record;
    },
    succeedTask: (token, output) => runner.tokens.take(token).succeed(JSON.parse(output)),
    failTask: (token, error, cause) => runner.tokens.take(token).fail(error, cause),
    abort: (machine, name) => {
      const execution = running.get(machine, name);
      if (execution) running.cut(execution, "ABORTED");
    },
    resume: () => {
      const open = records.list({ status: "RUNNING" });
      for (const record of open) running.begin(record);
      return open.length;
    },
    transitionsOf: (machine, name) => running.get(machine, name)?.transitions ?? null,
    stop: running.stop,
  };
};
