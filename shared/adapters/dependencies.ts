/** Everything a handler may be given, over AWS or any endpoint that speaks like it: for the embedded run. */
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { createAccessLog } from "./dynamodb/access-log.ts";
import { createAllocations } from "./dynamodb/allocations.ts";
import { createApiClients } from "./dynamodb/api-clients.ts";
import { createApiRequests } from "./dynamodb/api-requests.ts";
import { createArchive } from "./dynamodb/archive.ts";
import { createAuditStore } from "./dynamodb/audit-store.ts";
import { createFundOrders } from "./dynamodb/fund-orders.ts";
import { createExportStore } from "./dynamodb/export-store.ts";
import { createFeedbackStore } from "./dynamodb/feedback-store.ts";
import { createNoticeStore } from "./dynamodb/notice-store.ts";
import { createOversight } from "./dynamodb/oversight.ts";
import { createPayingAccounts } from "./dynamodb/paying-accounts.ts";
import { createTrailStore } from "./dynamodb/trail-store.ts";
import type { Environment } from "./environment.ts";
import {
  filesFromEnvironment,
  papersFromEnvironment,
  uploadOriginFromEnvironment,
} from "./files.ts";
import { mailerFromEnvironment } from "./mail/mailer.ts";
import { runtimeFromEnvironment } from "./runtime.ts";
import { workflowFromEnvironment } from "./step-functions/workflow.ts";
import { storesFromEnvironment } from "./stores.ts";

/** What the composition root decides: which answers are sealed, and what the embedded run puts in place. */
export interface Overrides {
  readonly policy: Dependencies["policy"];
  readonly isPersonal: (programmeId: string, field: string) => boolean;
  readonly clock?: Dependencies["clock"];
  readonly random?: Dependencies["random"];
  readonly mailer?: Dependencies["mailer"];
}

/** All of them; a function's lambda.ts takes only what its grants name, so that its bundle stays small. */
export const dependenciesFromEnvironment = (
  environment: Environment,
  overrides: Overrides,
): Dependencies => {
  const runtime = runtimeFromEnvironment(environment);
  const { table, ...stores } = storesFromEnvironment(environment, overrides.isPersonal);
  return {
    policy: overrides.policy,
    ...runtime,
    ...stores,
    archive: createArchive(table, stores.vault),
    audit: createAuditStore(table, stores.vault),
    fundOrders: createFundOrders(table),
    payingAccounts: createPayingAccounts(table),
    notices: createNoticeStore(table, stores.vault),
    oversight: createOversight(table, stores.vault),
    allocations: createAllocations(table, stores.vault),
    exports: createExportStore(table, stores.vault),
    feedback: createFeedbackStore(table, stores.vault),
    apiClients: createApiClients(table),
    apiRequests: createApiRequests(table, stores.vault),
    accessLog: createAccessLog(table),
    trail: createTrailStore(table),
    papers: papersFromEnvironment(environment),
    files: filesFromEnvironment(environment),
    uploadOrigin: uploadOriginFromEnvironment(environment),
    workflow: workflowFromEnvironment(environment),
    clock: overrides.clock ?? runtime.clock,
    random: overrides.random ?? runtime.random,
    mailer: overrides.mailer ?? mailerFromEnvironment(environment),
  };
};
