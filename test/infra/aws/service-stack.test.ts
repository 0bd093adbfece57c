import { expect, test } from "vitest";
import { functions, machines } from "#infra/manifest.ts";
import { environmentOf } from "#shared/lambda/definition.ts";
import { resourcesOf, synthesise, type Resource } from "./cloud.ts";

const { templates } = synthesise();
const service = templates["service"];

const inPascalCase = (name: string): string =>
  name.replaceAll(/(?:^|-)(\w)/g, (_whole, letter: string) => letter.toUpperCase());

const lambdaOf = (name: string): Resource & { readonly id: string } => {
  const found = resourcesOf(service, "AWS::Lambda::Function").find(
    ({ Properties }) => Properties["FunctionName"] === `songnuan-${name}`,
  );
  expect(found, name).toBeDefined();
  return found as Resource & { readonly id: string };
};

const variablesOf = (name: string): Readonly<Record<string, unknown>> =>
  (lambdaOf(name).Properties["Environment"] as { Variables: Record<string, unknown> }).Variables;

test("every function of the manifest is there, on Node 24 and arm64, and no other", () => {
  const found = resourcesOf(service, "AWS::Lambda::Function");

  expect(found.map(({ Properties }) => Properties["FunctionName"]).toSorted()).toEqual(
    functions.map(({ name }) => `songnuan-${name}`).toSorted(),
  );
  for (const { Properties } of found) {
    expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
  }
});

test.each(functions.map(({ name }) => name))(
  "%s gets its variables, its time and memory",
  (name) => {
    const definition = functions.find((one) => one.name === name);
    const variables = variablesOf(name);

    expect(Object.keys(variables).toSorted()).toEqual(
      [...environmentOf(definition?.grants ?? {}), "NODE_OPTIONS"].toSorted(),
    );
    expect(lambdaOf(name).Properties).toMatchObject({
      Timeout: definition?.timeoutSeconds,
      MemorySize: definition?.memoryMb,
    });
  },
);

test("every route of the manifest leads to its function, and there is no other", () => {
  const integrations = new Map(
    resourcesOf(service, "AWS::ApiGatewayV2::Integration").map(({ id, Properties }) => [
      id,
      Properties,
    ]),
  );
  const routed = resourcesOf(service, "AWS::ApiGatewayV2::Route").map(({ Properties }) => {
    const id = /"Ref":"(\w+)"/.exec(JSON.stringify(Properties["Target"]))?.[1] ?? "";
    expect(integrations.get(id)).toMatchObject({ PayloadFormatVersion: "2.0" });
    return [Properties["RouteKey"], JSON.stringify(integrations.get(id)?.["IntegrationUri"])];
  });
  const wanted = functions.flatMap(({ name, trigger }) =>
    trigger.kind === "page"
      ? trigger.routes.map((route) => [
          route,
          JSON.stringify({ "Fn::GetAtt": [lambdaOf(name).id, "Arn"] }),
        ])
      : [],
  );

  expect(routed.toSorted()).toEqual(wanted.toSorted());
});

test("access records hold the route, and neither the path, the query nor who came", () => {
  const [stage] = resourcesOf(service, "AWS::ApiGatewayV2::Stage");
  const { Format } = stage?.Properties["AccessLogSettings"] as { Format: string };

  expect(Format).toContain("$context.routeKey");
  expect(Format).not.toMatch(/path|query|sourceIp|userAgent|\.authorizer|domainName/i);
  expect(stage?.Properties["DefaultRouteSettings"]).toMatchObject({ ThrottlingRateLimit: 100 });
});

test("links in mails begin with the API's own address until the pages have a name", () => {
  const [api] = resourcesOf(service, "AWS::ApiGatewayV2::Api");

  expect(variablesOf("request-approval")["SITE_URL"]).toEqual({
    "Fn::GetAtt": [api?.id, "ApiEndpoint"],
  });
  expect(service?.Outputs?.["SiteUrl"]?.Value).toEqual({ "Fn::GetAtt": [api?.id, "ApiEndpoint"] });
});

test("pages with a name of their own answer under no other", () => {
  const named = synthesise({
    domainName: "bangfu.example.cn",
    certificateArn: "arn:aws-cn:acm:cn-north-1:111122223333:certificate/one",
  });
  const [api] = resourcesOf(named.templates["service"], "AWS::ApiGatewayV2::Api");

  expect(api?.Properties["DisableExecuteApiEndpoint"]).toBe(true);
  expect(named.templates["service"]?.Outputs?.["SiteUrl"]?.Value).toBe("https://bangfu.example.cn");
  expect(resourcesOf(named.templates["service"], "AWS::ApiGatewayV2::ApiMapping")).toHaveLength(1);
  expect(named.findings).toEqual([]);
});

