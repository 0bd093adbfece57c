/** What can be rebuilt at any time: functions, pages, machines and schedules, in a loop over the manifest. */
import { SecretValue, Stack } from "aws-cdk-lib";
import type { App } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { functions, machines } from "#infra/manifest.ts";
import type { MachineName } from "#infra/manifest.ts";
import type { Data } from "./data-stack.ts";
import { createObjectEvents } from "./object-events.ts";
import { addRoutes, createPagesApi } from "./pages-api.ts";
import { createReliefFunction } from "./relief-function.ts";
import type { ReliefFunction } from "./relief-function.ts";
import { createReliefStateMachine } from "./relief-state-machine.ts";
import { createSchedules } from "./schedules.ts";
import type { Settings } from "./settings.ts";

export interface Service {
  readonly functions: readonly ReliefFunction[];
}

/**
 * The mail server's address with its password comes from Secrets Manager while CloudFormation deploys, so that it
 * stands in no template. (In the function's settings it does, where only administrators read.)
 */
const smtpUrlOf = ({ mail }: Settings): string => {
  if (mail.transport === "ses") return "";
  if (mail.smtpUrl !== undefined) return mail.smtpUrl;
  return SecretValue.secretsManager(mail.smtpSecret, { jsonField: "url" }).unsafeUnwrap();
};

/** @param codeOf what a function runs: its bundle. */
export const createServiceStack = (
  app: App,
  settings: Settings,
  data: Data,
  codeOf: (functionName: string) => Code,
): Service => {
  const stack = new Stack(app, "service", {
    stackName: `${settings.name}-service`,
    description: "Songnuan: what can be rebuilt (functions, pages, machines, schedules)",
    ...(settings.region === undefined ? {} : { env: { region: settings.region } }),
  });
  const pages = createPagesApi(stack, settings);
  const values = { data, siteUrl: pages.siteUrl, smtpUrl: smtpUrlOf(settings) };
  const created = functions.map((definition) =>
    createReliefFunction(stack, definition, {
      ...values,
      settings,
      code: codeOf(definition.name),
    }),
  );
  for (const one of created) addRoutes(pages, one);
  for (const machine of Object.keys(machines) as MachineName[]) {
    createReliefStateMachine(stack, machine, created, settings);
  }
  createSchedules(stack, created, settings);
  createObjectEvents(stack, created, data, settings);
  return { functions: created };
};
