import { afterAll, beforeAll, expect, test } from "vitest";
import { openHousehold } from "#shared/casework/archive-files.ts";
import { reviewArchive } from "#shared/casework/review-archive.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { aDeclaration, keeper, spring } from "#test/support/archive.ts";
import { staff } from "#test/support/cases.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  const handler = staff("east-keeper", "east", { roles: ["handler"], email: "east@example.org" });
  await world.uses.directory.putStaff(handler);
  await world.uses.directory.putStaff({ ...handler, id: "gone" as never, active: false });
});
afterAll(() => world.stop());

test("an office without handlers is seen to by the one above, and a mail that fails is sent again", async () => {
  const opening = { declaredOn: localDate("2025-08-01") };
  const declared = { declaration: aDeclaration(1), unit: spring };
  await openHousehold(world.uses, declared, keeper, opening);
  world.moveClockTo(instant("2026-07-21T00:00:00Z"));
  const failing = {
    ...world.uses,
    mailer: { send: () => Promise.reject(new Error("no mail today")) },
  };

  await expect(reviewArchive(failing)).rejects.toThrow("no mail today");
  expect(await reviewArchive(world.uses)).toBe(1);
  expect(world.mails.map(({ to }) => to)).toEqual(["east@example.org"]);
  expect(await reviewArchive(world.uses)).toBe(0);
  expect(world.mails).toHaveLength(1);
});
