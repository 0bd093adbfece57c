/** The manifest's functions that are called for each object of a bucket: an EventBridge rule for each. */
import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { Data } from "./data-stack.ts";
import { functionNameOf, pascalCaseOf } from "./names.ts";
import type { ReliefFunction } from "./relief-function.ts";
import type { Settings } from "./settings.ts";

/** Tried again by EventBridge while the function can't be called, and by Lambda when it failed. */
const retryAttemptsMax = 2;
/** Whoever sent the file waits for it; later it would help nobody. */
const eventAgeMaxMinutes = 15;

/** Adds the rules, each for objects under its function's prefix. */
export const createObjectEvents = (
  stack: Construct,
  functions: readonly ReliefFunction[],
  data: Data,
  settings: Settings,
): void => {
  const scope = new Construct(stack, "ObjectEvents");
  for (const { definition, lambda } of functions) {
    const { trigger, name, purpose } = definition;
    if (trigger.kind !== "object") continue;
    const rule = new Rule(scope, pascalCaseOf(name), {
      ruleName: functionNameOf(settings, name),
      description: purpose,
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [data.buckets[trigger.bucket].bucketName] },
          object: { key: [{ prefix: trigger.prefix }] },
        },
      },
    });
    rule.addTarget(
      new LambdaFunction(lambda, {
        retryAttempts: retryAttemptsMax,
        maxEventAge: Duration.minutes(eventAgeMaxMinutes),
      }),
    );
  }
};
