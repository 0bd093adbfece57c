/** Sends mails over SMTP or SES, whichever the environment names. */
import * as z from "zod";
import type { Mailer } from "#shared/ports/mailer.ts";
import { composeMessage, parseSender, type Carrier, type Sender } from "./message.ts";
import { sesCarrier } from "./ses-carrier.ts";
import { smtpCarrier } from "./smtp-carrier.ts";

/** Which carrier, and who sends. */
export type MailSettings =
  | { readonly transport: "smtp"; readonly url: string; readonly sender: Sender }
  | { readonly transport: "ses"; readonly sender: Sender };

const sender = z.string().transform((text, context): Sender => {
  const parsed = parseSender(text);
  if (parsed) return parsed;
  context.addIssue({ code: "custom", message: "MAIL_FROM is no address" });
  return z.NEVER;
});

const Environment = z.discriminatedUnion("MAIL_TRANSPORT", [
  z.object({
    MAIL_TRANSPORT: z.literal("smtp"),
    MAIL_FROM: sender,
    SMTP_URL: z.string().regex(/^smtps?:\/\/[^\s]+$/u, "SMTP_URL is smtp://… or smtps://…"),
  }),
  z.object({ MAIL_TRANSPORT: z.literal("ses"), MAIL_FROM: sender }),
]);

const carrierOf = (settings: MailSettings): Carrier =>
  settings.transport === "ses" ? sesCarrier() : smtpCarrier(settings.url);

/** A mailer over the given carrier. Its `send` throws MailNotSent when the carrier doesn't take the mail. */
const createMailer = (settings: MailSettings): Mailer => {
  const carry = carrierOf(settings);
  return {
    // The real clock, also where the run's own clock is moved: it says when the message left this machine.
    send: async (mail) => carry(composeMessage(mail, settings.sender, new Date())),
  };
};

/**
 * The mailer of MAIL_TRANSPORT (smtp or ses), MAIL_FROM and SMTP_URL.
 * @throws ZodError naming the variable that is missing or wrong.
 */
export const mailerFromEnvironment = (
  environment: Readonly<Record<string, string | undefined>>,
): Mailer => {
  const read = Environment.parse(environment);
  return createMailer(
    read.MAIL_TRANSPORT === "smtp"
      ? { transport: "smtp", url: read.SMTP_URL, sender: read.MAIL_FROM }
      : { transport: "ses", sender: read.MAIL_FROM },
  );
};
