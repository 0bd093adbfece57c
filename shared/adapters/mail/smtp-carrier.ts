/** Delivers over SMTP, one connection for each mail: a function sends one and is then frozen. */
import SMTPConnection from "nodemailer/lib/smtp-connection";
import { parseConnectionUrl } from "nodemailer/lib/shared";
import { MailNotSent } from "./mail-not-sent.ts";
import type { Carrier, Message } from "./message.ts";

/** Far below a task's 30 seconds, so that the task fails with a reason and not by being cut off. */
const connectTimeoutMs = 5_000;
const silenceTimeoutMs = 10_000;

const loopbackHosts: readonly string[] = ["localhost", "127.0.0.1", "::1"];

/**
 * Reads "smtp://user:password@host:587" or "smtps://…". TLS is required, since a mail carries the link to a
 * case; only a server on this very machine, or "?requireTLS=false" in the address, goes without.
 */
const readAddress = (url: string) => {
  const { auth, ...given } = parseConnectionUrl(url);
  const staysHere = loopbackHosts.includes(given.host ?? "localhost");
  return {
    auth,
    options: {
      requireTLS: given.secure !== true && !staysHere,
      ...given,
      connectionTimeout: connectTimeoutMs,
      greetingTimeout: connectTimeoutMs,
      dnsTimeout: connectTimeoutMs,
      socketTimeout: silenceTimeoutMs,
    },
  };
};

type Callback = (error?: Error | null) => void;

const done = (begin: (callback: Callback) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    begin((error) => (error ? reject(error) : resolve()));
  });

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  const name = typeof code === "string" ? code : error.name;
  return typeof responseCode === "number" ? `${name} ${responseCode}` : name;
};

/** A carrier for the server at `url`. Credentials in the address are always used, and refused mail is told. */
export const smtpCarrier = (url: string): Carrier => {
  const { auth, options } = readAddress(url);
  return async (message: Message) => {
    const connection = new SMTPConnection(options);
    // A broken connection is told by this event and by no callback; it may come at any step.
    const broken = new Promise<never>((_resolve, reject) => {
      connection.on("error", reject);
    });
    const sent = async (): Promise<void> => {
      await done((callback) => connection.connect(callback));
      if (auth) await done((callback) => connection.login({ credentials: auth }, callback));
      const envelope = { from: message.from, to: [message.to] };
      await done((callback) => connection.send(envelope, message.bytes, callback));
    };
    try {
      await Promise.race([sent(), broken]);
    } catch (error) {
      throw new MailNotSent(codeOf(error));
    } finally {
      connection.close();
    }
  };
};
