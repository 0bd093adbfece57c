/** What is kept of executions: the open ones to start them again after a crash, the ended ones for their status. */
import type { StateFile } from "./state-file.ts";

export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

export interface ExecutionRecord {
  readonly machine: string;
  readonly name: string;
  readonly input: string;
  readonly startedMs: number;
  readonly status: ExecutionStatus;
  readonly endedMs: number | null;
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  /** States entered and retries, of the last run from the top. */
  readonly transitions: number;
}

export type ExecutionEnd = Pick<ExecutionRecord, "output" | "error" | "cause" | "transitions"> & {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly endedMs: number;
};

export interface ExecutionRecords {
  /** On the disk when it returns. */
  readonly open: (
    machine: string,
    name: string,
    input: string,
    startedMs: number,
  ) => ExecutionRecord;
  readonly end: (machine: string, name: string, end: ExecutionEnd) => void;
  readonly get: (machine: string, name: string) => ExecutionRecord | null;
  /** In the order of their starts. */
  readonly list: (filter: {
    readonly machine?: string;
    readonly status?: ExecutionStatus;
    readonly limit?: number;
    readonly offset?: number;
  }) => readonly ExecutionRecord[];
}

const listedMax = 1_000_000;

export const createExecutionRecords = (state: StateFile): ExecutionRecords => {
  const { database } = state;
  database.exec(`CREATE TABLE IF NOT EXISTS executions (
    number INTEGER PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, input TEXT NOT NULL,
    startedMs REAL NOT NULL, status TEXT NOT NULL, endedMs REAL, output TEXT, error TEXT, cause TEXT,
    transitions INTEGER NOT NULL DEFAULT 0, UNIQUE (machine, name))`);
  database.exec("CREATE INDEX IF NOT EXISTS executions_by_status ON executions (status, number)");
  const open = database.prepare(
    "INSERT INTO executions (machine, name, input, startedMs, status) VALUES (?, ?, ?, ?, 'RUNNING') RETURNING *",
  );
  const end = database.prepare(
    `UPDATE executions SET status = ?, endedMs = ?, output = ?, error = ?, cause = ?, transitions = ?
     WHERE machine = ? AND name = ?`,
  );
  const get = database.prepare("SELECT * FROM executions WHERE machine = ? AND name = ?");
  const list = database.prepare(
    `SELECT * FROM executions WHERE (:machine IS NULL OR machine = :machine)
     AND (:status IS NULL OR status = :status) ORDER BY number LIMIT :limit OFFSET :offset`,
  );
  return {
    open: (machine, name, input, startedMs) =>
      open.get(machine, name, input, startedMs) as unknown as ExecutionRecord,
    end: (machine, name, { status, endedMs, output, error, cause, transitions }) =>
      void end.run(status, endedMs, output, error, cause, transitions, machine, name),
    get: (machine, name) => (get.get(machine, name) as unknown as ExecutionRecord) ?? null,
    list: ({ machine = null, status = null, limit = listedMax, offset = 0 }) =>
      list.all({ machine, status, limit, offset }) as unknown as readonly ExecutionRecord[],
  };
};
