/**
 * Who sits at the desk. Signing in takes two steps: a mailed link gives a half session, which can
 * do nothing but ask for a TOTP code; the code gives the session, under a token that was never used
 * before.
 */
import type { Staff } from "#shared/domain/organisation.ts";
import { addMinutes, instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { html, type Html } from "#shared/web/html.ts";
import { cookie, cookieOf, endCookie, type PageRequest } from "#shared/web/page.ts";
import { worksAtDesk } from "./rights.ts";
import type { Uses } from "./uses.ts";

const sessionCookie = "desk";
const halfCookie = "desk-half";
/** Absolute; a session that is stolen ends with the working day (quality C1). */
const sessionMinutes = 8 * 60;
const halfMinutes = 10;

/** A signed-in person. */
export interface DeskSession {
  readonly staff: Staff;
  readonly tokenHash: string;
}

/** A person whose mailed link was used, and who has yet to give a code. */
export interface HalfSession {
  readonly staff: Staff;
  /** The cookie's value: the anti-forgery token of the code's form hangs on it. */
  readonly value: string;
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Roles are read with every request: what was taken away is gone at once. */
const deskStaff = async (uses: Uses, id: StaffId): Promise<Staff | null> => {
  const staff = await uses.directory.staff(id);
  return staff && worksAtDesk(staff) ? staff : null;
};

export const startSession = async (uses: Uses, staffId: StaffId): Promise<readonly string[]> => {
  const token = base64url(uses.random(32));
  const createdAt = uses.clock.now();
  await uses.directory.putSession({
    tokenHash: uses.vault.digest(token),
    subject: { kind: "staff", staffId },
    createdAt,
    expiresAt: addMinutes(createdAt, sessionMinutes),
  });
  return [cookie(sessionCookie, token, sessionMinutes * 60), endCookie(halfCookie)];
};

/** @returns null for whoever is not signed in, or no longer works at the desk. */
export const openSession = async (
  uses: Uses,
  request: PageRequest,
): Promise<DeskSession | null> => {
  const token = cookieOf(request, sessionCookie);
  if (token === undefined) return null;
  const tokenHash = uses.vault.digest(token);
  const session = await uses.directory.session(tokenHash);
  if (session?.subject.kind !== "staff" || session.expiresAt <= uses.clock.now()) return null;
  const staff = await deskStaff(uses, session.subject.staffId);
  return staff && { staff, tokenHash };
};

export const closeSession = async (
  uses: Uses,
  { tokenHash }: DeskSession,
): Promise<readonly string[]> => {
  await uses.directory.endSession(tokenHash);
  return [endCookie(sessionCookie), endCookie(halfCookie)];
};

const signedHalf = async (uses: Uses, text: string): Promise<string> =>
  `${text}.${await uses.vault.sign("desk-half", text)}`;

/** After the mailed link: a signed cookie that names the person for some minutes. */
export const startHalfSession = async (uses: Uses, staffId: StaffId): Promise<string> => {
  const untilMs = msOfInstant(addMinutes(uses.clock.now(), halfMinutes));
  const value = await signedHalf(uses, `${staffId}.${untilMs}.${base64url(uses.random(16))}`);
  return cookie(halfCookie, value, halfMinutes * 60);
};

export const openHalfSession = async (
  uses: Uses,
  request: PageRequest,
): Promise<HalfSession | null> => {
  const value = cookieOf(request, halfCookie) ?? "";
  const text = value.slice(0, value.lastIndexOf("."));
  if (text === "" || !(await isEqual(uses, value, await signedHalf(uses, text)))) return null;
  const [staffId, untilMs] = text.split(".");
  if (instantOfMs(Number(untilMs)) <= uses.clock.now()) return null;
  const staff = await deskStaff(uses, staffId as StaffId);
  return staff && { staff, value };
};

/** Digests are compared, so that the time taken tells nothing of the secret. */
const isEqual = async ({ vault }: Pick<Uses, "vault">, given: string, wanted: string) =>
  vault.digest(given) === vault.digest(wanted);

/** What an anti-forgery token is bound to: a session, or the cookie of a half one. */
type BoundTo = Pick<DeskSession, "tokenHash"> | Pick<HalfSession, "value">;

const formToken = ({ vault }: Pick<Uses, "vault">, to: BoundTo): Promise<string> =>
  vault.sign("desk-form", "tokenHash" in to ? to.tokenHash : `half|${to.value}`);

/** The hidden field that shows a form was made by us for this session. */
export const tokenField = async (uses: Pick<Uses, "vault">, to: BoundTo): Promise<Html> =>
  html`<input type="hidden" name="_token" value="${await formToken(uses, to)}" />`;

export const hasToken = async (
  uses: Pick<Uses, "vault">,
  request: PageRequest,
  to: BoundTo,
): Promise<boolean> => isEqual(uses, request.form["_token"] ?? "", await formToken(uses, to));
