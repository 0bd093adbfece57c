/**
 * Time-based codes (RFC 6238), each of which works once. The secret is sealed at rest and in the
 * set-up form.
 */
import { generateSecret, generateURI, verify } from "otplib";
import { totpScope } from "#shared/casework/totp-scope.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { msOfInstant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Vault } from "#shared/ports/vault.ts";
import type { Uses } from "./uses.ts";

const periodSeconds = 30;

export const newTotpSecret = (): string => generateSecret();

export const sealTotp = (vault: Vault, id: StaffId, secret: string): Promise<string> =>
  vault.seal(totpScope(id), secret);

/** @returns null for a text that was changed, or was sealed for somebody else. */
export const openTotp = async (
  vault: Vault,
  id: StaffId,
  sealed: string,
): Promise<string | null> => {
  try {
    return await vault.open(totpScope(id), sealed);
  } catch {
    return null;
  }
};

/** What an authenticator reads from a QR code or a link. */
export const totpUri = (staff: Staff, secret: string): string =>
  generateURI({ issuer: "Songnuan", label: staff.email, secret });

/**
 * Checks a code of this half minute or the ones beside it, since clocks differ, and uses it up: the
 * store takes each step once. @returns false for a wrong code as for one that was used.
 */
export const useCode = async (
  { directory, clock }: Pick<Uses, "directory" | "clock">,
  id: StaffId,
  secret: string,
  typed: string,
): Promise<boolean> => {
  const token = typed.normalize("NFKC").replaceAll(/\s/gu, "");
  if (!/^\d{6}$/u.test(token)) return false;
  const result = await verify({
    secret,
    token,
    epoch: Math.floor(msOfInstant(clock.now()) / 1000),
    epochTolerance: periodSeconds,
  });
  return result.valid && "timeStep" in result && directory.useTotpStep(id, result.timeStep);
};
