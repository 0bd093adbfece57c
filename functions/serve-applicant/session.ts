/**
 * Who looks at a case: whoever has just applied, or has typed its reference and access code. One cookie a
 * case, so that an officer who helps several workers loses none of them.
 */
import { codeCookie, sessionCookie } from "#shared/casework/applicant-session.ts";
import type { Application } from "#shared/domain/application.ts";
import { msOfInstant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { html, type Html } from "#shared/web/html.ts";
import { cookieOf, endCookie, type PageRequest } from "#shared/web/page.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "vault" | "clock">;

/** A case with the proof that the reader may see it. */
export interface OwnCase {
  readonly application: Application;
  readonly tokenHash: string;
}

/** @returns null for a case that isn't there as for one that isn't the reader's: the two are not told apart. */
export const ownCase = async (
  uses: Uses,
  request: PageRequest,
  id: ApplicationId,
): Promise<OwnCase | null> => {
  const token = cookieOf(request, sessionCookie(id));
  if (token === undefined) return null;
  const tokenHash = uses.vault.digest(token);
  // Asked for in one moment they are one read; most pages want to know the offices too.
  const [session, application] = await Promise.all([
    uses.directory.session(tokenHash),
    uses.cases.get(id),
    uses.directory.organisation(),
  ]);
  if (session?.subject.kind !== "applicant" || session.subject.applicationId !== id) return null;
  if (msOfInstant(session.expiresAt) <= msOfInstant(uses.clock.now())) return null;
  return application && { application, tokenHash };
};

/** Ends the session. @returns the cookies that take it out of the browser. */
export const endSession = async (uses: Uses, own: OwnCase): Promise<readonly string[]> => {
  await uses.directory.endSession(own.tokenHash);
  return [endCookie(sessionCookie(own.application.id)), endCookie(codeCookie(own.application.id))];
};

/** What a form is for; a token for one is none for another. */
export type Purpose =
  | "answers"
  | "submit"
  | "information"
  | "correct"
  | "card"
  | "withdraw"
  | "extend"
  | "appeal"
  | "feedback"
  | "leave"
  | "renewal";

const formToken = (
  { vault }: Pick<Uses, "vault">,
  own: OwnCase,
  purpose: Purpose,
): Promise<string> => vault.sign("form", `${own.tokenHash}|${purpose}`);

/** The hidden field that shows a form was made by us for this session. */
export const tokenField = async (
  uses: Pick<Uses, "vault">,
  own: OwnCase,
  purpose: Purpose,
): Promise<Html> =>
  html`<input type="hidden" name="_token" value="${await formToken(uses, own, purpose)}" />`;

export const hasToken = async (
  uses: Pick<Uses, "vault">,
  request: PageRequest,
  own: OwnCase,
  purpose: Purpose,
): Promise<boolean> => {
  const wanted = await formToken(uses, own, purpose);
  // Digests are compared, so that the time taken tells nothing of the token.
  return uses.vault.digest(request.form["_token"] ?? "") === uses.vault.digest(wanted);
};
