import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import { createAllocations } from "#shared/adapters/dynamodb/allocations.ts";
import { createApiClients } from "#shared/adapters/dynamodb/api-clients.ts";
import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { createAuditStore } from "#shared/adapters/dynamodb/audit-store.ts";
import { createFundOrders } from "#shared/adapters/dynamodb/fund-orders.ts";
import { createExportStore } from "#shared/adapters/dynamodb/export-store.ts";
import { createFeedbackStore } from "#shared/adapters/dynamodb/feedback-store.ts";
import { createNoticeStore } from "#shared/adapters/dynamodb/notice-store.ts";
import { createOversight } from "#shared/adapters/dynamodb/oversight.ts";
import { createPayingAccounts } from "#shared/adapters/dynamodb/paying-accounts.ts";
import { createTrailStore } from "#shared/adapters/dynamodb/trail-store.ts";
import {
  filesFromEnvironment,
  papersFromEnvironment,
  uploadOriginFromEnvironment,
} from "#shared/adapters/files.ts";
import { mailerFromEnvironment } from "#shared/adapters/mail/mailer.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { workflowFromEnvironment } from "#shared/adapters/step-functions/workflow.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  policy: policyPack,
  ...runtimeFromEnvironment(process.env),
  ...stores,
  accessLog: createAccessLog(table),
  trail: createTrailStore(table),
  allocations: createAllocations(table, stores.vault),
  apiClients: createApiClients(table),
  archive: createArchive(table, stores.vault),
  audit: createAuditStore(table, stores.vault),
  fundOrders: createFundOrders(table),
  payingAccounts: createPayingAccounts(table),
  exports: createExportStore(table, stores.vault),
  feedback: createFeedbackStore(table, stores.vault),
  notices: createNoticeStore(table, stores.vault),
  oversight: createOversight(table, stores.vault),
  papers: papersFromEnvironment(process.env),
  files: filesFromEnvironment(process.env),
  uploadOrigin: uploadOriginFromEnvironment(process.env),
  workflow: workflowFromEnvironment(process.env),
  mailer: mailerFromEnvironment(process.env),
});
