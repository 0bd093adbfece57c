/** The HTTP API in front of the pages: the manifest's routes, and nothing else. */
import { CfnOutput, Validations } from "aws-cdk-lib";
import {
  DomainName,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import { Construct } from "constructs";
import type { Route } from "#shared/lambda/definition.ts";
import { createLogGroup } from "./relief-function.ts";
import type { ReliefFunction } from "./relief-function.ts";
import type { Settings } from "./settings.ts";

/** Far above what a city's campaign brings (8 a second), far below what a flood would cost. */
const throttle = { rateLimit: 100, burstLimit: 200 };

/** The route and never the path, which may hold a link's secret; no address, because none is needed here. */
const accessRecord = JSON.stringify({
  requestId: "$context.requestId",
  time: "$context.requestTime",
  route: "$context.routeKey",
  status: "$context.status",
  responseBytes: "$context.responseLength",
  latencyMs: "$context.responseLatency",
  integrationError: "$context.integrationErrorMessage",
});

const methodOf = { GET: HttpMethod.GET, POST: HttpMethod.POST, ANY: HttpMethod.ANY } as const;

const readRoute = (route: Route): { readonly method: HttpMethod; readonly path: string } => {
  const space = route.indexOf(" ");
  const method = route.slice(0, space) as keyof typeof methodOf;
  return { method: methodOf[method], path: route.slice(space + 1) };
};

export interface PagesApi {
  readonly api: HttpApi;
  /** The pages' public address, without a trailing slash. */
  readonly siteUrl: string;
}

/** Made before the functions, because links in mails begin with its address. */
export const createPagesApi = (stack: Construct, settings: Settings): PagesApi => {
  const scope = new Construct(stack, "Pages");
  const { domain } = settings;
  const api = new HttpApi(scope, "Api", {
    apiName: settings.name,
    description: "Songnuan: the pages of applicants, approvers and the desk",
    createDefaultStage: false,
    // With a name of its own the pages answer under no other: links, cookies and the ICP filing hold for that one.
    disableExecuteApiEndpoint: domain !== undefined,
  });
  const domainName = domain
    ? new DomainName(scope, "Domain", {
        domainName: domain.name,
        certificate: Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn),
      })
    : undefined;
  new HttpStage(scope, "Stage", {
    httpApi: api,
    stageName: "$default",
    autoDeploy: true,
    throttle,
    accessLogSettings: {
      destination: new LogGroupLogDestination(createLogGroup(scope, "AccessLogs")),
      format: AccessLogFormat.custom(accessRecord),
    },
    ...(domainName ? { domainMapping: { domainName } } : {}),
  });
  const siteUrl = domain ? `https://${domain.name}` : api.apiEndpoint;
  new CfnOutput(stack, "SiteUrl", { value: siteUrl, description: "Where to apply" });
  if (domainName) {
    new CfnOutput(stack, "DomainTarget", {
      value: domainName.regionalDomainName,
      description: "Point the pages' host name at this (CNAME)",
    });
  }
  return { api, siteUrl };
};

/** Adds a page function's routes. */
export const addRoutes = ({ api }: PagesApi, { definition, lambda }: ReliefFunction): void => {
  if (definition.trigger.kind !== "page") return;
  const integration = new HttpLambdaIntegration(definition.name, lambda);
  for (const route of definition.trigger.routes) {
    const { method, path } = readRoute(route);
    for (const added of api.addRoutes({ path, methods: [method], integration })) {
      Validations.of(added).acknowledge({
        id: "AwsSolutions-APIG4",
        reason:
          "Workers apply without an account; approvers prove themselves by link and PIN, staff by session and TOTP, in the page function. Authorizers would need an account, and Cognito, which China doesn't have.",
      });
    }
  }
};
