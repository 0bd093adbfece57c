/** Step Functions: the machines carry ids and outcomes only, never personal data. */
export interface Workflow {
  /**
   * Starts an execution by name.
   * @returns false when an execution of that name ran before and has ended: nothing was started.
   */
  readonly start: (
    machine: "application" | "disbursement",
    name: string,
    input: Readonly<Record<string, unknown>>,
  ) => Promise<boolean>;
  /** Answers a waiting task. @returns false when nobody waits for this token any more. */
  readonly succeed: (
    taskToken: string,
    output: Readonly<Record<string, unknown>>,
  ) => Promise<boolean>;
}
