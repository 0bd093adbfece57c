import { afterAll, beforeAll, expect, test } from "vitest";
import { chainPartition, isFileId, linkPrefixOf } from "#shared/adapters/dynamodb/trail-rows.ts";
import { createTrailStore } from "#shared/adapters/dynamodb/trail-store.ts";
import { addMinutes, instant, localDate } from "#shared/kernel/calendar.ts";
import { openFund, reserveCase, startDisbursementWorld } from "#test/support/disbursement-world.ts";

let world: Awaited<ReturnType<typeof startDisbursementWorld>>;
beforeAll(async () => {
  world = await startDisbursementWorld();
});
afterAll(() => world.stop());

const at = instant("2026-07-21T00:30:00Z");

test("an anchor is put once and mailed once; the newest comes first", async () => {
  const trail = createTrailStore(world.uses.table);
  const anchor = {
    date: localDate("2026-07-20"),
    root: "r",
    previous: "",
    leaves: 0,
    at,
    fileKey: "k",
    mailedAt: null,
  };
  expect(await trail.putAnchor(anchor)).toBe(true);
  expect(await trail.putAnchor({ ...anchor, root: "other" })).toBe(false);
  await trail.markAnchorMailed(anchor.date, at);
  await trail.markAnchorMailed(anchor.date, addMinutes(at, 5));
  expect(await trail.anchor(anchor.date)).toEqual({ ...anchor, mailedAt: at });
  await trail.putAnchor({ ...anchor, date: localDate("2026-07-21"), previous: "r" });
  expect((await trail.anchors(5)).map(({ date }) => date)).toEqual(["2026-07-21", "2026-07-20"]);
});

test("a case's head and links are read as they lie, sealed parts sealed", async () => {
  const trail = createTrailStore(world.uses.table);
  const fundId = await openFund(world.uses, "trail", 1_000_000);
  const { id } = await reserveCase(world.uses, fundId);
  const [head] = await trail.heads([id, id]);
  const [link] = await trail.links(id);
  expect(head).toMatchObject({ kind: "case", id, status: "reserved", head: link?.hash });
  expect(link).toMatchObject({ kind: "event", id, sealed: null, said: { type: "approved" } });
  const listed: string[] = [];
  for await (const one of trail.waitingCases()) listed.push(one);
  expect(listed).toContain(id);
  expect([isFileId(id), chainPartition(id), linkPrefixOf("HF00000000")]).toEqual([
    false,
    `APP#${id}`,
    "V#",
  ]);
});
