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
import { createHandler } from "./handler.ts";

export const handler = createHandler({
  ...runtimeFromEnvironment(process.env),
  ...storesFromEnvironment(process.env, isPersonalField),
  papers: papersFromEnvironment(process.env),
  files: filesFromEnvironment(process.env),
  uploadOrigin: uploadOriginFromEnvironment(process.env),
  workflow: workflowFromEnvironment(process.env),
  mailer: mailerFromEnvironment(process.env),
});
