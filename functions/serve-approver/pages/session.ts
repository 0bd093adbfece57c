/** What a browser was opened with the PIN: one case for some minutes, or the list of all that waits. */
import type { Approval } from "#shared/domain/approval.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { SessionSubject } from "#shared/ports/directory.ts";
import { cookie, cookieOf, type PageRequest } from "#shared/web/page.ts";
import type { Uses } from "../uses.ts";

const readingMinutes = 15;

/** One case and the list are opened apart: opening one doesn't close the other. */
const cookies = { approver: "approver", approver_queue: "approver-queue" } as const;

type Opened = Extract<SessionSubject, { readonly kind: keyof typeof cookies }>;

/** Keeps that the PIN was right. @returns the cookie that says so. */
export const openSession = async (uses: Uses, subject: Opened): Promise<string> => {
  const token = Buffer.from(uses.random(32)).toString("base64url");
  const now = uses.clock.now();
  await uses.directory.putSession({
    tokenHash: uses.vault.digest(token),
    subject,
    createdAt: now,
    expiresAt: addMinutes(now, readingMinutes),
  });
  return cookie(cookies[subject.kind], token, readingMinutes * 60);
};

const sessionOf = async (
  uses: Uses,
  request: PageRequest,
  kind: Opened["kind"],
): Promise<SessionSubject | null> => {
  const token = cookieOf(request, cookies[kind]);
  if (token === undefined) return null;
  const session = await uses.directory.session(uses.vault.digest(token));
  return session && session.expiresAt > uses.clock.now() ? session.subject : null;
};

const openedLink = async (uses: Uses, request: PageRequest, linkHash: string): Promise<boolean> => {
  const subject = await sessionOf(uses, request, "approver");
  return subject?.kind === "approver" && subject.linkHash === linkHash;
};

const openedQueue = async (uses: Uses, request: PageRequest, { id }: Staff): Promise<boolean> => {
  const subject = await sessionOf(uses, request, "approver_queue");
  return subject?.kind === "approver_queue" && subject.staffId === id;
};

/** Whether this browser may show a whole case: it was opened itself, or from the list of the person asked. */
export const mayRead = async (
  uses: Uses,
  request: PageRequest,
  { approval, staff }: { readonly approval: Approval; readonly staff: Staff },
): Promise<boolean> =>
  (await openedLink(uses, request, approval.linkHash)) ||
  (staff.id === approval.approverId && (await openedQueue(uses, request, staff)));

/** Whether this browser may show a person's list: opened itself, or through the open case's link it is reached by. */
export const mayList = async (
  uses: Uses,
  request: PageRequest,
  { staff, linkHash }: { readonly staff: Staff; readonly linkHash: string | null },
): Promise<boolean> =>
  (await openedQueue(uses, request, staff)) ||
  (linkHash !== null && (await openedLink(uses, request, linkHash)));
