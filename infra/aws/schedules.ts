/** The manifest's schedules as EventBridge schedules, in the hours of the people: Asia/Shanghai. */
import { Aws } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { Construct } from "constructs";
import type { Schedule } from "#shared/lambda/definition.ts";
import { functionNameOf, pascalCaseOf } from "./names.ts";
import type { ReliefFunction } from "./relief-function.ts";
import type { Settings } from "./settings.ts";

const expressionOf = (schedule: Schedule): string => {
  if (schedule.kind === "every") {
    return `rate(${schedule.minutes} ${schedule.minutes === 1 ? "minute" : "minutes"})`;
  }
  const [hour, minute] = schedule.at.split(":").map(Number);
  return `cron(${minute} ${hour} * * ? *)`;
};

/** A job that runs again in minutes needs no second try; a nightly one is tried for an hour. Jobs may run twice. */
const retryPolicyOf = (schedule: Schedule): CfnSchedule.RetryPolicyProperty =>
  schedule.kind === "every"
    ? { maximumRetryAttempts: 1, maximumEventAgeInSeconds: 60 }
    : { maximumRetryAttempts: 10, maximumEventAgeInSeconds: 3600 };

/** Adds the schedules of all jobs, and the one role that may start them. */
export const createSchedules = (
  stack: Construct,
  functions: readonly ReliefFunction[],
  settings: Settings,
): void => {
  const jobs = functions.filter(({ definition }) => definition.trigger.kind === "job");
  if (jobs.length === 0) return;
  const scope = new Construct(stack, "Schedules");
  const role = new Role(scope, "Role", {
    assumedBy: new ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      invoke: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ["lambda:InvokeFunction"],
            resources: jobs.map(({ lambda }) => lambda.functionArn),
          }),
        ],
      }),
    },
  });
  for (const { definition, lambda } of jobs) {
    if (definition.trigger.kind !== "job") continue;
    const { schedule } = definition.trigger;
    new CfnSchedule(scope, pascalCaseOf(definition.name), {
      name: functionNameOf(settings, definition.name),
      description: definition.purpose,
      scheduleExpression: expressionOf(schedule),
      scheduleExpressionTimezone: "Asia/Shanghai",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: lambda.functionArn,
        roleArn: role.roleArn,
        input: "{}",
        retryPolicy: retryPolicyOf(schedule),
      },
    });
  }
};
