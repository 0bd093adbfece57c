/**
 * The names by which the parts of one deployment know each other. Functions start the machines and machines invoke
 * the functions; a name agreed beforehand breaks that circle, which CloudFormation could not create.
 */
import { ArnFormat, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { MachineName } from "#infra/manifest.ts";
import type { Settings } from "./settings.ts";

export const functionNameOf = (settings: Settings, functionName: string): string =>
  `${settings.name}-${functionName}`;

export const machineNameOf = (settings: Settings, machine: MachineName): string =>
  `${settings.name}-${machine}`;

export const machineArnOf = (scope: Construct, settings: Settings, machine: MachineName): string =>
  Stack.of(scope).formatArn({
    service: "states",
    resource: "stateMachine",
    resourceName: machineNameOf(settings, machine),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

/** "serve-desk" → "ServeDesk": how constructs are called. */
export const pascalCaseOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
