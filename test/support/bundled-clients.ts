/** What a bundle makes of the AWS clients: bundled by test/architecture/bundles.test.ts as functions are. */
export { createObjectStore } from "#shared/adapters/s3/object-store.ts";
export { s3FromEnvironment } from "#shared/adapters/s3/stored-files.ts";
export { tableFromEnvironment } from "#shared/adapters/dynamodb/client.ts";
export { vaultFromEnvironment } from "#shared/adapters/vault.ts";
export { workflowFromEnvironment } from "#shared/adapters/step-functions/workflow.ts";
export { mailerFromEnvironment } from "#shared/adapters/mail/mailer.ts";
