/** The day's anchor, made and told: its root goes to every auditor, once. */
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { KeptAnchor } from "#shared/ports/trail-store.ts";
import { trailAnchorMail } from "#shared/web/mails/trail-anchor.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { anchorYesterday, type AnchorUses } from "./trail-anchor.ts";

type Uses = AnchorUses & Pick<Dependencies, "mailer" | "siteUrl">;

/**
 * Anchors what there is to anchor, and mails the root where that wasn't done: cut off in between, the next run does it,
 * and a mail that had left is the same mail.
 * @returns the anchor of yesterday.
 */
export const anchorAndTell = async (uses: Uses): Promise<KeptAnchor> => {
  const anchor = await anchorYesterday(uses);
  if (anchor.mailedAt !== null) return anchor;
  const { staff } = await uses.directory.organisation();
  const { date, root, leaves } = anchor;
  const link = absolute(uses.siteUrl, paths.desk("trail"));
  for (const { email, locale, active, roles } of staff) {
    if (!active || !roles.includes("auditor")) continue;
    await uses.mailer.send(trailAnchorMail({ to: email, locale, date, root, leaves, link }));
  }
  await uses.trail.markAnchorMailed(date, uses.clock.now());
  return anchor;
};
