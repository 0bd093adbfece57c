/** What stands between an application and a tier's link: acceptance, home visit, the base office's notice. */
import type { Applied } from "#infra/local/demo/applicant.ts";
import { handleCase } from "#infra/local/demo/handler.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Tier } from "#shared/domain/organisation.ts";

const tries = 500;
const waitMs = 20;

/** Whether a case stands in the notice that its base office posts before it passes the case up. */
const isInBaseNotice = async (
  { dependencies }: Embedded,
  { applicationId }: Applied,
  tier: Tier,
): Promise<boolean> => {
  const application = await dependencies.cases.get(applicationId);
  return (
    application?.status === "public_notice" &&
    application.fundId === null &&
    application.tier !== tier
  );
};

/**
 * Brings a case before a tier as people would: accepted and visited at the desk, and the clock moved past the
 * notice of the base office. A case that is before another tier, or has ended, is left as it is.
 */
export const bringBefore = async (city: Embedded, applied: Applied, tier: Tier): Promise<void> => {
  await handleCase(city, applied.applicationId);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (!(await isInBaseNotice(city, applied, tier))) return;
    const { noticeEndsAt } = (await city.dependencies.cases.get(applied.applicationId)) ?? {};
    if (noticeEndsAt && noticeEndsAt > city.clock.now()) await city.clock.advanceTo(noticeEndsAt);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error("the notice of the base office did not end");
};
