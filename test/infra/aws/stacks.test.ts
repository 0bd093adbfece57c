import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { expect, test } from "vitest";
import { alarms, functions, machines } from "#infra/manifest.ts";
import { readSettings } from "#infra/aws/settings.ts";
import { createStacks } from "#infra/aws/stacks.ts";
import { projectContext, resourcesOf, synthesise } from "./cloud.ts";

const everywhere = synthesise();
const inChina = synthesise({ region: "cn-north-1" });
const elsewhere = synthesise({}, { AWS_ENDPOINT_URL: "http://localhost:4566" });

test("both partitions synthesise, and cdk-nag finds nothing that has no reason", () => {
  for (const { templates, findings } of [everywhere, inChina, elsewhere]) {
    expect(Object.keys(templates)).toEqual(expect.arrayContaining(["data", "service"]));
    expect(findings).toEqual([]);
  }
});

test("a finding nobody gave a reason for stops the synthesis", () => {
  const app = new App({
    context: projectContext(),
    outdir: mkdtempSync(join(tmpdir(), "songnuan-nag-")),
  });
  const code = Code.fromInline("exports.handler = async () => null;");
  createStacks(app, readSettings(app, {}), () => code);
  new Bucket(new Stack(app, "careless"), "Open");

  expect(() => app.synth()).toThrow(/AwsSolutions-S10/);
});

test("no template names a partition: the same one deploys in China", () => {
  for (const { templates } of [everywhere, inChina]) {
    expect(JSON.stringify(templates)).not.toMatch(/arn:aws(?:-cn)?:/);
    expect(JSON.stringify(templates)).not.toMatch(/amazonaws\.com\//);
  }
});

test("in China, where there is no SES, mail goes over SMTP unless told otherwise", () => {
  const variablesOf = (cloud: typeof inChina) =>
    JSON.stringify(
      resourcesOf(cloud.templates["service"], "AWS::Lambda::Function").map(
        ({ Properties }) => Properties["Environment"],
      ),
    );

  expect(variablesOf(everywhere)).toContain('"MAIL_TRANSPORT":"ses"');
  expect(variablesOf(inChina)).toContain('"MAIL_TRANSPORT":"smtp"');
  expect(variablesOf(inChina)).not.toContain('"MAIL_TRANSPORT":"ses"');
});

test("an endpoint of one's own gets the same data and functions, without what watches them", () => {
  const withoutExports = (cloud: typeof everywhere) => cloud.templates["service"]?.Resources;
  const withoutCode = (cloud: typeof everywhere): string =>
    JSON.stringify(withoutExports(cloud)).replaceAll(/[0-9a-f]{64}/g, "code");

  expect(elsewhere.templates["watch"]).toBeUndefined();
  expect(elsewhere.templates["data"]).toEqual(everywhere.templates["data"]);
  expect(withoutCode(elsewhere)).toBe(withoutCode(everywhere));
  expect(
    synthesise({ watch: "on" }, { AWS_ENDPOINT_URL: "http://localhost:4566" }).templates["watch"],
  ).toBeDefined();
});

test("no endpoint of a developer's machine ever gets into a template", () => {
  expect(JSON.stringify(elsewhere.templates)).not.toContain("4566");
});

test("every alarm of the manifest watches what it says, tells somebody and names its page", () => {
  const watch = everywhere.templates["watch"];
  const created = resourcesOf(watch, "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
  const [topic] = resourcesOf(watch, "AWS::SNS::Topic");
  const counts = { machines: Object.keys(machines).length, functions: functions.length, log: 1 };

  for (const alarm of alarms) {
    const ours = created.filter(({ AlarmName }) =>
      String(AlarmName).startsWith(`songnuan-${alarm.name}`),
    );
    expect(ours, alarm.name).toHaveLength(counts[alarm.of]);
    for (const properties of ours) {
      expect(properties).toMatchObject({
        MetricName: alarm.metric,
        Threshold: alarm.threshold,
        Period: alarm.periodMinutes * 60,
        TreatMissingData: "notBreaching",
        AlarmActions: [{ Ref: topic?.id }],
      });
      expect(properties["AlarmDescription"]).toContain(`docs/runbook/${alarm.name}.md`);
    }
  }
  expect(created).toHaveLength(alarms.reduce((sum, { of }) => sum + counts[of], 0));
});

test.each([
  ["a fault of the ledger", "LedgerFault", "AuditLedgerLogs"],
  ["a notice that was withheld", "NoticeWouldLeak", "EndNoticesLogs"],
])("%s in the log is counted, in the log of who writes it", (_what, metric, log) => {
  const filter = resourcesOf(everywhere.templates["watch"], "AWS::Logs::MetricFilter").find(
    ({ Properties }) => Properties["FilterPattern"] === `"${metric}"`,
  );

  expect(JSON.stringify(filter?.Properties["LogGroupName"])).toContain(log);
  expect(filter?.Properties["MetricTransformations"]).toMatchObject([
    { MetricName: metric, MetricNamespace: "songnuan", MetricValue: "1" },
  ]);
});

test("there is a dashboard, and whoever is named gets the alarms by mail", () => {
  const { templates } = synthesise({ alarmMail: "it@union.example" });

  expect(resourcesOf(templates["watch"], "AWS::CloudWatch::Dashboard")).toHaveLength(1);
  expect(resourcesOf(templates["watch"], "AWS::SNS::Subscription")[0]?.Properties).toMatchObject({
    Protocol: "email",
    Endpoint: "it@union.example",
  });
});

test.each([
  [{ smtpUrl: "smtps://user:secret@mail.example:465" }, "smtpUrl"],
  [{ domainName: "bangfu.example.cn" }, "domainName"],
  [{ mailTransport: "pigeon" }, "mailTransport"],
  [{ mailFrom: "nobody" }, "mailFrom"],
  [{ name: "Has Spaces" }, "name"],
])("a wrong setting is refused by its name: %o", (context, name) => {
  expect(() => readSettings(new App({ context }), {})).toThrow(name);
});

test("a second deployment under another name shares no name with the first", () => {
  const { templates } = synthesise({ name: "rehearsal" });
  const text = JSON.stringify(templates).replaceAll(
    /"(?:Description|AlarmDescription)":"[^"]*"/g,
    "",
  );

  expect(text).not.toContain('"songnuan');
  expect(text).toContain(":stateMachine:rehearsal-application");
});
