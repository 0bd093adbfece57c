/** The CDK app: `npm run synth`, `npm run deploy`. docs/deploy.md says how. */
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { functions } from "#infra/manifest.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { bundleFunctions } from "./aws/bundle.ts";
import { readSettings } from "./aws/settings.ts";
import { createStacks } from "./aws/stacks.ts";

const app = new App();
const bundles = await bundleFunctions(
  functions.map(({ name }) => name),
  join(import.meta.dirname, "../out/bundles"),
);
createStacks(app, readSettings(app, process.env), (functionName) => {
  const bundle = bundles.get(functionName);
  invariant(bundle, `no bundle of ${functionName}`);
  return Code.fromAsset(bundle.directory);
});
app.synth();
