/** A new key on its way to the page that shows it: sealed in the administrator's own browser, for a minute. */
import type { ApiClient } from "#shared/domain/api-client.ts";
import { cookie, cookieOf, endCookie } from "#shared/web/page.ts";
import type { Desk } from "../../frame.ts";

const shownWithinSeconds = 60;

const cookieName = ({ id }: ApiClient): string => `api-key-${id}`;

const scopeOf = ({ id }: ApiClient) => ({ owner: id, attribute: "api-key", salt: "" });

export const keyCookie = async ({ uses }: Desk, client: ApiClient, key: string): Promise<string> =>
  cookie(cookieName(client), await uses.vault.seal(scopeOf(client), key), shownWithinSeconds);

/** The key, where this browser has just made it, and the cookie that forgets it. */
export const keyMadeHere = async (
  { uses, request }: Desk,
  client: ApiClient,
): Promise<{ readonly key: string; readonly forget: string } | null> => {
  const sealed = cookieOf(request, cookieName(client));
  if (sealed === undefined) return null;
  try {
    const key = await uses.vault.open(scopeOf(client), sealed);
    return { key, forget: endCookie(cookieName(client)) };
  } catch {
    // A cookie that somebody changed holds no key.
    return null;
  }
};
