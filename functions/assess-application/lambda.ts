import { createArchive } from "#shared/adapters/dynamodb/archive.ts";
import { mailerFromEnvironment } from "#shared/adapters/mail/mailer.ts";
import { runtimeFromEnvironment } from "#shared/adapters/runtime.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { createHandler } from "./handler.ts";

const { table, ...stores } = storesFromEnvironment(process.env, isPersonalField);

export const handler = createHandler({
  policy: policyPack,
  ...runtimeFromEnvironment(process.env),
  ...stores,
  archive: createArchive(table, stores.vault),
  mailer: mailerFromEnvironment(process.env),
});
