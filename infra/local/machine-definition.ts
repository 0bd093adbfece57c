/**
 * Prepares a state machine's text for the interpreter: what it can't do itself (task tokens, waits and
 * time-outs on the movable clock, retries that wait on it) becomes a task that executions.ts runs.
 */
import type { StateMachineDefinition } from "aws-local-stepfunctions";

/** The text uses something the embedded run doesn't know; better a refusal at the start than a wrong run. */
export class MachineNotSupported extends Error {
  override readonly name = "MachineNotSupported";
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "NONE" | "FULL";
}

export type TaskSpec =
  | {
      readonly kind: "function";
      /** How the function is called: by its ARN, through lambda:invoke, or that and waiting for a token. */
      readonly call: "direct" | "invoke" | "wait-for-token";
      readonly resource: string;
      readonly timeoutSeconds: number | null;
      readonly retry: readonly Retrier[];
    }
  | { readonly kind: "wait" };

export interface PreparedMachine {
  readonly definition: StateMachineDefinition;
  readonly tasks: ReadonlyMap<string, TaskSpec>;
  /** The whole execution's limit. */
  readonly timeoutSeconds: number | null;
}

type State = Readonly<Record<string, unknown>>;
interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly TimeoutSeconds?: number;
}

/** Stands for the token in the parameters until the task mints one. */
export const tokenPlaceholder = "songnuan:task-token-of-this-attempt";

/**
 * The interpreter gives up a task after a time of its own, in real time. It gets the longest its timers can
 * hold, and a retry without end on just that error: executions.ts then goes on with the same attempt.
 */
export const watchdogSeconds = 2_000_000;
const watchdog = {
  TimeoutSeconds: watchdogSeconds,
  Retry: [{ ErrorEquals: ["States.Timeout"], MaxAttempts: 99_999_999, IntervalSeconds: 0 }],
};

const refuseFields = (name: string, state: State, fields: readonly string[]): void => {
  for (const field of fields) {
    if (field in state) throw new MachineNotSupported(`${name}: ${field} is not run here`);
  }
};

const callOf = (name: string, resource: string): "direct" | "invoke" | "wait-for-token" => {
  if (resource.endsWith(":states:::lambda:invoke.waitForTaskToken")) return "wait-for-token";
  if (resource.endsWith(":states:::lambda:invoke")) return "invoke";
  if (resource.includes(":lambda:") && resource.includes(":function:")) return "direct";
  throw new MachineNotSupported(`${name}: ${resource} is not run here`);
};

const prepareTask = (name: string, state: State): { state: State; spec: TaskSpec } => {
  refuseFields(name, state, ["TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath"]);
  const { TimeoutSeconds = null, Retry = [], ...rest } = state;
  const resource = String(state["Resource"]);
  return {
    state: { ...rest, ...watchdog },
    spec: {
      kind: "function",
      call: callOf(name, resource),
      resource,
      timeoutSeconds: TimeoutSeconds as number | null,
      retry: Retry as readonly Retrier[],
    },
  };
};

/** A wait becomes a task that is given the seconds or the instant and gives its input on. */
const prepareWait = (name: string, state: State): { state: State; spec: TaskSpec } => {
  refuseFields(name, state, ["InputPath"]);
  const { Seconds, Timestamp, SecondsPath, TimestampPath, ...rest } = state;
  const Parameters =
    Seconds !== undefined
      ? { seconds: Seconds }
      : Timestamp !== undefined
        ? { until: Timestamp }
        : SecondsPath !== undefined
          ? { "seconds.$": SecondsPath }
          : { "until.$": TimestampPath };
  return {
    state: {
      ...rest,
      ...watchdog,
      Type: "Task",
      Resource: "wait",
      Parameters,
      ResultPath: null,
    },
    spec: { kind: "wait" },
  };
};

const prepareStates = (machine: Machine, tasks: Map<string, TaskSpec>): Machine => {
  const prepareNested = (nested: unknown): Machine => prepareStates(nested as Machine, tasks);
  const prepareState = (name: string, state: State): State => {
    if (state["QueryLanguage"] === "JSONata") {
      throw new MachineNotSupported(`${name}: JSONata is not run here`);
    }
    if (state["Type"] === "Task" || state["Type"] === "Wait") {
      const prepared =
        state["Type"] === "Task" ? prepareTask(name, state) : prepareWait(name, state);
      if (tasks.has(name)) throw new MachineNotSupported(`${name}: two states of this name`);
      tasks.set(name, prepared.spec);
      return prepared.state;
    }
    if (state["Type"] !== "Parallel" && state["Type"] !== "Map") return state;
    refuseFields(name, state, ["Retry", "ItemReader", "ItemBatcher", "ResultWriter"]);
    const prepared: Record<string, unknown> = { ...state };
    for (const field of ["ItemProcessor", "Iterator"]) {
      if (field in state) prepared[field] = prepareNested(state[field]);
    }
    if ("Branches" in state)
      prepared["Branches"] = (state["Branches"] as Machine[]).map(prepareNested);
    return prepared;
  };
  return {
    ...machine,
    States: Object.fromEntries(
      Object.entries(machine.States).map(([name, state]) => [name, prepareState(name, state)]),
    ),
  };
};

/**
 * Puts the substitutions into a machine's text and prepares it.
 * @throws MachineNotSupported when the text names a substitution that isn't given, or uses what isn't run here.
 */
export const prepareMachine = (
  machine: object,
  substitutions: Readonly<Record<string, string>>,
): PreparedMachine => {
  const text = JSON.stringify(machine).replaceAll(
    /\$\{(?<name>\w+)\}/gu,
    (_whole, name: string) => {
      const value = substitutions[name];
      if (value === undefined) throw new MachineNotSupported(`no function for \${${name}}`);
      return value;
    },
  );
  const tasks = new Map<string, TaskSpec>();
  const { TimeoutSeconds = null, ...prepared } = prepareStates(JSON.parse(text) as Machine, tasks);
  return {
    definition: prepared as unknown as StateMachineDefinition,
    tasks,
    timeoutSeconds: TimeoutSeconds,
  };
};

/** States.ALL doesn't stand for these: trying again can't help. */
const neverRetried = new Set(["States.DataLimitExceeded", "States.Runtime"]);
const notOfTask = new Set([...neverRetried, "States.Timeout"]);

/** What a retrier still allows: how long to wait before the next try, or null to give up. Counts the try. */
export const nextRetryMs = (
  retry: readonly Retrier[],
  tries: number[],
  errorName: string,
  random: () => number,
): number | null => {
  const matches = (name: string): boolean =>
    name === errorName ||
    (name === "States.ALL" && !neverRetried.has(errorName)) ||
    (name === "States.TaskFailed" && !notOfTask.has(errorName));
  const index = retry.findIndex(({ ErrorEquals }) => ErrorEquals.some(matches));
  const retrier = retry[index];
  const tried = tries[index] ?? 0;
  if (!retrier || tried >= (retrier.MaxAttempts ?? 3)) return null;
  tries[index] = tried + 1;
  const { IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = Infinity } = retrier;
  const seconds = Math.min(IntervalSeconds * BackoffRate ** tried, MaxDelaySeconds);
  return seconds * 1000 * (retrier.JitterStrategy === "FULL" ? random() : 1);
};
