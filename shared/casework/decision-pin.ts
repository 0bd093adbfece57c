/**
 * The decision PIN. Each guess uses up one of the link's tries in the store before its answer is told, so that
 * fifty guesses at once are fifty tries, not one.
 */
import { pinTriesMax, type Approval } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { pinLockedMail } from "#shared/web/mails/pin-locked.ts";
import { absolute, paths } from "#shared/web/paths.ts";

type Told = Pick<Dependencies, "directory" | "mailer" | "clock" | "siteUrl">;
type Uses = Told & Pick<Dependencies, "cases" | "vault">;

export type PinAnswer =
  | { readonly kind: "right" }
  | { readonly kind: "wrong"; readonly triesLeft: number }
  /** Another guess came first on this link: this one is not answered. */
  | { readonly kind: "busy" }
  | { readonly kind: "locked" };

export const pinPattern = /^\d{6,12}$/u;

const wrongAfter = async (uses: Told, staff: Staff, tries: number): Promise<PinAnswer> => {
  if (tries < pinTriesMax) return { kind: "wrong", triesLeft: pinTriesMax - tries };
  if (tries === pinTriesMax) {
    await uses.mailer.send(
      pinLockedMail({
        to: staff.email,
        locale: staff.locale,
        staffId: staff.id,
        at: uses.clock.now(),
        link: absolute(uses.siteUrl, paths.pin),
      }),
    );
  }
  return { kind: "locked" };
};

const wrong = async (uses: Told, staff: Staff): Promise<PinAnswer> =>
  wrongAfter(uses, staff, await uses.directory.countWrongPin(staff.id));

const matches = (uses: Pick<Dependencies, "vault">, staff: Staff, pin: string): Promise<boolean> =>
  staff.pinHash === null || !pinPattern.test(pin)
    ? Promise.resolve(false)
    : uses.vault.matchesSecret(pin, staff.pinHash);

/**
 * For a decision: "right" holds only together with a commit on this very approval record, whose condition is
 * that no other guess was made on the link meanwhile.
 */
export const pinForDecision = async (
  uses: Uses,
  approval: Approval,
  staff: Staff,
  pin: string,
): Promise<PinAnswer> => {
  if (await matches(uses, staff, pin)) return { kind: "right" };
  if (!(await uses.cases.useUpPinTry(approval))) return { kind: "busy" };
  return wrong(uses, staff);
};

/** For looking at the whole case: no commit follows, so the try is used up first and given back when it was right. */
export const pinForReading = async (
  uses: Uses,
  approval: Approval,
  staff: Staff,
  pin: string,
): Promise<PinAnswer> => {
  if (!(await uses.cases.useUpPinTry(approval))) return { kind: "busy" };
  if (!(await matches(uses, staff, pin))) return wrong(uses, staff);
  const used = { ...approval, pinTries: approval.pinTries + 1 };
  return (await uses.cases.putApproval(approval, used)) ? { kind: "right" } : { kind: "busy" };
};

/**
 * For the list of waiting cases, which has no record of its own: each guess is counted on the person before it is
 * looked at, so that of fifty at once five are answered. The right one sets the count back.
 */
export const pinForQueue = async (
  uses: Told & Pick<Dependencies, "vault">,
  staff: Staff,
  pin: string,
): Promise<PinAnswer> => {
  const tries = await uses.directory.countWrongPin(staff.id);
  if (tries > pinTriesMax) return { kind: "locked" };
  if (!(await matches(uses, staff, pin))) return wrongAfter(uses, staff, tries);
  await uses.directory.clearWrongPins(staff.id);
  return { kind: "right" };
};
