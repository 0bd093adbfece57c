import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { mailerFromEnvironment } from "#shared/adapters/mail/mailer.ts";
import type { Mail } from "#shared/ports/mailer.ts";

const mail: Mail = {
  id: "approval:SN0123456789:1:station:1/ab12",
  to: "approver@example.org",
  subject: "待审批：金秋助学 SN0123456789，请在七个工作日内办理完毕，逾期将提醒上级单位",
  text: "有一件申请等待审批。\n.\n单独一个点的一行不能结束邮件。",
  html: "<p>有一件申请等待<b>审批</b>。</p>",
};

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Delivered {
  readonly raw: Buffer;
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | undefined;
}

interface Refusal {
  readonly at: "connect" | "recipient" | "data";
  readonly status: number;
}

const refusalOf = ({ status }: Refusal): Error =>
  Object.assign(new Error("approver@example.org is not welcome"), { responseCode: status });

/** A real SMTP server on a free port. */
const startServer = async (
  options: { readonly refuse?: Refusal; readonly password?: string } = {},
): Promise<{ readonly address: string; readonly delivered: readonly Delivered[] }> => {
  const delivered: Delivered[] = [];
  const { refuse, password } = options;
  const server = new SMTPServer({
    disabledCommands: password === undefined ? ["AUTH", "STARTTLS"] : ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    onConnect: (_session, callback) =>
      callback(refuse?.at === "connect" ? refusalOf(refuse) : null),
    onAuth: (auth, _session, callback) =>
      auth.password === password
        ? callback(null, { user: auth.username ?? "" })
        : callback(new Error("wrong password")),
    onRcptTo: (_address, _session, callback) =>
      callback(refuse?.at === "recipient" ? refusalOf(refuse) : null),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refuse?.at === "data") return callback(refusalOf(refuse));
        const { mailFrom, rcptTo } = session.envelope;
        delivered.push({
          raw: Buffer.concat(chunks),
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          user: session.user as string | undefined,
        });
        return callback(null);
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, delivered };
};

const smtpMailer = (address: string, from = "送暖 <relief@example.org>") =>
  mailerFromEnvironment({
    MAIL_TRANSPORT: "smtp",
    MAIL_FROM: from,
    SMTP_URL: `smtp://${address}`,
  });

const parse = (raw: Uint8Array): Promise<Email> => PostalMime.parse(raw);

test("a mail arrives over SMTP with both parts, its Chinese subject and its sender's name intact", async () => {
  const server = await startServer();

  await smtpMailer(server.address).send(mail);

  expect(server.delivered).toHaveLength(1);
  const [delivered] = server.delivered;
  expect(delivered).toMatchObject({ from: "relief@example.org", to: [mail.to] });
  const email = await parse(delivered?.raw ?? Buffer.alloc(0));
  expect(email.subject).toBe(mail.subject);
  expect(email.from).toMatchObject({ name: "送暖", address: "relief@example.org" });
  expect(email.to).toMatchObject([{ address: mail.to }]);
  expect(email.text?.trimEnd()).toBe(mail.text);
  expect(email.html?.trimEnd()).toBe(mail.html);
  const longestLine = Math.max(
    ...(delivered?.raw.toString() ?? "").split("\r\n").map((l) => l.length),
  );
  expect(longestLine).toBeLessThanOrEqual(76);
});

