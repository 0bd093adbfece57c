import { afterAll, beforeAll, expect, test } from "vitest";
import { openQueueLink, queueLinkOf } from "#shared/casework/queue-link.ts";
import { localDate } from "#shared/kernel/calendar.ts";
import { staff } from "#test/support/cases.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const east = staff("east-1", "east");
const today = localDate("2026-07-20");
const secretOf = (link: string): string => link.split("/").at(-1) ?? "";

test("the day's link is one and the same, holds 256 bits and no name, and opens its person's list for four days", async () => {
  const link = await openQueueLink(world.uses, east, today);
  expect(await openQueueLink(world.uses, east, today)).toBe(link);
  expect(link).toMatch(/^https:\/\/relief\.example\.org\/decide\/queue\/[\w-]{43}$/u);
  expect(link).not.toContain("east");
  expect(await queueLinkOf(world.uses, secretOf(link))).toMatchObject({
    staff: { id: "east-1" },
    expiresAt: "2026-07-23T16:00:00.000Z",
  });
});

test("another day's or another person's link is another one", async () => {
  const links = await Promise.all([
    openQueueLink(world.uses, east, today),
    openQueueLink(world.uses, east, localDate("2026-07-21")),
    openQueueLink(world.uses, staff("east-2", "east"), today),
  ]);
  expect(new Set(links).size).toBe(3);
});

test("a guess, a cut secret, and a secret mailed for something else open no list", async () => {
  const secret = secretOf(await openQueueLink(world.uses, east, today));
  const other = "s".repeat(43);
  await world.uses.directory.putMailedSecret({
    hash: world.uses.vault.digest(other),
    purpose: "sign_in",
    staffId: east.id,
    expiresAt: world.uses.clock.now(),
    triesLeft: 1,
  });
  for (const guess of [secret.slice(0, -1), `${secret.slice(1)}A`, other, "", "queue"]) {
    expect(await queueLinkOf(world.uses, guess)).toBeNull();
  }
});
