/**
 * The link to an approver's list of waiting cases: a secret as a case's link has, of which only the hash is stored,
 * bound to the person and good for some days. It opens the list together with the PIN, and decides nothing.
 */
import type { Staff } from "#shared/domain/organisation.ts";
import { addMinutes, startOfDay, type Instant, type LocalDate } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { absolute, paths } from "#shared/web/paths.ts";

/** From Friday morning over the weekend, and a day more; the next digest brings a new one. */
const validMinutes = 4 * 24 * 60;

const secretPattern = /^[\w-]{43}$/u;

/**
 * The address of a person's list, the same however often it is asked for on one day, so that a mail sent again is
 * the same mail. Writes the secret's hash.
 */
export const openQueueLink = async (
  uses: Pick<Dependencies, "directory" | "siteUrl" | "vault">,
  staff: Staff,
  on: LocalDate,
): Promise<string> => {
  const secret = await uses.vault.sign("queue-link", `${staff.id}|${on}`);
  await uses.directory.putMailedSecret({
    hash: uses.vault.digest(secret),
    purpose: "open_queue",
    staffId: staff.id,
    expiresAt: addMinutes(startOfDay(on), validMinutes),
    // It is no code to be guessed: tries are counted on the person's PIN.
    triesLeft: 1,
  });
  return absolute(uses.siteUrl, paths.decideQueue(secret));
};

/** Whose list a secret opens, and until when. @returns null when it was never mailed for a list. */
export const queueLinkOf = async (
  { directory, vault }: Pick<Dependencies, "directory" | "vault">,
  secret: string,
): Promise<{ readonly staff: Staff; readonly expiresAt: Instant } | null> => {
  if (!secretPattern.test(secret)) return null;
  const mailed = await directory.mailedSecret(vault.digest(secret));
  if (mailed?.purpose !== "open_queue") return null;
  const staff = await directory.staff(mailed.staffId);
  return staff && { staff, expiresAt: mailed.expiresAt };
};
