/**
 * The session in which a case is looked at, and a new draft together with it. One cookie a case, so that an officer
 * who helps several workers loses none of them. The desk opens one too, for a worker it applies for (代办).
 */
import type { Application } from "#shared/domain/application.ts";
import { newDraft, type DraftStart } from "#shared/domain/draft.ts";
import type { Answers } from "#shared/domain/form.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { newAccessCode, newApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { cookie, cookieOf, type PageRequest } from "#shared/web/page.ts";
import { codeHash } from "./access-code.ts";

type Uses = Pick<Dependencies, "directory" | "vault" | "random" | "clock">;

const sessionMinutes = 8 * 60;

export const sessionCookie = (id: ApplicationId): string => `case-${id}`;
export const codeCookie = (id: ApplicationId): string => `code-${id}`;

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
 * Keeps a new access code in the applicant's own browser, sealed, until the session ends: so draft and receipt
 * can show it, and nothing here ever stores it.
 */
const rememberCode = async (
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

/** What a new draft begins with. */
export type DraftAsked = Pick<DraftStart, "programmeId" | "locale"> &
  Partial<Pick<DraftStart, "enteredBy" | "renewedFrom">> & { readonly answers: Answers };

/** A new draft, and the cookies with which whoever began it goes on. */
export const startDraft = async (
  uses: Uses & Pick<Dependencies, "cases">,
  { answers, ...asked }: DraftAsked,
): Promise<{ readonly draft: Application; readonly cookies: readonly string[] }> => {
  const code = newAccessCode(uses.random(12));
  const id = newApplicationId(uses.random(10));
  const draft = newDraft({
    ...asked,
    id,
    createdAt: uses.clock.now(),
    accessCodeHash: await codeHash(uses, id, code),
    salt: base64url(uses.random(12)),
  });
  await uses.cases.createDraft(draft, answers);
  return {
    draft,
    cookies: [await startSession(uses, id), await rememberCode(uses, draft, code)],
  };
};
