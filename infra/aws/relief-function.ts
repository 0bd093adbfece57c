/** The one Lambda construct: runtime, logs, rights and environment of every function are decided here. */
import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { FunctionDefinition } from "#shared/lambda/definition.ts";
import { acknowledgeObjectRights, environmentValuesOf, statementsOf } from "./grants.ts";
import type { EnvironmentValues } from "./grants.ts";
import { functionNameOf, pascalCaseOf } from "./names.ts";
import type { Settings } from "./settings.ts";

export interface ReliefFunction {
  readonly definition: FunctionDefinition;
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;
}

/**
 * Logs outlive the stack: 网络安全法 art. 21 asks that they be kept for six months at least.
 * A stack whose first creation failed leaves none behind.
 */
export const createLogGroup = (scope: Construct, id: string): LogGroup =>
  new LogGroup(scope, id, {
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });

/** @returns the function of a manifest entry, with exactly the rights its grants name. */
export const createReliefFunction = (
  stack: Construct,
  definition: FunctionDefinition,
  options: EnvironmentValues & { readonly settings: Settings; readonly code: Code },
): ReliefFunction => {
  const scope = new Construct(stack, pascalCaseOf(definition.name));
  const { settings } = options;
  const logGroup = createLogGroup(scope, "Logs");
  const role = new Role(scope, "Role", {
    description: definition.purpose,
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      grants: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [logGroup.logGroupArn],
          }),
          ...statementsOf(scope, definition.grants, options.data, settings),
        ],
      }),
    },
  });
  acknowledgeObjectRights(role, definition.grants, options.data);
  const lambda = new LambdaFunction(scope, "Function", {
    functionName: functionNameOf(settings, definition.name),
    description: definition.purpose,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: "index.handler",
    code: options.code,
    role,
    logGroup,
    memorySize: definition.memoryMb,
    timeout: Duration.seconds(definition.timeoutSeconds),
    environment: {
      ...environmentValuesOf(scope, definition.grants, settings, options),
      NODE_OPTIONS: "--enable-source-maps",
    },
  });
  return { definition, lambda, logGroup };
};
