import { expect, test } from "vitest";
import {
  MachineNotSupported,
  nextRetryMs,
  prepareMachine,
} from "#infra/local/machine-definition.ts";
import { functions, machines, substitutionOf } from "#infra/manifest.ts";

const substitutions = {
  Partition: "aws",
  ...Object.fromEntries(
    functions.map(({ name }) => [substitutionOf(name), `arn:aws:lambda:r:0:function:${name}`]),
  ),
};

const oneState = (state: object) => ({ StartAt: "One", States: { One: { End: true, ...state } } });

test.each(Object.entries(machines))("the machine %s can be run here", (_name, machine) => {
  const prepared = prepareMachine(machine, substitutions);

  const tasks = Object.entries(machine.States).filter(([, { Type }]) => /Task|Wait/u.test(Type));
  expect([...prepared.tasks.keys()]).toEqual(tasks.map(([name]) => name));
  expect(JSON.stringify(prepared.definition)).not.toContain("${");
});

test("no time limit of a task is left to the interpreter, whose timers overflow", () => {
  const { definition } = prepareMachine(machines.application, substitutions);

  for (const state of Object.values(definition.States)) {
    if (state.Type === "Task") expect(state.TimeoutSeconds).toBeLessThan(2 ** 31 / 1000);
    expect(state.Type).not.toBe("Wait");
  }
});

test.each([
  ["a function that is not given", { Type: "Task", Resource: "${OtherFunctionArn}" }],
  ["another service", { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage" }],
  ["a heartbeat", { Type: "Task", Resource: "${AuditLedgerFunctionArn}", HeartbeatSeconds: 5 }],
  ["JSONata", { Type: "Pass", QueryLanguage: "JSONata" }],
  ["a retry of a whole map", { Type: "Map", Retry: [], ItemProcessor: oneState({ Type: "Pass" }) }],
])("%s is refused at the start, not during a run", (_what, state) => {
  expect(() => prepareMachine(oneState(state), substitutions)).toThrow(MachineNotSupported);
});

test("states inside a parallel state are prepared too", () => {
  const inner = oneState({ Type: "Wait", Seconds: 5 });
  const { tasks } = prepareMachine(
    { StartAt: "Both", States: { Both: { Type: "Parallel", Branches: [inner], End: true } } },
    substitutions,
  );

  expect(tasks.get("One")).toEqual({ kind: "wait" });
});

test("the first retrier that matches decides, and each keeps its own count", () => {
  const retry = [
    { ErrorEquals: ["A"], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 2 },
    {
      ErrorEquals: ["States.TaskFailed"],
      IntervalSeconds: 100,
      MaxAttempts: 3,
      MaxDelaySeconds: 150,
    },
  ];
  const tries: number[] = [];
  const next = (name: string) => nextRetryMs(retry, tries, name, () => 1);

  expect([next("A"), next("B"), next("A"), next("A"), next("B")]).toEqual([
    2000,
    100_000,
    4000,
    null,
    150_000,
  ]);
  expect(next("States.Timeout")).toBeNull();
});

test("full jitter waits between nothing and the whole, and no retry mends data that is too large", () => {
  const retry = [
    { ErrorEquals: ["States.ALL"], IntervalSeconds: 4, JitterStrategy: "FULL" as const },
  ];

  expect(nextRetryMs(retry, [], "A", () => 0.25)).toBe(1000);
  expect(nextRetryMs(retry, [], "States.DataLimitExceeded", () => 1)).toBeNull();
});
