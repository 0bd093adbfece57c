import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import type { AccessLog } from "./access-log.ts";
import type { Allocations } from "./allocations.ts";
import type { ApiClients } from "./api-clients.ts";
import type { ApiRequests } from "./api-requests.ts";
import type { Archive } from "./archive.ts";
import type { AuditStore } from "./audit-store.ts";
import type { BatchStore } from "./batch-store.ts";
import type { CaseStore } from "./case-store.ts";
import type { Directory } from "./directory.ts";
import type { ExportStore } from "./export-store.ts";
import type { FeedbackStore } from "./feedback-store.ts";
import type { FundOrders } from "./fund-orders.ts";
import type { FundStore } from "./fund-store.ts";
import type { Mailer } from "./mailer.ts";
import type { NoticeStore } from "./notice-store.ts";
import type { PayingAccounts } from "./paying-accounts.ts";
import type { ObjectStore } from "./object-store.ts";
import type { Oversight } from "./oversight.ts";
import type { Clock, RandomBytes } from "./runtime.ts";
import type { TrailStore } from "./trail-store.ts";
import type { Vault } from "./vault.ts";
import type { Workflow } from "./workflow.ts";

/** What a handler may be given. Each takes only what it uses: `Pick<Dependencies, "cases" | "clock">`. */
export interface Dependencies {
  readonly policy: PolicyPack;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly vault: Vault;
  readonly cases: CaseStore;
  readonly funds: FundStore;
  readonly batches: BatchStore;
  readonly directory: Directory;
  readonly archive: Archive;
  readonly notices: NoticeStore;
  readonly oversight: Oversight;
  readonly allocations: Allocations;
  /** What the nightly audit found, and when it ran. */
  readonly audit: AuditStore;
  readonly fundOrders: FundOrders;
  readonly payingAccounts: PayingAccounts;
  readonly feedback: FeedbackStore;
  /** Tables that finance asked for. */
  readonly exports: ExportStore;
  readonly apiClients: ApiClients;
  readonly apiRequests: ApiRequests;
  /** Who read sensitive fields. */
  readonly accessLog: AccessLog;
  /** Chains, batches and anchors as they lie in the table, for proofs. */
  readonly trail: TrailStore;
  /** Papers that applicants send. */
  readonly papers: ObjectStore;
  /** Bank files, returns and exports. */
  readonly files: ObjectStore;
  readonly workflow: Workflow;
  readonly mailer: Mailer;
  /** The public address of the pages, without a trailing slash; links in mails are built from nothing else. */
  readonly siteUrl: string;
  /** Where browsers post files to: the origin of the paper store, for the content security policy. */
  readonly uploadOrigin: string;
}
