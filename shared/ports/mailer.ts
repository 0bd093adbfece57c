/** A mail in one language, as text and HTML. No personal data: a mail is read by machines on its way. */
export interface Mail {
  /** Names what the mail is about; the same id is the same mail, and goes out once where the carrier can tell. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface Mailer {
  readonly send: (mail: Mail) => Promise<void>;
}
