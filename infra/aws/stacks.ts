/** The whole cloud side as one function, so that a test can build it with other settings or other code. */
import { Validations } from "aws-cdk-lib";
import type { App } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { AwsSolutionsChecks } from "cdk-nag";
import { createDataStack } from "./data-stack.ts";
import { createServiceStack } from "./service-stack.ts";
import type { Settings } from "./settings.ts";
import { createWatchStack } from "./watch-stack.ts";

/** Adds the stacks to `app`. An unexplained cdk-nag finding stops the synthesis. */
export const createStacks = (
  app: App,
  settings: Settings,
  codeOf: (functionName: string) => Code,
): void => {
  const data = createDataStack(app, settings);
  const service = createServiceStack(app, settings, data, codeOf);
  if (settings.watched) createWatchStack(app, settings, service);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
};
