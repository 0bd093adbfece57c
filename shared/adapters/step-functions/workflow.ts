/** Starts executions and answers waiting tasks. */
import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { Workflow } from "#shared/ports/workflow.ts";

export const createWorkflow = (
  client: SFNClient,
  machineArns: Readonly<Record<"application" | "disbursement", string>>,
): Workflow => ({
  start: async (machine, name, input) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: machineArns[machine],
          name,
          input: JSON.stringify(input),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  },
  succeed: async (taskToken, output) => {
    try {
      await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
      return true;
    } catch (error) {
      if (
        error instanceof TaskTimedOut ||
        error instanceof TaskDoesNotExist ||
        error instanceof InvalidToken
      ) {
        return false;
      }
      throw error;
    }
  },
});

export const workflowFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Workflow =>
  createWorkflow(new SFNClient({}), {
    application: environment["APPLICATION_MACHINE_ARN"] ?? "",
    disbursement: environment["DISBURSEMENT_MACHINE_ARN"] ?? "",
  });
