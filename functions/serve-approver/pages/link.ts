/** What stands behind a link: the approval record, its case and the person it was sent to. */
import type { LinkLocator } from "#shared/casework/ask-approver.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { paths } from "#shared/web/paths.ts";

export interface OpenLink {
  readonly application: Application;
  readonly approval: Approval;
  readonly staff: Staff;
  /** The page's own address. */
  readonly path: string;
}

/** @returns null when the secret isn't the present one's: a link that was replaced opens nothing. */
export const loadLink = async (
  { cases, directory, vault }: Pick<Dependencies, "cases" | "directory" | "vault">,
  locator: LinkLocator | null,
): Promise<OpenLink | null> => {
  if (!locator) return null;
  const { applicationId, round, tier, secret } = locator;
  // The case first: a decision made in between is then seen on the record, as what it is.
  const application = await cases.get(applicationId);
  const approval = await cases.approval(applicationId, round, tier);
  if (!application || approval?.linkHash !== vault.digest(secret)) return null;
  const staff = await directory.staff(approval.approverId);
  if (!staff) return null;
  const path = paths.decide([applicationId, round, tier, secret].join("."));
  return { application, approval, staff, path };
};
