import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeCookie,
  rememberedCode,
  sessionCookie,
  startDraft,
} from "#shared/casework/applicant-session.ts";
import { caseOpenedBy } from "#shared/casework/access-code.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { PageRequest } from "#shared/web/page.ts";
import { startCaseworkWorld } from "#test/support/casework-world.ts";

type World = Awaited<ReturnType<typeof startCaseworkWorld>>;

let world: World;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const asked = { programmeId: "golden-autumn", locale: "zh-CN", answers: {} } as const;

const cookiesOf = (cookies: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    cookies.map((cookie) => {
      const [pair = ""] = cookie.split(";");
      return [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)];
    }),
  );

const requestWith = (cookies: readonly string[]) =>
  ({ cookies: cookiesOf(cookies) }) as unknown as PageRequest;

test("a new draft is stored with its answers, and its cookies open it and nothing else", async () => {
  const { draft, cookies } = await startDraft(world.uses, {
    ...asked,
    answers: { householdSize: "3" },
  });

  const stored = await world.uses.cases.get(draft.id);
  expect(stored).toMatchObject({ status: "draft", enteredBy: null, renewedFrom: null });
  expect((await world.uses.cases.draftAnswers(draft)).answers).toMatchObject({
    householdSize: "3",
  });
  expect(Object.keys(cookiesOf(cookies))).toEqual([
    `__Host-${sessionCookie(draft.id)}`,
    `__Host-${codeCookie(draft.id)}`,
  ]);
  for (const cookie of cookies) expect(cookie).toMatch(/Secure; HttpOnly; SameSite=Lax$/u);
  const token = cookiesOf(cookies)[`__Host-${sessionCookie(draft.id)}`] ?? "";
  const session = await world.uses.directory.session(world.uses.vault.digest(token));
  expect(session?.subject).toEqual({ kind: "applicant", applicationId: draft.id });
});

test("the access code is shown again from its own browser only, and opens the case anywhere", async () => {
  const one = await startDraft(world.uses, asked);
  const other = await startDraft(world.uses, asked);

  const code = await rememberedCode(world.uses, requestWith(one.cookies), one.draft);

  expect(code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/u);
  expect((await caseOpenedBy(world.uses, one.draft.id, code ?? ""))?.id).toBe(one.draft.id);
  expect(await rememberedCode(world.uses, requestWith(other.cookies), one.draft)).toBeNull();
  const swapped = other.cookies.map((cookie) => cookie.replace(other.draft.id, one.draft.id));
  expect(await rememberedCode(world.uses, requestWith(swapped), one.draft)).toBeNull();
});

test("who entered a draft for whom, and from which case it was taken over, is stored with it", async () => {
  const enteredBy = "spring-h" as StaffId;
  const before = await startDraft(world.uses, asked);
  const { draft } = await startDraft(world.uses, {
    ...asked,
    enteredBy,
    renewedFrom: before.draft.id,
  });

  expect(await world.uses.cases.get(draft.id)).toMatchObject({
    enteredBy,
    renewedFrom: before.draft.id,
  });
});
