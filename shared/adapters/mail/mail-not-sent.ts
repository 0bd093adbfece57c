/**
 * The carrier didn't take a mail. It says a code and nothing else: what a mail server answers repeats the
 * address, and an error's text reaches logs and execution history.
 */
export class MailNotSent extends Error {
  override readonly name = "MailNotSent";
  /** nodemailer's or SES's code, with the server's number where it gave one: "EENVELOPE 550". */
  readonly code: string;
  constructor(code: string) {
    super(`the mail was not sent: ${code}`);
    this.code = code;
  }
}
