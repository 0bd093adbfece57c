/**
 * Who looks at a case: whoever has just applied, or has typed its reference and access code. One cookie a
 * case, so that an officer who helps several workers loses none of them.
 */
import type { Application } from "#shared/domain/application.ts";
import { addMinutes, msOfInstant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { html, type Html } from "#shared/web/html.ts";
import { cookie, cookieOf, endCookie, type PageRequest } from "#shared/web/page.ts";

type Uses = Pick<Dependencies, "cases" | "directory" | "vault" | "random" | "clock">;

const sessionMinutes = 8 * 60;

const sessionCookie = (id: ApplicationId): string => `case-${id}`;
const codeCookie = (id: ApplicationId): string => `code-${id}`;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Opens a session for a case, with a token that was never used before. @returns the cookie. */
export const startSession = async (uses: Uses, id: ApplicationId): Promise<string> => {
  const token = base64url(uses.random(32));
  const createdAt = uses.clock.now();
  await uses.directory.putSession({
    tokenHash: uses.vault.digest(token),
    subject: { kind: "applicant", applicationId: id },
    createdAt,
    expiresAt: addMinutes(createdAt, sessionMinutes),
  });
  return cookie(sessionCookie(id), token, sessionMinutes * 60);
};

const codeScope = ({ id, salt }: Application) => ({ owner: id, attribute: "access-code", salt });

/**
 * What is kept of an access code. It has 60 random bits, so that a keyed hash is enough: nobody without the
 * master key can try codes on it, and a slow hash would only make every page slower.
 */
export const codeHash = (
  { vault }: Pick<Uses, "vault">,
  id: string,
  code: string,
): Promise<string> => vault.sign("access-code", `${id}|${code}`);

/**
 * Keeps a new access code in the applicant's own browser, sealed, until the session ends: so draft and receipt
 * can show it, and nothing here ever stores it.
 */
export const rememberCode = async (
  { vault }: Pick<Uses, "vault">,
  application: Application,
  code: string,
): Promise<string> =>
  cookie(
    codeCookie(application.id),
    await vault.seal(codeScope(application), code),
    sessionMinutes * 60,
  );

/** The access code, where the browser still has it. */
export const rememberedCode = async (
  { vault }: Pick<Uses, "vault">,
  request: PageRequest,
  application: Application,
): Promise<string | null> => {
  const sealed = cookieOf(request, codeCookie(application.id));
  if (sealed === undefined) return null;
  try {
    return await vault.open(codeScope(application), sealed);
  } catch {
    // A cookie that somebody changed: then the code isn't shown again, and nothing else depends on it.
    return null;
  }
};

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
  const session = await uses.directory.session(tokenHash);
  if (session?.subject.kind !== "applicant" || session.subject.applicationId !== id) return null;
  if (msOfInstant(session.expiresAt) <= msOfInstant(uses.clock.now())) return null;
  const application = await uses.cases.get(id);
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
  | "leave";

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
