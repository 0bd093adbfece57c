/** Tokens of waiting tasks. They live as long as their wait; those of before a restart are dead. */
import { randomBytes } from "node:crypto";
import { AwsError } from "./aws-json-endpoint.ts";

export interface Waiting {
  readonly succeed: (output: unknown) => void;
  readonly fail: (error: string, cause: string) => void;
}

export interface TaskTokens {
  readonly mint: (machine: string, execution: string, waiting: Waiting) => string;
  readonly forget: (token: string) => void;
  /** Takes the wait of a token; it can be answered once. @throws AwsError as Step Functions names it. */
  readonly take: (token: string) => Waiting;
}

const separator = ".";

export const createTaskTokens = (
  isKnown: (machine: string, execution: string) => boolean,
): TaskTokens => {
  const live = new Map<string, Waiting>();
  return {
    mint: (machine, execution, waiting) => {
      const whose = Buffer.from(JSON.stringify([machine, execution])).toString("base64url");
      const token = `${whose}${separator}${randomBytes(24).toString("base64url")}`;
      live.set(token, waiting);
      return token;
    },
    forget: (token) => void live.delete(token),
    take: (token) => {
      const waiting = live.get(token);
      live.delete(token);
      if (waiting) return waiting;
      let whose: unknown;
      try {
        whose = JSON.parse(Buffer.from(token.split(separator)[0] ?? "", "base64url").toString());
      } catch {
        throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
      }
      const [machine, execution] = Array.isArray(whose) ? (whose as unknown[]) : [];
      if (!isKnown(String(machine), String(execution))) {
        throw new AwsError("TaskDoesNotExist", "Task Does Not Exist: no such execution");
      }
      throw new AwsError("TaskTimedOut", "Task Timed Out: nobody waits for this token any more");
    },
  };
};
