/**
 * The mail of the embedded run: kept and shown, and sent on where a carrier is given. The same id is the same
 * mail: it is kept once, and sent on once unless the process dies between sending it and noting that.
 */
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Mail, Mailer } from "#shared/ports/mailer.ts";
import type { Clock } from "#shared/ports/runtime.ts";
import type { StateFile } from "./state-file.ts";

export interface KeptMail extends Mail {
  readonly at: Instant;
}

export interface Mailbox extends Mailer {
  /** Newest first. */
  readonly mails: (filter?: {
    readonly to?: string;
    readonly limit?: number;
  }) => readonly KeptMail[];
  /** How many mails there are whose id begins so, up to its first ":"; "decision:SN…:2" counts for "decision". */
  readonly countByKind: () => Readonly<Record<string, number>>;
}

const mailsMax = 1_000_000;

/**
 * A mailbox in the state file. Once `send` has returned, a mail is kept, whatever happens to the process.
 * @param carrier sends mails on to where they are really read; its errors are `send`'s.
 */
export const createMailbox = (state: StateFile, clock: Clock, carrier?: Mailer): Mailbox => {
  const { database } = state;
  database.exec(`CREATE TABLE IF NOT EXISTS mails (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at TEXT NOT NULL, recipient TEXT NOT NULL,
    subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL, sentOn INTEGER NOT NULL DEFAULT 0)`);
  database.exec("CREATE INDEX IF NOT EXISTS mails_by_recipient ON mails (recipient, number)");
  const keep = database.prepare(
    "INSERT OR IGNORE INTO mails (id, at, recipient, subject, text, html) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const columns = "id, at, recipient AS 'to', subject, text, html";
  const list = database.prepare(`SELECT ${columns} FROM mails ORDER BY number DESC LIMIT ?`);
  const listTo = database.prepare(
    `SELECT ${columns} FROM mails WHERE recipient = ? ORDER BY number DESC LIMIT ?`,
  );
  const isSentOn = database.prepare("SELECT sentOn FROM mails WHERE id = ?");
  const noteSentOn = database.prepare("UPDATE mails SET sentOn = 1 WHERE id = ?");
  const count = database.prepare(`SELECT count(*) AS mails,
    CASE instr(id, ':') WHEN 0 THEN id ELSE substr(id, 1, instr(id, ':') - 1) END AS kind
    FROM mails GROUP BY kind ORDER BY kind`);
  return {
    send: async (mail) => {
      keep.run(mail.id, clock.now(), mail.to, mail.subject, mail.text, mail.html);
      if (!carrier || isSentOn.get(mail.id)?.["sentOn"] === 1) return;
      await carrier.send(mail);
      noteSentOn.run(mail.id);
    },
    mails: ({ to, limit = mailsMax } = {}) => {
      const rows = to === undefined ? list.all(limit) : listTo.all(to, limit);
      return rows as unknown as readonly KeptMail[];
    },
    countByKind: () =>
      Object.fromEntries(count.all().map((row) => [String(row["kind"]), Number(row["mails"])])),
  };
};
