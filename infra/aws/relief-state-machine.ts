/** The one state machine construct: the ASL text with its names filled in, its rights and its log. */
import { Aws, Validations } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnStateMachine } from "aws-cdk-lib/aws-stepfunctions";
import { Construct } from "constructs";
import { machines, substitutionOf } from "#infra/manifest.ts";
import type { MachineName } from "#infra/manifest.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { machineNameOf, pascalCaseOf } from "./names.ts";
import { createLogGroup } from "./relief-function.ts";
import type { ReliefFunction } from "./relief-function.ts";
import type { Settings } from "./settings.ts";

const substitution = /\$\{(\w+)\}/g;

interface FilledDefinition {
  readonly text: string;
  /** The functions that the machine invokes. */
  readonly functionArns: readonly string[];
}

/**
 * Puts ARNs for names here and not by DefinitionSubstitutions, so that the text arrives whole: some
 * AWS-compatible endpoints ignore substitutions, and a template test can read what the machine will run.
 */
const fillIn = (machine: MachineName, functions: readonly ReliefFunction[]): FilledDefinition => {
  const arns = new Map(
    functions.map(({ definition, lambda }) => [
      substitutionOf(definition.name),
      lambda.functionArn,
    ]),
  );
  const used = new Set<string>();
  const text = JSON.stringify(machines[machine]).replaceAll(
    substitution,
    (_whole, name: string) => {
      if (name === "Partition") return Aws.PARTITION;
      const arn = arns.get(name);
      invariant(arn !== undefined, `${machine}: no function for ${name}`);
      used.add(arn);
      return arn;
    },
  );
  return { text, functionArns: [...used] };
};

/** Step Functions manages its log delivery through these; none of them can be held to one resource. */
const logDeliveryActions = [
  "logs:CreateLogDelivery",
  "logs:GetLogDelivery",
  "logs:UpdateLogDelivery",
  "logs:DeleteLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutResourcePolicy",
  "logs:DescribeResourcePolicies",
  "logs:DescribeLogGroups",
];

const createRole = (scope: Construct, functionArns: readonly string[]): Role => {
  const role = new Role(scope, "Role", {
    assumedBy: new ServicePrincipal("states.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      invoke: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["lambda:InvokeFunction"],
            resources: [...functionArns],
          }),
          new PolicyStatement({ actions: logDeliveryActions, resources: ["*"] }),
        ],
      }),
    },
  });
  Validations.of(role).acknowledge({
    id: "AwsSolutions-IAM5[Resource::*]",
    reason:
      "CloudWatch's log delivery actions can't be held to one resource (Step Functions guide, logging); the machine may do nothing else with logs.",
  });
  return role;
};

/** @returns the machine of that name, under its own name (names.ts says why). */
export const createReliefStateMachine = (
  stack: Construct,
  machine: MachineName,
  functions: readonly ReliefFunction[],
  settings: Settings,
): CfnStateMachine => {
  const scope = new Construct(stack, `${pascalCaseOf(machine)}Machine`);
  const definition = fillIn(machine, functions);
  const logGroup = createLogGroup(scope, "Logs");
  const created = new CfnStateMachine(scope, "Machine", {
    stateMachineName: machineNameOf(settings, machine),
    stateMachineType: "STANDARD",
    roleArn: createRole(scope, definition.functionArns).roleArn,
    definitionString: definition.text,
    loggingConfiguration: {
      level: "ALL",
      // A waiting task's token is execution data; who reads it can answer for the approver.
      includeExecutionData: false,
      destinations: [
        {
          cloudWatchLogsLogGroup: { logGroupArn: logGroup.logGroupArn },
        },
      ],
    },
  });
  Validations.of(created).acknowledge({
    id: "AwsSolutions-SF2",
    reason:
      "X-Ray can't follow Lambda in the China regions, and the same stack runs there; execution history and logs show each step.",
  });
  return created;
};
