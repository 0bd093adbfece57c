/**
 * What watches: alarms, the mails they send, and a dashboard. A stack of its own (docs/adr/0007), so that a change
 * here never touches what runs, and an endpoint that knows no dashboards can run the other two.
 */
import { Duration, Stack } from "aws-cdk-lib";
import type { App } from "aws-cdk-lib";
import {
  Alarm,
  AlarmStatusWidget,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IAlarm, IMetric, IWidget } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { FilterPattern, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { alarms, functions, machines } from "#infra/manifest.ts";
import type { AlarmDefinition, MachineName } from "#infra/manifest.ts";
import { unreachable } from "#shared/kernel/assert.ts";
import { functionNameOf, machineArnOf, pascalCaseOf } from "./names.ts";
import type { Service } from "./service-stack.ts";
import type { Settings } from "./settings.ts";

const machineNames = Object.keys(machines) as MachineName[];

const machineMetric = (stack: Stack, settings: Settings, machine: MachineName, name: string) =>
  new Metric({
    namespace: "AWS/States",
    metricName: name,
    dimensionsMap: { StateMachineArn: machineArnOf(stack, settings, machine) },
    statistic: Stats.SUM,
  });

const functionMetric = (settings: Settings, name: string, metricName: string, statistic: string) =>
  new Metric({
    namespace: "AWS/Lambda",
    metricName,
    dimensionsMap: { FunctionName: functionNameOf(settings, name) },
    statistic,
  });

/** Namespace of what we count ourselves, in log lines. */
const logMetric = (settings: Settings, metricName: string) =>
  new Metric({ namespace: settings.name, metricName, statistic: Stats.SUM });

interface Watched {
  readonly id: string;
  /** "" when the alarm stands for all. */
  readonly suffix: string;
  readonly metric: Metric;
}

const watchedBy = (stack: Stack, settings: Settings, alarm: AlarmDefinition): Watched[] => {
  const id = pascalCaseOf(alarm.name);
  switch (alarm.of) {
    case "machines":
      return machineNames.map((machine) => ({
        id: `${id}${pascalCaseOf(machine)}`,
        suffix: `-${machine}`,
        metric: machineMetric(stack, settings, machine, alarm.metric),
      }));
    case "functions":
      return functions.map(({ name }) => ({
        id: `${id}${pascalCaseOf(name)}`,
        suffix: `-${name}`,
        metric: functionMetric(settings, name, alarm.metric, Stats.SUM),
      }));
    case "log":
      return [{ id, suffix: "", metric: logMetric(settings, alarm.metric) }];
    default:
      return unreachable(alarm);
  }
};

/** Counts the log lines that hold a metric's name; a line with that name is written for nothing else. */
const createLogMetrics = (stack: Stack, settings: Settings, service: Service): void => {
  for (const alarm of alarms) {
    if (alarm.of !== "log") continue;
    for (const { definition, logGroup } of service.functions) {
      if (definition.name !== alarm.writtenBy) continue;
      new MetricFilter(stack, `${alarm.metric}Filter`, {
        logGroup,
        filterPattern: FilterPattern.literal(`"${alarm.metric}"`),
        metricNamespace: settings.name,
        metricName: alarm.metric,
        metricValue: "1",
        defaultValue: 0,
      });
    }
  }
};

const createAlarms = (stack: Stack, settings: Settings): Alarm[] => {
  const topic = new Topic(stack, "Alarms", {
    displayName: `${settings.name} alarms`,
    enforceSSL: true,
  });
  if (settings.alarmMail) topic.addSubscription(new EmailSubscription(settings.alarmMail));
  return alarms.flatMap((alarm) =>
    watchedBy(stack, settings, alarm).map(({ id, suffix, metric }) => {
      const created = new Alarm(stack, id, {
        alarmName: `${settings.name}-${alarm.name}${suffix}`,
        alarmDescription: `What to do: docs/runbook/${alarm.name}.md`,
        metric: metric.with({ period: Duration.minutes(alarm.periodMinutes) }),
        threshold: alarm.threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      created.addAlarmAction(new SnsAction(topic));
      return created;
    }),
  );
};

const graph = (title: string, left: IMetric[]): IWidget =>
  new GraphWidget({ title, left, width: 12, height: 6, leftYAxis: { min: 0 } });

const createDashboard = (stack: Stack, settings: Settings, created: readonly IAlarm[]): void => {
  const executions = (name: string): IMetric[] =>
    machineNames.map((machine) =>
      machineMetric(stack, settings, machine, name).with({ label: machine }),
    );
  const ofKind = (
    kind: "page" | "task" | "job",
    metricName: string,
    statistic: string,
  ): IMetric[] =>
    functions
      .filter(({ trigger }) => trigger.kind === kind)
      .map(({ name }) =>
        functionMetric(settings, name, metricName, statistic).with({ label: name }),
      );
  new Dashboard(stack, "Dashboard", {
    dashboardName: settings.name,
    defaultInterval: Duration.days(7),
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", alarms: [...created], width: 24, height: 4 })],
      [
        graph("Executions started", executions("ExecutionsStarted")),
        graph("Executions failed or timed out", [
          ...executions("ExecutionsFailed"),
          ...executions("ExecutionsTimedOut"),
        ]),
      ],
      [
        graph("Pages: requests", ofKind("page", "Invocations", Stats.SUM)),
        graph("Pages: slowest 1 in 100 (ms)", ofKind("page", "Duration", Stats.percentile(99))),
      ],
      [
        graph("Tasks: errors", ofKind("task", "Errors", Stats.SUM)),
        graph("Jobs: errors", ofKind("job", "Errors", Stats.SUM)),
      ],
      [
        graph("Throttled functions", [
          ...ofKind("page", "Throttles", Stats.SUM),
          ...ofKind("task", "Throttles", Stats.SUM),
        ]),
        graph(
          "What the log counts",
          alarms.flatMap((alarm) =>
            alarm.of === "log" ? [logMetric(settings, alarm.metric)] : [],
          ),
        ),
      ],
    ],
  });
};

/** @param service what is watched; it must be there first. */
export const createWatchStack = (app: App, settings: Settings, service: Service): void => {
  const stack = new Stack(app, "watch", {
    stackName: `${settings.name}-watch`,
    description: "Songnuan: alarms and dashboard",
    ...(settings.region === undefined ? {} : { env: { region: settings.region } }),
  });
  createLogMetrics(stack, settings, service);
  createDashboard(stack, settings, createAlarms(stack, settings));
};
