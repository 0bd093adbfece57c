/** A function's entry in the manifest: what calls it, what it needs, what it may touch. Plain data. */

export type Access = "none" | "read" | "read-write";

export interface Grants {
  /** Without it the function is given no access to the table. */
  readonly table?: Exclude<Access, "none">;
  readonly papers?: Exclude<Access, "none">;
  readonly files?: Exclude<Access, "none">;
  /** Start executions, and answer waiting tasks. */
  readonly workflow?: true;
  readonly mail?: true;
}

export type Trigger =
  | { readonly kind: "page"; readonly routes: readonly Route[] }
  | { readonly kind: "task" }
  | { readonly kind: "job"; readonly schedule: Schedule }
  /** Called with S3's "Object Created" event for each object that lands there, at least once. */
  | { readonly kind: "object"; readonly bucket: "papers" | "files"; readonly prefix: string };

/** An HTTP API route, with `{name}` for a segment and `{name+}` for the rest: "GET /apply/{programme}". */
export type Route = `${"GET" | "POST" | "ANY"} /${string}`;

/** Working hours matter to the people, so daily schedules are in Asia/Shanghai. */
export type Schedule =
  | { readonly kind: "every"; readonly minutes: number }
  | { readonly kind: "daily"; readonly at: `${number}:${number}` };

export interface FunctionDefinition {
  /** The folder in functions/: a verb and a noun. */
  readonly name: string;
  readonly purpose: string;
  readonly trigger: Trigger;
  readonly grants: Grants;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

export const defineFunction = (definition: FunctionDefinition): FunctionDefinition => definition;

/** Names of environment variables are derived from grants, in one place for CDK, the embedded run and lambda.ts. */
export const environmentOf = (grants: Grants): readonly string[] => [
  "SITE_URL",
  ...(grants.table ? ["TABLE_NAME", "MASTER_KEY_ID"] : []),
  ...(grants.papers ? ["PAPERS_BUCKET"] : []),
  ...(grants.files ? ["FILES_BUCKET"] : []),
  ...(grants.workflow ? ["APPLICATION_MACHINE_ARN", "DISBURSEMENT_MACHINE_ARN"] : []),
  ...(grants.mail ? ["MAIL_TRANSPORT", "MAIL_FROM", "SMTP_URL"] : []),
];
