/** The Step Functions endpoint: what @aws-sdk/client-sfn sees of executions.ts. */
import {
  AwsError,
  startAwsEndpoint,
  textOf,
  type AwsAction,
  type AwsEndpoint,
} from "./aws-json-endpoint.ts";
import type { ExecutionRecord, ExecutionRecords, ExecutionStatus } from "./execution-records.ts";
import type { Executions } from "./executions.ts";

const payloadMaxBytes = 262_144;
const pageMax = 1_000;
const namePattern = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

/** ARNs of one account and region. */
export interface Arns {
  readonly machine: (name: string) => string;
  readonly execution: (machine: string, name: string) => string;
}

export const arnsOf = (partition: string, region: string, account: string): Arns => ({
  machine: (name) => `arn:${partition}:states:${region}:${account}:stateMachine:${name}`,
  execution: (machine, name) =>
    `arn:${partition}:states:${region}:${account}:execution:${machine}:${name}`,
});

/** Text that is JSON and not too long. @throws AwsError of the given name. */
const jsonText = (text: string, error: string): string => {
  if (Buffer.byteLength(text) > payloadMaxBytes) throw new AwsError(error, "longer than 256 KiB");
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError(error, "no JSON");
  }
  return text;
};

const secondsOf = (ms: number): number => ms / 1000;

interface StepFunctionsInput {
  readonly executions: Executions;
  readonly records: ExecutionRecords;
  readonly machineNames: readonly string[];
  readonly arns: Arns;
}

type Actions = Readonly<Record<string, AwsAction>>;

const machineOf = ({ machineNames, arns }: StepFunctionsInput, arn: string): string => {
  const name = machineNames.find((machine) => arns.machine(machine) === arn);
  if (name !== undefined) return name;
  throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${arn}'`);
};

const recordOf = ({ records, arns }: StepFunctionsInput, arn: string): ExecutionRecord => {
  const [name = "", machine = ""] = arn.split(":").toReversed();
  const record = records.get(machine, name);
  if (record && arns.execution(machine, name) === arn) return record;
  throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
};

const summaryOf = ({ arns }: StepFunctionsInput, record: ExecutionRecord): object => ({
  executionArn: arns.execution(record.machine, record.name),
  stateMachineArn: arns.machine(record.machine),
  name: record.name,
  status: record.status,
  startDate: secondsOf(record.startedMs),
  ...(record.endedMs === null ? {} : { stopDate: secondsOf(record.endedMs) }),
});

const detailsOf = ({ input, output, error, cause }: ExecutionRecord): object => ({
  input,
  ...(output === null ? {} : { output }),
  ...(error === null ? {} : { error }),
  ...(cause === null ? {} : { cause }),
});

const executionActions = (input: StepFunctionsInput): Actions => ({
  StartExecution: (request) => {
    const machine = machineOf(input, textOf(request, "stateMachineArn"));
    const name = request["name"] === undefined ? crypto.randomUUID() : textOf(request, "name");
    if (!namePattern.test(name)) throw new AwsError("InvalidName", `Invalid Name: '${name}'`);
    const given = request["input"] === undefined ? "{}" : textOf(request, "input");
    const text = jsonText(given, "InvalidExecutionInput");
    const { startedMs } = input.executions.start(machine, name, text);
    return { executionArn: input.arns.execution(machine, name), startDate: secondsOf(startedMs) };
  },
  DescribeExecution: (request) => {
    const record = recordOf(input, textOf(request, "executionArn"));
    return { ...summaryOf(input, record), ...detailsOf(record) };
  },
  ListExecutions: (request) => {
    const machine = machineOf(input, textOf(request, "stateMachineArn"));
    const status = request["statusFilter"] as ExecutionStatus | undefined;
    const limit = Math.min(Number(request["maxResults"] ?? 0) || pageMax, pageMax);
    const offset = Number(request["nextToken"] ?? 0);
    const filter = status === undefined ? { machine } : { machine, status };
    const rows = input.records.list({ ...filter, limit, offset });
    return {
      executions: rows.map((record) => summaryOf(input, record)),
      ...(rows.length === limit ? { nextToken: String(offset + limit) } : {}),
    };
  },
  StopExecution: (request) => {
    const { machine, name } = recordOf(input, textOf(request, "executionArn"));
    input.executions.abort(machine, name);
    return { stopDate: secondsOf(input.records.get(machine, name)?.endedMs ?? 0) };
  },
});

const taskActions = ({ executions }: StepFunctionsInput): Actions => ({
  SendTaskSuccess: (request) => {
    const output = jsonText(textOf(request, "output"), "InvalidOutput");
    executions.succeedTask(textOf(request, "taskToken"), output);
    return {};
  },
  SendTaskFailure: (request) => {
    const { error, cause } = request;
    executions.failTask(
      textOf(request, "taskToken"),
      typeof error === "string" ? error : "States.TaskFailed",
      typeof cause === "string" ? cause : "",
    );
    return {};
  },
});

/** Starts the endpoint over the given executions. */
export const startStepFunctions = (
  input: StepFunctionsInput & { readonly accessKeyId: string },
): Promise<AwsEndpoint> =>
  startAwsEndpoint({
    accessKeyId: input.accessKeyId,
    actions: { ...executionActions(input), ...taskActions(input) },
  });
