/** What `npm start` does with its flags and variables, and what it says. */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import isEmail from "validator/lib/isEmail.js";
import type { EmbeddedOptions } from "./embedded-options.ts";
import { startEmbedded, type Embedded } from "./embedded.ts";

const usage = `npm start [-- --empty --administrator you@example.org]

--empty          没有演示数据 / without demo data
--administrator  第一位管理员的邮箱（还没有管理员时）/ e-mail of the first administrator, where there is none
PORT=3000        端口 / port
HOST=127.0.0.1   监听地址 / interface to listen on
SITE_URL         公开网址（前面有代理时）/ public address, when a proxy stands in front
DATA_DIR=.data   数据目录 / where the data lies
DEV_PAGES=off    关闭 /dev/…（真实使用时）/ closes /dev/… where people work for real
MAIL_TRANSPORT, MAIL_FROM, SMTP_URL   另外真正发出邮件 / sends the mails on for real
`;

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws with a sentence when a variable can't be read. */
const optionsOf = async (variables: Variables, empty: boolean): Promise<EmbeddedOptions> => {
  const port = Number(variables["PORT"] ?? "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT=${variables["PORT"]} is no port: give a number from 0 to 65535`);
  }
  const siteUrl = variables["SITE_URL"]?.replace(/\/+$/u, "");
  if (siteUrl !== undefined && !URL.canParse(siteUrl)) {
    throw new Error(`SITE_URL=${siteUrl} is no address: give one like https://relief.example.org`);
  }
  const carrier =
    variables["MAIL_TRANSPORT"] === undefined
      ? undefined
      : (await import("#shared/adapters/mail/mailer.ts")).mailerFromEnvironment(variables);
  return {
    dataDir: resolve(variables["DATA_DIR"] ?? ".data"),
    port,
    host: variables["HOST"] ?? "127.0.0.1",
    ...(siteUrl === undefined ? {} : { siteUrl }),
    seed: !empty,
    devPages: variables["DEV_PAGES"] !== "off",
    ...(carrier ? { carrier } : {}),
    report: (where, errorName) => console.error(`${where}: ${errorName}`),
  };
};

const announce = async (embedded: Embedded, options: EmbeddedOptions): Promise<void> => {
  const { url } = embedded;
  const lines = [
    `送暖 Songnuan   ${url}`,
    `  申请 Apply      ${url}/apply`,
    `  工作台 Desk     ${url}/desk`,
  ];
  if (options.devPages) {
    lines.push(`  邮箱 Mailbox    ${url}/dev/mail`, `  时钟 Clock      ${url}/dev/clock`);
  }
  if (embedded.isDemo) {
    const { demoGuide } = await import("./demo-city.ts");
    lines.push(...demoGuide.map((line) => `  ${line}`));
  }
  if (embedded.resumed > 0) {
    lines.push(`  继续办理 Taken up again: ${embedded.resumed}`);
  }
  console.log(lines.join("\n"));
};

/** Says whether somebody was appointed; a city that has an administrator keeps the ones it has. */
const appointAt = async ({ dependencies }: Embedded, email: string): Promise<void> => {
  const { appointFirstAdministrator } = await import("#shared/casework/first-administrator.ts");
  const appointed = await appointFirstAdministrator(dependencies, { email, name: "管理员" });
  console.log(
    appointed
      ? `已任命管理员 Administrator appointed: ${email}`
      : "已有管理员，没有另行任命。There is an administrator already: nobody was appointed.",
  );
};

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const sentenceOf = (error: unknown, options: EmbeddedOptions): string => {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE") {
    return `端口已被占用。Port ${options.port} is in use: stop what runs there, or set PORT to another one.`;
  }
  return error.message;
};

/** Runs until it is told to stop (SIGINT, SIGTERM); exits with 1 and a sentence when it can't run. */
export const runCommand = async (
  parameters: readonly string[],
  variables: Variables,
): Promise<void> => {
  let empty = false;
  let administrator: string | undefined;
  let options: EmbeddedOptions;
  try {
    const { values } = parseArgs({
      args: [...parameters],
      options: {
        empty: { type: "boolean" },
        administrator: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help === true) return console.log(usage);
    empty = values.empty === true;
    administrator = values.administrator;
    if (administrator !== undefined && !isEmail.default(administrator)) {
      throw new Error(`--administrator ${administrator} is no e-mail address`);
    }
    options = await optionsOf(variables, empty);
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
  let embedded: Embedded;
  try {
    embedded = await startEmbedded(options);
  } catch (error) {
    return fail(sentenceOf(error, options));
  }
  const stop = (): void => {
    embedded.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  if (administrator !== undefined) await appointAt(embedded, administrator);
  await announce(embedded, options);
  void embedded.failed.then(fail);
};
