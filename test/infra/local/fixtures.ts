/** Small functions, machines and places for the tests of the embedded run itself. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FunctionDefinition, Trigger } from "#shared/lambda/definition.ts";

/** A directory that is gone after the test. */
export const temporaryDirectory = (): string => {
  const path = mkdtempSync(join(tmpdir(), "songnuan-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

export const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "secret" };
export const clientFor = (endpoint: string) => ({ endpoint, region: "us-east-1", credentials });

export const definitionOf = (name: string, trigger: Trigger): FunctionDefinition => ({
  name,
  purpose: "for a test",
  trigger,
  grants: {},
  timeoutSeconds: 30,
  memoryMb: 128,
});

/** A machine of one waiting task, as application.asl.json has them. */
export const waitingMachine = (timeoutSeconds: number, retry: readonly object[] = []) => ({
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:${Partition}:states:::lambda:invoke.waitForTaskToken",
      Parameters: {
        FunctionName: "${AskFunctionArn}",
        Payload: { "id.$": "$.id", "taskToken.$": "$$.Task.Token" },
      },
      TimeoutSeconds: timeoutSeconds,
      ResultPath: "$.step",
      Retry: retry,
      End: true,
    },
  },
});
