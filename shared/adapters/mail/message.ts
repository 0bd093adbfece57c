/** Turns a mail into bytes for the carrier: text and HTML in one message, with an id of its own. */
import { createHash } from "node:crypto";
import { encodeWord } from "nodemailer/lib/mime-funcs";
import type { Mail } from "#shared/ports/mailer.ts";
import { MailNotSent } from "./mail-not-sent.ts";

/** A message ready to go, and the envelope it goes in. */
export interface Message {
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

/** Hands a message to whoever delivers it. @throws MailNotSent when it isn't taken. */
export type Carrier = (message: Message) => Promise<void>;

/** Whoever sends: an address, or a name and an address in angle brackets. */
export interface Sender {
  readonly name: string;
  readonly address: string;
}

const addressPattern = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/iu;

const isAddress = (text: string): boolean => addressPattern.test(text);

/** Reads "name@example.org" or "送暖 <name@example.org>". @returns null when it is neither. */
export const parseSender = (text: string): Sender | null => {
  const named = /^(?<name>[^<>\p{Cc}]{0,40})<(?<address>[^<>]+)>$/u.exec(text.trim());
  const name = (named?.groups?.["name"] ?? "").trim();
  const address = named?.groups?.["address"] ?? text.trim();
  return isAddress(address) ? { name, address } : null;
};

const subjectMaxLength = 200;

/**
 * A line break in an address or a subject would begin a header of somebody else's choosing, so such a mail
 * isn't mended but refused: whatever made it is a bug or an attack.
 */
const refuseForgedHeaders = (mail: Mail): void => {
  if (!isAddress(mail.to)) throw new MailNotSent("unsafe_address");
  if (mail.subject.length > subjectMaxLength || /[\p{Cc}\u2028\u2029]/u.test(mail.subject)) {
    throw new MailNotSent("unsafe_subject");
  }
};

const crlf = "\r\n";

/** Text of a header: as it is when plain, else in encoded words (RFC 2047), one on each line. */
const headerText = (text: string): string =>
  /^[\x20-\x7E]*$/u.test(text) && !text.includes("=?")
    ? text
    : encodeWord(text, "B", 52).replaceAll("?= =?", `?=${crlf} =?`);

/** A name is always encoded: then none of the rules for quoting names applies to it. */
const senderText = ({ name, address }: Sender): string =>
  name === "" ? `<${address}>` : `${encodeWord(name, "B")}${crlf} <${address}>`;

const part = (mediaType: "text/plain" | "text/html", content: string): readonly string[] => [
  `Content-Type: ${mediaType}; charset=utf-8`,
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from(content).toString("base64").replaceAll(/.{76}/gu, `$&${crlf}`),
];

/**
 * The message of a mail. Message-ID and boundary come from the mail's id, so that sending it again after a lost
 * answer sends the same message, and a mailbox that has it already can tell. `sentAt` is when it leaves.
 *
 * Written out here with nodemailer's header encoding, because nodemailer's composer brings 78 KB of file types
 * and address groups into every function that sends a mail.
 * @throws MailNotSent when address or subject could forge a header.
 */
export const composeMessage = (mail: Mail, sender: Sender, sentAt: Date): Message => {
  refuseForgedHeaders(mail);
  const digest = createHash("sha256").update(mail.id).digest("hex").slice(0, 32);
  const domain = sender.address.slice(sender.address.lastIndexOf("@") + 1);
  const boundary = `=_${digest}`;
  const lines = [
    `From: ${senderText(sender)}`,
    `To: <${mail.to}>`,
    `Subject: ${headerText(mail.subject)}`,
    `Message-ID: <${digest}@${domain}>`,
    `Date: ${sentAt.toUTCString().replace("GMT", "+0000")}`,
    // RFC 3834: nobody's holiday notice answers a machine.
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;${crlf} boundary="${boundary}"`,
    "",
    `--${boundary}`,
    ...part("text/plain", mail.text),
    `--${boundary}`,
    ...part("text/html", mail.html),
    `--${boundary}--`,
    "",
  ];
  return { from: sender.address, to: mail.to, bytes: Buffer.from(lines.join(crlf)) };
};
