/**
 * The one list of what runs: table, buckets, functions, routes, schedules, machines, alarms. Plain data.
 * infra/aws and infra/local read it and add nothing of their own, so both runs are the same system.
 */
import { definition as anchorTrail } from "#functions/anchor-trail/function.ts";
import { definition as announceOutcome } from "#functions/announce-outcome/function.ts";
import { definition as assembleBatch } from "#functions/assemble-batch/function.ts";
import { definition as assessApplication } from "#functions/assess-application/function.ts";
import { definition as auditLedger } from "#functions/audit-ledger/function.ts";
import { definition as awaitBankReturn } from "#functions/await-bank-return/function.ts";
import { definition as awaitFunds } from "#functions/await-funds/function.ts";
import { definition as awaitInformation } from "#functions/await-information/function.ts";
import { definition as closeOverdue } from "#functions/close-overdue/function.ts";
import { definition as convertPhoto } from "#functions/convert-photo/function.ts";
import { definition as endNotices } from "#functions/end-notices/function.ts";
import { definition as makeExport } from "#functions/make-export/function.ts";
import { definition as proveTrail } from "#functions/prove-trail/function.ts";
import { definition as publishNotice } from "#functions/publish-notice/function.ts";
import { definition as remindApprovers } from "#functions/remind-approvers/function.ts";
import { definition as remindHandlers } from "#functions/remind-handlers/function.ts";
import { definition as requestApproval } from "#functions/request-approval/function.ts";
import { definition as requestAuthorisation } from "#functions/request-authorisation/function.ts";
import { definition as reserveWaiting } from "#functions/reserve-waiting/function.ts";
import { definition as resumeStalled } from "#functions/resume-stalled/function.ts";
import { definition as reviewArchive } from "#functions/review-archive/function.ts";
import { definition as serveApi } from "#functions/serve-api/function.ts";
import { definition as serveApplicant } from "#functions/serve-applicant/function.ts";
import { definition as serveApprover } from "#functions/serve-approver/function.ts";
import { definition as serveDesk } from "#functions/serve-desk/function.ts";
import { definition as settleBatch } from "#functions/settle-batch/function.ts";
import { definition as writeBankFile } from "#functions/write-bank-file/function.ts";
import application from "#workflows/machines/application.asl.json" with { type: "json" };
import disbursement from "#workflows/machines/disbursement.asl.json" with { type: "json" };
import type { FunctionDefinition } from "#shared/lambda/definition.ts";

export interface IndexDefinition {
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string;
  /** Attributes carried along; without personal data. */
  readonly include: readonly string[];
}

/** Everything lies in one table; an item's kind is in its keys (shared/adapters/dynamodb/keys.ts). */
export const table = {
  partitionKey: "PK",
  sortKey: "SK",
  timeToLive: "expiresAtSeconds",
  indexes: [
    {
      name: "queue",
      partitionKey: "queueKey",
      sortKey: "queueSort",
      include: [
        "status",
        "programmeId",
        "unitId",
        "tier",
        "amountFen",
        "fastTrack",
        "advanceFen",
        "since",
        "deadlineAt",
      ],
    },
    {
      name: "fundLedger",
      partitionKey: "ledgerKey",
      sortKey: "ledgerSort",
      include: [
        "subject",
        "kind",
        "fundId",
        "debit",
        "credit",
        "amountFen",
        "at",
        "applicationId",
        "by",
        "voucher",
        "batchId",
      ],
    },
  ] satisfies readonly IndexDefinition[],
} as const;

/**
 * `expire`: objects under the prefix are deleted after so many days. `pagesSend`: scripts of our pages send files to
 * it; without scripts, a form does.
 */
export const buckets = {
  papers: { expire: [{ prefix: "incoming/", days: 7 }], pagesSend: true },
  files: {
    expire: [
      { prefix: "incoming/", days: 7 },
      { prefix: "trail-requests/", days: 7 },
      // The desk says until when: domain/finance-export.ts.
      { prefix: "exports/", days: 7 },
      // What the next day's anchor is made from; without it, all is looked at once more.
      { prefix: "anchor-work/", days: 60 },
    ],
    pagesSend: false,
  },
} as const;
export type BucketName = keyof typeof buckets;

export const functions: readonly FunctionDefinition[] = [
  serveApplicant,
  serveApprover,
  serveDesk,
  serveApi,
  assessApplication,
  requestApproval,
  awaitInformation,
  awaitFunds,
  publishNotice,
  announceOutcome,
  assembleBatch,
  requestAuthorisation,
  writeBankFile,
  awaitBankReturn,
  settleBatch,
  convertPhoto,
  makeExport,
  resumeStalled,
  reserveWaiting,
  closeOverdue,
  remindApprovers,
  remindHandlers,
  endNotices,
  reviewArchive,
  auditLedger,
  anchorTrail,
  proveTrail,
];

export const machines = { application, disbursement } as const;
export type MachineName = keyof typeof machines;

/** "assess-application" → "AssessApplicationFunctionArn": how a machine's text names a function. */
export const substitutionOf = (functionName: string): string =>
  `${functionName
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("")}FunctionArn`;

interface AlarmBase {
  readonly name: string;
  readonly metric: string;
  readonly threshold: number;
  readonly periodMinutes: number;
}

/** `of: "log"` counts the log lines of one function that hold the metric's name. */
export type AlarmDefinition =
  | (AlarmBase & { readonly of: "machines" | "functions" })
  | (AlarmBase & { readonly of: "log"; readonly writtenBy: string });

/** Alarms; each has a page of the same name in docs/runbook/. */
export const alarms: readonly AlarmDefinition[] = [
  {
    name: "execution-failed",
    metric: "ExecutionsFailed",
    of: "machines",
    threshold: 1,
    periodMinutes: 5,
  },
  { name: "function-errors", metric: "Errors", of: "functions", threshold: 5, periodMinutes: 5 },
  {
    name: "notice-withheld",
    metric: "NoticeWouldLeak",
    of: "log",
    writtenBy: "end-notices",
    threshold: 1,
    periodMinutes: 5,
  },
  {
    name: "ledger-fault",
    metric: "LedgerFault",
    of: "log",
    writtenBy: "audit-ledger",
    threshold: 1,
    periodMinutes: 5,
  },
];
