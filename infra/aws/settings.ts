/** What differs from one deployment to another, read from the CDK context (cdk.json, or `-c name=value`). */
import type { App } from "aws-cdk-lib";
import * as z from "zod";

const withoutPassword = (url: string): boolean => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && parsed.password === "" && /^smtps?:$/.test(parsed.protocol);
};

const fromPattern = /^(?:[^<>\p{Cc}]*<)?(?<address>[^\s<>@]+@[^\s<>@]+)>?$/u;

const text = z.string().min(1);

const Context = z
  .object({
    /** Begins the name of everything that needs a fixed name, so that two deployments fit in one account. */
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,19}$/)
      .default("songnuan"),
    /** Only to write a template for one region, e.g. cn-north-1; a deployment takes it from the credentials. */
    region: text.optional(),
    mailTransport: z.enum(["ses", "smtp"]).optional(),
    /** An address, or a name and an address: "送暖 <no-reply@example.org>". */
    mailFrom: z.string().regex(fromPattern).default("no-reply@songnuan.example"),
    /** A mail server that asks for no password. One that does goes into the secret. */
    smtpUrl: z
      .string()
      .refine(
        withoutPassword,
        "smtp:// or smtps://, without a password: that belongs in the secret",
      )
      .optional(),
    /** The Secrets Manager secret that holds {"url": "smtps://user:password@host:465"}. */
    smtpSecret: text.optional(),
    /** The pages' own host name, with its certificate; without it they stand under API Gateway's name. */
    domainName: text.optional(),
    certificateArn: text.optional(),
    /** Where browsers reach S3, when that isn't where functions do: an endpoint inside a container network. */
    publicS3Url: z.url().optional(),
    /** Who is mailed when an alarm goes off. */
    alarmMail: z.email().optional(),
    watch: z.enum(["on", "off"]).optional(),
  })
  .refine(
    (context) => (context.domainName === undefined) === (context.certificateArn === undefined),
    {
      message: "domainName and certificateArn come together",
    },
  );

export interface Settings {
  readonly name: string;
  readonly region: string | undefined;
  readonly mail: {
    readonly transport: "ses" | "smtp";
    readonly from: string;
    /** The address within `from`. */
    readonly fromAddress: string;
    readonly smtpUrl: string | undefined;
    readonly smtpSecret: string;
  };
  readonly domain: { readonly name: string; readonly certificateArn: string } | undefined;
  readonly publicS3Url: string | undefined;
  readonly alarmMail: string | undefined;
  readonly watched: boolean;
  readonly terminationProtected: boolean;
}

const readContext = (app: App): z.infer<typeof Context> => {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(Context.shape)) {
    const value: unknown = app.node.tryGetContext(key);
    if (value !== undefined && value !== "") given[key] = value;
  }
  return Context.parse(given);
};

/**
 * Reads and checks the settings. @throws with the names of those that are wrong.
 *
 * An endpoint of one's own (AWS_ENDPOINT_URL) gets the same data and service stacks, but no watch stack, because
 * few such endpoints know dashboards and metric filters, and no termination protection of the data stack, which
 * is no part of its template. China regions have no SES, so mail goes over SMTP there.
 */
export const readSettings = (
  app: App,
  environment: Readonly<Record<string, string | undefined>>,
): Settings => {
  const context = readContext(app);
  const ownEndpoint = (environment["AWS_ENDPOINT_URL"] ?? "") !== "";
  const region = context.region ?? environment["CDK_DEFAULT_REGION"] ?? environment["AWS_REGION"];
  const inChina = region?.startsWith("cn-") ?? false;
  const { domainName, certificateArn } = context;
  return {
    name: context.name,
    region: context.region,
    mail: {
      transport: context.mailTransport ?? (inChina || context.smtpUrl ? "smtp" : "ses"),
      from: context.mailFrom,
      fromAddress: fromPattern.exec(context.mailFrom)?.groups?.["address"] ?? context.mailFrom,
      smtpUrl: context.smtpUrl,
      smtpSecret: context.smtpSecret ?? `${context.name}/smtp`,
    },
    domain: domainName && certificateArn ? { name: domainName, certificateArn } : undefined,
    publicS3Url: context.publicS3Url,
    alarmMail: context.alarmMail,
    watched: context.watch === undefined ? !ownEndpoint : context.watch === "on",
    terminationProtected: !ownEndpoint,
  };
};
