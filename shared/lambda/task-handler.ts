/** The fixed stacks around tasks of a state machine and scheduled jobs. Errors escape, so that Retry and Catch work. */
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import type * as z from "zod";
import { InvariantBroken } from "#shared/kernel/assert.ts";
import { ReliefError } from "#shared/kernel/errors.ts";
import { fieldsOfError, log } from "./logging.ts";

/** The event isn't what the state machine should have sent: a bug in the machine's text. */
class TaskInputInvalid extends Error {
  override readonly name = "TaskInputInvalid";
}

const logged = (name: string, idsOf: (event: unknown) => Record<string, string>) => {
  let startedMs = 0;
  return {
    before: () => {
      startedMs = performance.now();
    },
    after: (request: { event: unknown }) => {
      log.info("done", {
        function: name,
        ...idsOf(request.event),
        durationMs: Math.round(performance.now() - startedMs),
      });
    },
    onError: (request: { event: unknown; error: Error | null }) => {
      log.error("failed", {
        function: name,
        ...idsOf(request.event),
        ...fieldsOfError(request.error),
      });
    },
  };
};

const idsOf = (event: unknown): Record<string, string> => {
  const ids: Record<string, string> = {};
  if (typeof event !== "object" || event === null) return ids;
  for (const key of ["applicationId", "batchId"] as const) {
    const value = (event as Record<string, unknown>)[key];
    if (typeof value === "string") ids[key] = value;
  }
  return ids;
};

/**
 * A machine keeps what a task failed with in its history, which is no place for personal data (design 2). Our own
 * errors carry none; of an error that nobody foresaw only the name is left, so that Retry and Catch still match,
 * and where it happened. The same object goes on, so that whoever knows its class still does.
 */
const withheld = (error: unknown): unknown => {
  if (!(error instanceof Error) || error instanceof ReliefError) return error;
  if (error instanceof TaskInputInvalid || error instanceof InvariantBroken) return error;
  const { stack = "" } = fieldsOfError(error);
  error.message = "withheld: the log says where";
  error.stack = `${error.name}: ${error.message}\n${stack}`;
  return error;
};

const withholding = async <Output>(run: Promise<Output>): Promise<Output> => {
  try {
    return await run;
  } catch (error) {
    throw withheld(error);
  }
};

/** Handlers use nothing of Lambda's context. */
const noContext = {} as Context;

/**
 * Wraps a task: what the machine sends is read with `input`; anything else is refused before the task begins.
 * Every task may run again from the top, so `run` first looks whether its outcome is recorded.
 */
export const taskHandler = <Input, Output>(
  task: { readonly name: string; readonly input: z.ZodType<Input> },
  run: (input: Input) => Promise<Output>,
): ((event: unknown) => Promise<Output>) => {
  const wrapped = middy(async (event: unknown): Promise<Output> => {
    const input = task.input.safeParse(event);
    if (!input.success)
      throw new TaskInputInvalid(`${task.name}: ${input.error.issues[0]?.path.join(".") ?? ""}`);
    return run(input.data);
  }).use(logged(task.name, idsOf));
  return (event) => withholding(wrapped(event, noContext));
};

/** Wraps a scheduled job; it takes nothing and says how much it did. */
export const jobHandler = (
  job: { readonly name: string },
  run: () => Promise<{ readonly count: number }>,
): (() => Promise<{ readonly count: number }>) => {
  const wrapped = middy(async () => {
    const result = await run();
    log.info("job", { function: job.name, count: result.count });
    return result;
  }).use(logged(job.name, idsOf));
  return () => withholding(wrapped({}, noContext));
};
