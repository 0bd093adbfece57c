import { afterAll, beforeAll, expect, test } from "vitest";
import { listNotices } from "#shared/casework/notice-list.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
  for (const number of [1, 2, 3, 4, 5]) {
    await publishNotice(world.uses, await storeNoticed(world.uses, number, "final"));
  }
});
afterAll(() => world.stop());

const all = { unitId: "", programmeId: "" };

test("the notices that stand come a page at a time, none twice and none left out", async () => {
  const seen: string[] = [];
  let from = "";
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await listNotices(world.uses, all, from, 2);
    if (!page) throw new Error("a page of ours");
    expect(page.rows.length).toBeLessThanOrEqual(2);
    seen.push(...page.rows.map(({ application }) => application.id));
    if (page.next === null) break;
    from = page.next;
  }
  expect(seen).toHaveLength(5);
  expect(new Set(seen).size).toBe(5);
});

test("a place that somebody made up is none, and a filter keeps what it names", async () => {
  expect(await listNotices(world.uses, all, "0..x")).toBeNull();
  expect(await listNotices(world.uses, all, "1")).toBeNull();
  const elsewhere = await listNotices(world.uses, { ...all, unitId: "furnace" }, "");
  expect(elsewhere?.rows).toEqual([]);
});
