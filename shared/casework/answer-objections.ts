/**
 * The written answer to whoever objected and left an e-mail address. Others are told by whoever answered, who
 * sees how to reach them.
 */
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import { noticeLeak } from "#shared/domain/notice-check.ts";
import { answerTo, type Objection } from "#shared/domain/public-notice.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { objectionAnswerMail } from "#shared/web/mails/objection-answer.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { programmeOf } from "./load.ts";
import { personalAnswers } from "./publish-notice.ts";

type Uses = Pick<Dependencies, "cases" | "notices" | "mailer" | "clock" | "siteUrl">;

/** An address and nothing else, as mail carriers take it; what else people leave, a person must read. */
const address =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/iu;

export const isMailAddress = (contact: string): boolean => address.test(contact);

/**
 * The reviewer's words, or none: an answer goes to somebody outside, so it may tell no more of the applicant
 * than a notice does. The objector is then asked to come to the office for it.
 */
const tellable = async (
  uses: Pick<Uses, "cases">,
  application: Application,
  reason: string,
): Promise<string | null> => {
  if (reason === "") return null;
  const answers = await personalAnswers(uses, application);
  return noticeLeak({ texts: [reason], registered: [], answers }) === null ? reason : null;
};

const mailAnswer = async (
  uses: Uses,
  application: Application,
  objection: Objection,
  answer: RecordedEvent,
): Promise<void> => {
  await uses.mailer.send(
    objectionAnswerMail({
      to: objection.contact,
      locale: objection.locale,
      applicationId: application.id,
      number: objection.number,
      upheld: answer.type === "objection_upheld",
      words: await tellable(uses, application, answer.confidential?.reason ?? ""),
      programmeTitle: programmeOf(application).title,
      link: absolute(uses.siteUrl, paths.notices),
    }),
  );
  await uses.notices.markAnswered(objection, uses.clock.now());
};

/**
 * Mails every answer that is due: once each, since a mail sent again is the same mail. Only a case that was
 * reviewed is looked up for it. @returns how many were mailed.
 */
export const answerObjections = async (uses: Uses, application: Application): Promise<number> => {
  if (application.round === 1) return 0;
  const open = (await uses.notices.objectionsOf(application.id)).filter(
    ({ answeredAt, contact }) => answeredAt === null && isMailAddress(contact),
  );
  if (open.length === 0) return 0;
  const events = await uses.cases.events(application);
  let mailed = 0;
  for (const objection of open) {
    const answer = answerTo(objection, events);
    if (!answer) continue;
    await mailAnswer(uses, application, objection, answer);
    mailed += 1;
  }
  return mailed;
};
