/** Who is shown a case in full behind a link is taken down before the page is: what can't be noted isn't shown. */
import { fieldsShownOn, type AccessPage } from "#shared/domain/access.ts";
import { log } from "#shared/lambda/logging.ts";
import type { OpenLink } from "./pages/link.ts";
import type { Uses } from "./uses.ts";

export const noteAccess = async (
  { accessLog, clock }: Pick<Uses, "accessLog" | "clock">,
  page: Extract<AccessPage, "decision" | "paper">,
  { application, staff }: Pick<OpenLink, "application" | "staff">,
): Promise<void> => {
  log.info("personal data shown", {
    function: "serve-approver",
    applicationId: application.id,
    staffId: staff.id,
    code: page,
  });
  await accessLog.note({
    at: clock.now(),
    staffId: staff.id,
    subject: application.id,
    page,
    fields: fieldsShownOn[page],
  });
};