test("every job has its schedule, in the hours of Shanghai", () => {
  const schedules = resourcesOf(service, "AWS::Scheduler::Schedule").map(({ Properties }) => {
    expect(Properties["ScheduleExpressionTimezone"]).toBe("Asia/Shanghai");
    return [
      Properties["ScheduleExpression"],
      (Properties["Target"] as { Arn: unknown }).Arn,
    ] as const;
  });
  const wanted = functions.flatMap(({ name, trigger }) => {
    if (trigger.kind !== "job") return [];
    const { schedule } = trigger;
    const expression =
      schedule.kind === "every"
        ? `rate(${schedule.minutes} minutes)`
        : `cron(${Number(schedule.at.slice(3))} ${Number(schedule.at.slice(0, 2))} * * ? *)`;
    return [[expression, { "Fn::GetAtt": [lambdaOf(name).id, "Arn"] }] as const];
  });

  expect(wanted.length).toBeGreaterThanOrEqual(8);
  expect(schedules).toEqual(wanted);
});

test("a function that objects call has a rule for its bucket and prefix, which alone may call it", () => {
  const called = functions.filter(({ trigger }) => trigger.kind === "object");
  const rules = resourcesOf(service, "AWS::Events::Rule");
  expect(rules).toHaveLength(called.length);
  for (const { name, trigger } of called) {
    const rule = rules.find(({ Properties }) => Properties["Name"] === `songnuan-${name}`);
    expect(rule?.Properties["EventPattern"]).toMatchObject({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        object: { key: [{ prefix: trigger.kind === "object" ? trigger.prefix : "" }] },
      },
    });
    const arn = { "Fn::GetAtt": [lambdaOf(name).id, "Arn"] };
    expect(rule?.Properties["Targets"]).toMatchObject([{ Arn: arn }]);
    const allowed = resourcesOf(service, "AWS::Lambda::Permission").filter(
      ({ Properties }) => JSON.stringify(Properties["FunctionName"]) === JSON.stringify(arn),
    );
    expect(allowed.map(({ Properties }) => Properties)).toMatchObject([
      {
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [rule?.id, "Arn"] },
      },
    ]);
  }
});

/** The text as CloudFormation puts it together. */
const joined = (value: unknown): string => {
  const { "Fn::Join": join } = value as { "Fn::Join": [string, unknown[]] };
  return join[1]
    .map((part) => {
      if (typeof part === "string") return part;
      const { Ref, "Fn::GetAtt": attribute } = part as { Ref?: string; "Fn::GetAtt"?: string[] };
      return Ref === "AWS::Partition" ? "aws" : `arn:of:${attribute?.[0] ?? "?"}`;
    })
    .join("");
};

test.each(Object.keys(machines) as (keyof typeof machines)[])(
  "the whole %s machine arrives, with a real function in each place",
  (machine) => {
    const found = resourcesOf(service, "AWS::StepFunctions::StateMachine").find(
      ({ Properties }) => Properties["StateMachineName"] === `songnuan-${machine}`,
    );
    const expected = functions.reduce(
      (text, { name }) =>
        text.replaceAll(`\${${inPascalCase(name)}FunctionArn}`, `arn:of:${lambdaOf(name).id}`),
      JSON.stringify(machines[machine]).replaceAll("${Partition}", "aws"),
    );

    expect(JSON.parse(joined(found?.Properties["DefinitionString"]))).toEqual(JSON.parse(expected));
    expect(found?.Properties["DefinitionSubstitutions"]).toBeUndefined();
    expect(found?.Properties["LoggingConfiguration"]).toMatchObject({
      Level: "ALL",
      IncludeExecutionData: false,
    });
  },
);

test("functions are told the machines by the names the machines have", () => {
  const arn = (machine: string) => ({
    "Fn::Join": [
      "",
      [
        "arn:",
        { Ref: "AWS::Partition" },
        ":states:",
        { Ref: "AWS::Region" },
        ":",
        { Ref: "AWS::AccountId" },
        `:stateMachine:songnuan-${machine}`,
      ],
    ],
  });

  expect(variablesOf("serve-applicant")).toMatchObject({
    APPLICATION_MACHINE_ARN: arn("application"),
    DISBURSEMENT_MACHINE_ARN: arn("disbursement"),
  });
});

test("logs stay for a year, and outlive the stack", () => {
  const groups = resourcesOf(service, "AWS::Logs::LogGroup");

  expect(groups.length).toBe(functions.length + Object.keys(machines).length + 1);
  for (const { Properties, DeletionPolicy } of groups) {
    expect(Properties["RetentionInDays"]).toBe(365);
    expect(DeletionPolicy).toBe("RetainExceptOnCreate");
  }
});

test("mail goes over SES unless a mail server is named", () => {
  expect(variablesOf("request-approval")).toMatchObject({ MAIL_TRANSPORT: "ses", SMTP_URL: "" });
});

test("a mail server's password stands in no template: CloudFormation fetches it", () => {
  const { templates: withSmtp } = synthesise({ mailTransport: "smtp" });
  const text = JSON.stringify(withSmtp["service"]);

  expect(text).toContain("{{resolve:secretsmanager:songnuan/smtp:SecretString:url::}}");
  expect(text).not.toContain("ses:SendEmail");
});

test("nothing that China lacks is used: X-Ray, Cognito, function URLs", () => {
  const types = new Set(Object.values(service?.Resources ?? {}).map(({ Type }) => Type));

  expect([...types].filter((type) => /XRay|Cognito|Lambda::Url|SES/.test(type))).toEqual([]);
  expect(JSON.stringify(service)).not.toMatch(/xray:|TracingConfig/);
});
