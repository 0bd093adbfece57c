import validate from "asl-validator";
import { expect, test } from "vitest";
import { functions, machines, substitutionOf } from "#infra/manifest.ts";
import * as assertions from "#shared/kernel/assert.ts";
import * as errors from "#shared/kernel/errors.ts";

interface Retrier {
  readonly ErrorEquals: readonly string[];
}

interface Task {
  readonly Type: string;
  readonly Resource: string;
  readonly TimeoutSeconds?: number;
  readonly HeartbeatSeconds?: number;
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Retrier[];
}

const names = Object.keys(machines) as (keyof typeof machines)[];
const textOf = (machine: keyof typeof machines): string => JSON.stringify(machines[machine]);

const tasksOf = (machine: keyof typeof machines): readonly (readonly [string, Task])[] =>
  Object.entries(
    (machines[machine] as unknown as { States: Readonly<Record<string, Task>> }).States,
  ).filter(([, state]) => state.Type === "Task");

const allTasks = names.flatMap((machine) =>
  tasksOf(machine).map(([name, task]) => ({ machine, name, task })),
);

const substitutionsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);

const functionOf = (task: Task) =>
  functions.find(({ name }) => JSON.stringify(task).includes(`\${${substitutionOf(name)}}`));

const waitsForAnswer = (task: Task): boolean => task.Resource.endsWith(".waitForTaskToken");

/** As it arrives at Step Functions, with made-up functions. */
const filledIn = (machine: keyof typeof machines): object =>
  JSON.parse(
    textOf(machine)
      .replaceAll("${Partition}", "aws")
      .replaceAll(/\$\{(\w+)\}/g, "arn:aws:lambda:cn-north-1:111122223333:function:$1"),
  ) as object;

test.each(names)("the %s machine is valid Amazon States Language", (machine) => {
  expect(validate(filledIn(machine)).errorsText("\n")).toBe("");
});

test("a machine that leads nowhere is refused, so the check above can fail", () => {
  expect(validate({ ...filledIn("application"), StartAt: "Nowhere" }).isValid).toBe(false);
});

test.each(names)("every name in the %s machine's text stands for something", (machine) => {
  const known = new Set(["Partition", ...functions.map(({ name }) => substitutionOf(name))]);

  expect(substitutionsOf(textOf(machine)).filter((name) => !known.has(name))).toEqual([]);
});

test("every task function is used by a machine, and nothing else is", () => {
  const used = new Set(names.flatMap((machine) => substitutionsOf(textOf(machine))));
  const kindsUsed = functions
    .filter(({ name }) => used.has(substitutionOf(name)))
    .map(({ trigger }) => trigger.kind);

  expect(
    functions
      .filter(({ trigger }) => trigger.kind === "task")
      .filter(({ name }) => !used.has(substitutionOf(name)))
      .map(({ name }) => name),
  ).toEqual([]);
  expect(new Set(kindsUsed)).toEqual(new Set(["task"]));
});

/** "PublishFinalNotice" is a state of publish-notice: words of its own may stand inside the function's name. */
const isNamedAfter = (state: string, functionName: string): boolean => {
  const words = functionName
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return new RegExp(`^${words.join("(?:[A-Z][a-z]+)*")}$`, "u").test(state);
};

test("a task is named after the function it calls", () => {
  for (const { name, task } of allTasks) {
    expect(isNamedAfter(name, functionOf(task)?.name ?? "none"), name).toBe(true);
  }
  expect(isNamedAfter("PublishGrassRootsNotice", "publish-notice")).toBe(true);
  expect(isNamedAfter("PublishNotice", "announce-outcome")).toBe(false);
});

test("every task ends: it has a time-out, longer than its function may run", () => {
  for (const { machine, name, task } of allTasks) {
    const at = `${machine}.${name}`;
    expect(task.TimeoutSeconds, at).toBeGreaterThan(functionOf(task)?.timeoutSeconds ?? Infinity);
  }
});

test("every task is tried again after whatever may pass", () => {
  for (const { machine, name, task } of allTasks) {
    const retried = (task.Retry ?? []).flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(retried, `${machine}.${name}`).toContain("States.ALL");
  }
});

test("a wait that runs out asks again instead of failing the case", () => {
  for (const { machine, name, task } of allTasks) {
    if (!waitsForAnswer(task)) continue;
    expect(task.Retry?.[0]?.ErrorEquals, `${machine}.${name}`).toEqual(["States.Timeout"]);
  }
});

test("the errors that machines name exist", () => {
  const ours = [...Object.values(errors), ...Object.values(assertions)].flatMap((exported) => {
    const value = exported as unknown as { prototype?: unknown };
    if (!(value.prototype instanceof Error)) return [];
    return new (exported as unknown as new (...given: string[]) => Error)("code", "message").name;
  });
  const named = allTasks.flatMap(({ task }) =>
    [...(task.Retry ?? []), ...(task.Catch ?? [])].flatMap(({ ErrorEquals }) => ErrorEquals),
  );

  expect(ours).toContain("ApplicationNotFound");
  expect(
    named.filter((name) => !/^(?:States|Lambda)\./.test(name) && !ours.includes(name)),
  ).toEqual([]);
});

/** Names only; their values are ids, outcomes, tokens and the key of a file. */
const carried = new Set(["applicationId.$", "batchId.$", "taskToken.$", "returnKey.$"]);

test("machines carry ids and outcomes, never what a person told", () => {
  for (const { machine, name, task } of allTasks) {
    const { FunctionName: _called, Payload, ...direct } = task.Parameters ?? {};
    const keys = Object.keys({ ...direct, ...(Payload as object | undefined) });
    expect(
      keys.filter((key) => !carried.has(key)),
      `${machine}.${name}`,
    ).toEqual([]);
  }
});

test("only who waits for an answer is given a token", () => {
  for (const { machine, name, task } of allTasks) {
    expect(JSON.stringify(task).includes("$$.Task.Token"), `${machine}.${name}`).toBe(
      waitsForAnswer(task),
    );
  }
});

test("a machine has no partition of its own, so that it runs in China too", () => {
  for (const machine of names) expect(textOf(machine)).not.toMatch(/arn:aws/);
});

const { States } = machines.application;

test("a notice takes two transitions, whichever it is: publish, and wait until its end", () => {
  expect(States.PublishGrassRootsNotice.Next).toBe("WaitForGrassRootsNotice");
  expect(States.WaitForGrassRootsNotice).toEqual({
    Type: "Wait",
    TimestampPath: "$.step.until",
    // What follows is the next tier's turn: the task that asks takes the step itself.
    Next: "RequestApproval",
  });
  expect(States.PublishFinalNotice.Next).toBe("WaitForFinalNotice");
  expect(States.WaitForFinalNotice).toEqual({
    Type: "Wait",
    TimestampPath: "$.step.until",
    Next: "AnnounceOutcome",
  });
});

test("a notice that would leak stops its case at once: trying again would change nothing", () => {
  for (const state of ["PublishGrassRootsNotice", "PublishFinalNotice"] as const) {
    const untried = States[state].Retry.filter(({ MaxAttempts }) => MaxAttempts === 0);
    expect(untried.flatMap(({ ErrorEquals }) => ErrorEquals)).toContain("NoticeWouldLeak");
  }
});