test("sending a mail again sends the same message; another mail is another message", async () => {
  const server = await startServer();
  const mailer = smtpMailer(server.address);

  await mailer.send(mail);
  await mailer.send(mail);
  await mailer.send({ ...mail, id: "approval:SN0123456789:1:station:2/cd34" });

  const withoutDate = server.delivered.map(({ raw }) => raw.toString().replace(/^Date: .*$/mu, ""));
  expect(withoutDate[1]).toBe(withoutDate[0]);
  const emails = await Promise.all(server.delivered.map(({ raw }) => parse(raw)));
  const [first, second, third] = emails.map(({ messageId }) => messageId);
  expect(first).toMatch(/^<[0-9a-f]{32}@example\.org>$/u);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test.each([
  ["a recipient with a header behind it", { to: "a@example.org\r\nBcc: thief@example.net" }],
  ["two recipients", { to: "a@example.org, thief@example.net" }],
  ["a recipient that is an SMTP parameter", { to: "a@example.org> NOTIFY=NEVER" }],
  ["a recipient that is none", { to: "nobody" }],
  ["a subject with a header behind it", { subject: "您好\r\nBcc: thief@example.net" }],
  ["a subject with a bare line feed", { subject: "您好\nBcc: thief@example.net" }],
  ["a subject with a Unicode line separator", { subject: "您好\u2028Bcc: thief@example.net" }],
])("%s is refused before anything is sent", async (_name, change) => {
  const server = await startServer();

  await expect(smtpMailer(server.address).send({ ...mail, ...change })).rejects.toMatchObject({
    name: "MailNotSent",
    code: expect.stringMatching(/^unsafe_/u),
  });

  expect(server.delivered).toHaveLength(0);
});

test("an encoded word in a subject stays the text it is", async () => {
  const server = await startServer();
  const subject = "=?utf-8?B?QmNjOiB0aGllZg==?=";

  await smtpMailer(server.address).send({ ...mail, subject });

  const email = await parse(server.delivered[0]?.raw ?? Buffer.alloc(0));
  expect(email.subject).toBe(subject);
});

test.each([
  [{ at: "connect", status: 421 }, "421"],
  [{ at: "recipient", status: 550 }, "550"],
  [{ at: "data", status: 451 }, "451"],
  [{ at: "data", status: 554 }, "554"],
] as const)("a server's refusal is an error that names no address: %o", async (refuse, status) => {
  const server = await startServer({ refuse });

  const failed = await smtpMailer(server.address)
    .send(mail)
    .catch((error: unknown) => error);

  expect(failed).toMatchObject({ name: "MailNotSent", code: expect.stringContaining(status) });
  expect(`${String(failed)} ${(failed as Error).stack}`).not.toContain("approver@");
});

test("a server that isn't there is an error", async () => {
  await expect(smtpMailer("127.0.0.1:1").send(mail)).rejects.toMatchObject({ name: "MailNotSent" });
});

test("credentials of the address are used, and a wrong password is an error", async () => {
  const server = await startServer({ password: "right/word" });

  await smtpMailer(`union:right%2Fword@${server.address}`).send(mail);
  await expect(smtpMailer(`union:wrong@${server.address}`).send(mail)).rejects.toMatchObject({
    code: expect.stringContaining("EAUTH"),
  });

  expect(server.delivered.map(({ user }) => user)).toEqual(["union"]);
});

test("a mail doesn't travel in the clear to another machine unless the address allows it", async () => {
  const server = await startServer();
  // The same server under an address that isn't one of this machine's own names; it offers no TLS.
  const elsewhere = server.address.replace("127.0.0.1", "[::ffff:127.0.0.1]");

  await expect(smtpMailer(elsewhere).send(mail)).rejects.toMatchObject({
    name: "MailNotSent",
    code: expect.stringContaining("ETLS"),
  });
  expect(server.delivered).toHaveLength(0);

  await smtpMailer(`${elsewhere}?requireTLS=false`).send(mail);
  expect(server.delivered).toHaveLength(1);
});

/** Takes SES's calls and answers `status`. */
const startSes = async (status: number): Promise<{ url: string; calls: unknown[] }> => {
  const calls: unknown[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push({ path: request.url, body: JSON.parse(Buffer.concat(chunks).toString()) });
      response.writeHead(status, {
        "content-type": "application/json",
        ...(status === 200 ? {} : { "x-amzn-errortype": "MessageRejected" }),
      });
      response.end(
        status === 200
          ? '{"MessageId":"0100"}'
          : '{"message":"Email address is not verified: approver@example.org"}',
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
};

const sesMailer = (url: string) => {
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_SESV2: url,
  });
  return mailerFromEnvironment({ MAIL_TRANSPORT: "ses", MAIL_FROM: "relief@example.org" });
};

test("a mail goes to SES as the same raw message, to one address", async () => {
  const ses = await startSes(200);

  await sesMailer(ses.url).send(mail);

  expect(ses.calls).toMatchObject([
    {
      path: "/v2/email/outbound-emails",
      body: {
        FromEmailAddress: "relief@example.org",
        Destination: { ToAddresses: [mail.to] },
      },
    },
  ]);
  const [call] = ses.calls as { body: { Content: { Raw: { Data: string } } } }[];
  const email = await parse(Buffer.from(call?.body.Content.Raw.Data ?? "", "base64"));
  expect(email.subject).toBe(mail.subject);
  expect(email.text?.trimEnd()).toBe(mail.text);
  expect(email.html?.trimEnd()).toBe(mail.html);
});

test("what SES refuses is an error that names no address", async () => {
  const ses = await startSes(400);

  const failed = await sesMailer(ses.url)
    .send(mail)
    .catch((error: unknown) => error);

  expect(failed).toMatchObject({ name: "MailNotSent", code: "MessageRejected" });
  expect(String(failed)).not.toContain("approver@");
});

test.each([
  [{ MAIL_TRANSPORT: "pigeon", MAIL_FROM: "a@example.org" }, "MAIL_TRANSPORT"],
  [{ MAIL_TRANSPORT: "smtp", MAIL_FROM: "a@example.org", SMTP_URL: "" }, "SMTP_URL"],
  [{ MAIL_TRANSPORT: "ses", MAIL_FROM: "nobody" }, "MAIL_FROM"],
])("a wrong setting is named at the start: %o", (environment, variable) => {
  expect(() => mailerFromEnvironment(environment)).toThrow(variable);
});
