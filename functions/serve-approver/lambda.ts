import { createAccessLog } from "#shared/adapters/dynamodb/access-log.ts";
import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { createNoticeStore } from "#shared/adapters/dynamodb/notice-store.ts";
import { createOversight } from "#shared/adapters/dynamodb/oversight.ts";
import { papersFromEnvironment, uploadOriginFromEnvironment } from "#shared/adapters/files.ts";
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
  archive: createArchive(table, stores.vault),
  notices: createNoticeStore(table, stores.vault),
  oversight: createOversight(table, stores.vault),
  papers: papersFromEnvironment(process.env),
  uploadOrigin: uploadOriginFromEnvironment(process.env),
  workflow: workflowFromEnvironment(process.env),
  mailer: mailerFromEnvironment(process.env),
});
