/** Delivers over Amazon SES. The regions in China have none: there, SMTP. */
import { SendEmailCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { MailNotSent } from "./mail-not-sent.ts";
import type { Carrier, Message } from "./message.ts";

const connectTimeoutMs = 5_000;
const answerTimeoutMs = 10_000;

/**
 * A carrier over SES in the function's own region; AWS_ENDPOINT_URL_SESV2 leads elsewhere.
 * SES puts a Message-ID of its own in place of ours, so a mail sent twice shows twice there.
 */
export const sesCarrier = (): Carrier => {
  const client = new SESv2Client({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: connectTimeoutMs, requestTimeout: answerTimeoutMs },
  });
  return async (message: Message) => {
    try {
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: message.from,
          Destination: { ToAddresses: [message.to] },
          Content: { Raw: { Data: message.bytes } },
        }),
      );
    } catch (error) {
      throw new MailNotSent(error instanceof Error ? error.name : "unknown");
    }
  };
};
