/** Who is shown sensitive fields in full is taken down before the page is: what can't be noted isn't shown. */
import { fieldsShownOn, type AccessPage } from "#shared/domain/access.ts";
import { parseApplicationId } from "#shared/kernel/ids.ts";
import { log } from "#shared/lambda/logging.ts";
import type { Desk } from "./frame.ts";

/** `subject`: the case's, file's or batch's number, or an export's name. */
export const noteAccess = async (
  { uses, session }: Pick<Desk, "uses" | "session">,
  page: AccessPage,
  subject: string,
): Promise<void> => {
  const { id: staffId } = session.staff;
  const applicationId = parseApplicationId(subject);
  log.info("personal data shown", {
    function: "serve-desk",
    ...(applicationId ? { applicationId } : {}),
    staffId,
    code: page,
  });
  await uses.accessLog.note({
    at: uses.clock.now(),
    staffId,
    subject,
    page,
    fields: fieldsShownOn[page],
  });
};
