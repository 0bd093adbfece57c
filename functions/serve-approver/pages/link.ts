/** What stands behind a link: the approval record, its case and the person it was sent to. */
import type { LinkLocator } from "#shared/casework/decision-link.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { paths } from "#shared/web/paths.ts";

export interface OpenLink {
  readonly application: Application;
  readonly approval: Approval;
  readonly staff: Staff;
  /** In whose stead the person was asked. */
  readonly insteadOf: Staff | null;
  /** A later link took this one's place: it opens nothing but the page that says so. */
  readonly isReplaced: boolean;
  /** As it stands in the address. */
  readonly locator: string;
  /** The page's own address. */
  readonly path: string;
}

/** @returns null when the secret is none that was ever mailed for this record. */
export const loadLink = async (
  { cases, directory, vault }: Pick<Dependencies, "cases" | "directory" | "vault">,
  locator: LinkLocator | null,
): Promise<OpenLink | null> => {
  if (!locator) return null;
  const { applicationId, round, tier, seat, secret } = locator;
  // The case first: a decision made in between is then seen on the record, as what it is.
  const application = await cases.get(applicationId);
  const approval = await cases.approval(applicationId, round, tier, seat);
  const linkHash = vault.digest(secret);
  if (!application || !approval) return null;
  const isReplaced = approval.replaced.includes(linkHash);
  if (approval.linkHash !== linkHash && !isReplaced) return null;
  const staff = await directory.staff(approval.approverId);
  if (!staff) return null;
  const insteadOf = approval.insteadOf && (await directory.staff(approval.insteadOf));
  const text = [applicationId, round, tier, seat, secret].join(".");
  const path = paths.decide(text);
  return { application, approval, staff, insteadOf, isReplaced, locator: text, path };
};
