import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/review-archive/handler.ts";
import {
  closeHousehold,
  declareAgain,
  loadFile,
  openHousehold,
  preventHousehold,
  verifyHousehold,
} from "#shared/casework/archive-files.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import { yuan } from "#shared/kernel/money.ts";
import { aDeclaration, keeper, spring } from "#test/support/archive.ts";
import { staff } from "#test/support/cases.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  await world.uses.directory.putStaff(
    staff("spring-keeper", "spring", { roles: ["handler"], email: "keeper@example.org" }),
  );
});
afterAll(() => world.stop());

const open = async (number: number, declaredOn?: string): Promise<HardshipFile> => {
  const opening = declaredOn ? { declaredOn: localDate(declaredOn) } : {};
  const declared = { declaration: aDeclaration(number), unit: spring };
  const result = await openHousehold(world.uses, declared, keeper, opening);
  if (result.kind !== "done") throw new Error(result.kind);
  return result.file;
};

const reviewOn = async (day: string) => {
  world.moveClockTo(instant(`${day}T00:00:00Z`));
  world.mails.length = 0;
  const result = await createHandler(world.uses)();
  return { result, texts: world.mails.map(({ to, text }) => ({ to, text })) };
};

const textOf = (counts: readonly [number, number, number]): string =>
  `即将到期、需要重新申报的档案 ${counts[0]} 户；已过有效期 ${counts[1]} 户；防困对象需要复核 ${counts[2]} 户`;

test("a file is put before its office 30 days before it runs out, once, and once more when it has", async () => {
  // Declared on 2025-09-10: the last day of its validity is 2026-09-09.
  const file = await open(1, "2025-09-10");

  expect((await reviewOn("2026-08-09")).texts).toEqual([]);
  const first = await reviewOn("2026-08-10");
  expect(first.result).toMatchObject({ count: 1 });
  expect(first.texts).toHaveLength(1);
  expect(first.texts[0]?.to).toBe("keeper@example.org");
  expect(first.texts[0]?.text).toContain(textOf([1, 0, 0]));
  expect(first.texts[0]?.text).not.toContain(file.id);
  expect((await reviewOn("2026-08-11")).texts).toEqual([]);
  expect((await reviewOn("2026-09-09")).texts).toEqual([]);

  const late = await reviewOn("2026-09-10");
  expect(late.texts[0]?.text).toContain(textOf([0, 1, 0]));
  expect((await reviewOn("2026-09-11")).texts).toEqual([]);
  expect(await world.uses.archive.get(file.id)).toMatchObject({ state: "open", version: 1 });

  // A month's first look tells of everything that is still due.
  expect((await reviewOn("2026-10-01")).texts[0]?.text).toContain(textOf([0, 1, 0]));
  const opened = await loadFile(world.uses, file.id);
  if (!opened) throw new Error("gone");
  await declareAgain(
    world.uses,
    "renewed",
    opened,
    { declaration: aDeclaration(1), unit: spring },
    keeper,
  );
  expect((await reviewOn("2026-11-01")).texts).toEqual([]);
});

test("households on the prevention list are due again half a year after they were looked at", async () => {
  world.moveClockTo(instant("2026-01-10T01:00:00Z"));
  const file = await open(2);
  const load = async () => {
    const opened = await loadFile(world.uses, file.id);
    if (!opened) throw new Error("gone");
    return opened;
  };
  const looked = { months: 6, incomeFen: yuan(100_000), causeGone: true };
  await verifyHousehold(world.uses, await load(), looked, keeper);
  await preventHousehold(world.uses, await load(), keeper);

  expect((await reviewOn("2026-07-01")).texts).toEqual([]);
  expect((await reviewOn("2026-08-01")).texts[0]?.text).toContain(textOf([0, 0, 1]));
  await closeHousehold(world.uses, await load(), "out_of_hardship", keeper);
  expect((await reviewOn("2026-10-01")).texts).toEqual([]);
});
