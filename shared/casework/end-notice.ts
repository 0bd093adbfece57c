/** What ends a notice, told from the notice that was published: the machine's tasks take the step when it is due. */
import type { Application } from "#shared/domain/application.ts";
import { noticeEnded, reviewEnded } from "#shared/domain/notice.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import { noticeKindOf } from "#shared/domain/public-notice.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { deliveryOf, policyOf } from "./load.ts";
import { presentNotice } from "./publish-notice.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "notices" | "clock" | "policy">;

/** The step that ends the case's notice now, or null. A case under no notice costs no read. */
export const stepAfterNotice = async (
  uses: Uses,
  application: Application,
): Promise<Step | null> => {
  if (noticeKindOf(application) === null) return null;
  const present = await presentNotice(uses, application);
  const end = { application, notice: present?.notice ?? null, now: uses.clock.now() };
  if (application.status === "post_review") return reviewEnded(end);
  return noticeEnded({
    ...end,
    policy: policyOf(uses, application),
    organisation: await uses.directory.organisation(),
    delivery: deliveryOf(uses, application),
  });
};

/**
 * Takes a case whose base office's notice is over up to the next tier. Any other case is left as it is.
 * @returns the case as it stands then. @throws StoreContended when it moved at the same time.
 */
export const endGrassRootsNotice = async (
  uses: Uses,
  application: Application,
): Promise<Application> => {
  if (noticeKindOf(application) !== "grass_roots") return application;
  const step = await stepAfterNotice(uses, application);
  if (!step) return application;
  if ((await uses.cases.commit({ step })) !== "committed") {
    throw new StoreContended("the case moved while its notice ended", null);
  }
  return (await uses.cases.get(application.id)) ?? step.after;
};
