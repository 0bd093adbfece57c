/** A city's trail, anchored night after night, exported, and proved from the file alone; then forged in every way. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { digest } from "#shared/casework/trail-digest.ts";
import { linkHash } from "#shared/domain/trail-proof-chain.ts";
import type { LinkRow, TrailRow } from "#shared/domain/trail-row.ts";
import { anchorRoot, type TrailLeaf } from "#shared/domain/trail.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import type { KeptAnchor } from "#shared/ports/trail-store.ts";
import { applyWith, decideAt, startCity } from "#test/support/city.ts";
import { applyAs, endNotice, payOut, secretsOf, untilStatus } from "#test/support/journey.ts";
import {
  anchorNextNight,
  exportedFile,
  exportedText,
  proved,
  relined,
  rowsOf,
} from "#test/support/trail.ts";

let city: Embedded;
let paid: Applied;
let text: string;
let file: Buffer;
let rows: readonly TrailRow[];
let secrets: readonly string[];
const anchors: KeptAnchor[] = [];

beforeAll(async () => {
  city = await startCity();
  paid = await applyAs(city, "golden-autumn", { example: "1:" });
  const refused = await applyWith(city, "golden-autumn");
  await decideAt(city, paid, "station");
  anchors.push(await anchorNextNight(city));
  await decideAt(city, refused, "station");
  await decideAt(city, paid, "district");
  await decideAt(city, refused, "district", { kind: "reject", reason: "收入情况核实不符" });
  anchors.push(await anchorNextNight(city));
  await endNotice(city, paid);
  await payOut(city, "central");
  await untilStatus(city, paid, "paid");
  anchors.push(await anchorNextNight(city));
  text = await exportedText(city.dependencies);
  file = await exportedFile(city.dependencies);
  rows = rowsOf(text);
  secrets = await secretsOf(city, paid);
});
afterAll(() => city.stop());

test("what the city did is proved from the file alone, with the roots that lie in mailboxes", async () => {
  const roots = anchors.map(({ root }) => root);
  const verdict = await proved(text, roots);
  expect(verdict.faults).toEqual([]);
  expect(verdict).toMatchObject({ first: null, moving: 0, lastAnchor: { root: roots.at(-1) } });
  const fund = await city.dependencies.funds.get("central" as FundId);
  expect(verdict.proved).toMatchObject({ cases: 2, batches: 1, items: 1, paidFen: fund?.paidFen });
  expect(verdict.proved.events).toBeGreaterThan(15);
  expect(verdict.proved.anchoredHeads).toBeGreaterThan(5);
  expect((await proved(file, roots)).first).toBeNull();
});

test("nothing in the file can be read about people", () => {
  expect(secrets.length).toBeGreaterThan(5);
  expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
});

/** The same numbers every time, spread over a range (xorshift). */
const seeded = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** Whatever names a row: one of these is what a fault is told of. */
const namesIn = (line: string): readonly string[] =>
  [...line.matchAll(/"(?:id|subject|reference|date)":"(?<name>[^"]*)"/gu)].map(
    ({ groups }) => groups?.["name"] ?? "",
  );

test("100 bytes flipped anywhere in it: all 100 are found, at their line and by the row's name", async () => {
  const bytes = Buffer.from(text);
  const lines = text.split("\n");
  const random = seeded(20_260_720);
  const missed: unknown[] = [];
  let named = 0;
  for (let number = 0; number < 100; number += 1) {
    const at = random(bytes.length - 1);
    const bit = 1 << random(8);
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ bit;
    const line = bytes.subarray(0, at).toString("latin1").split("\n").length;
    const { first } = await proved(flipped);
    if (first?.line !== line) missed.push({ at, bit, line, first });
    if (first && namesIn(lines[line - 1] ?? "").includes(first.subject)) named += 1;
  }
  expect(missed).toEqual([]);
  // The others are the first line, the last, and those whose very name was hit.
  expect(named).toBeGreaterThanOrEqual(90);
});

test("bytes flipped in the compressed file are found too", async () => {
  const random = seeded(7);
  const missed: number[] = [];
  for (let number = 0; number < 50; number += 1) {
    const at = random(file.length);
    const flipped = Buffer.from(file);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random(8));
    if ((await proved(flipped)).first === null) missed.push(at);
  }
  expect(missed).toEqual([]);
});

describe("a line", () => {
  const changed = (change: (lines: string[]) => void): string => {
    const lines = text.trimEnd().split("\n");
    change(lines);
    return `${lines.join("\n")}\n`;
  };
  test("that is gone shows where it stood", async () => {
    const verdict = await proved(changed((lines) => lines.splice(40, 1)));
    expect(verdict.first).toMatchObject({ line: 41, code: "wrong_number" });
  });
  test("that changed places with another shows at the first of the two", async () => {
    const verdict = await proved(
      changed((lines) => lines.splice(50, 2, lines[51] ?? "", lines[50] ?? "")),
    );
    expect(verdict.first).toMatchObject({ line: 51, code: "wrong_number" });
  });
  test("cut from the end, one or many, shows as cut off", async () => {
    for (const cut of [1, 5, 60]) {
      const verdict = await proved(changed((lines) => lines.splice(-cut)));
      expect(verdict.first).toMatchObject({ code: "cut_off" });
    }
    expect((await proved(file.subarray(0, file.length - 9))).first).not.toBeNull();
  });
  test("in a file that is something else is no trail", async () => {
    expect((await proved("名单\n")).first).not.toBeNull();
    expect((await proved("")).first).not.toBeNull();
  });
});

const isLinkOf =
  (id: string) =>
  (row: TrailRow): row is LinkRow =>
    row.kind === "event" && row.id === id;

/** Events of a case with one of them told otherwise, and every hash behind it worked out anew. */
const rechained = (
  change: (link: LinkRow) => LinkRow | null,
  id: string = paid.applicationId,
): readonly TrailRow[] => {
  let hash = "";
  let version = 0;
  const forged = rows.flatMap((row): readonly TrailRow[] => {
    if (!isLinkOf(id)(row)) return [row];
    const told = change(row);
    if (!told) return [];
    version += 1;
    const link = { ...told, version, previousHash: hash };
    hash = linkHash(digest, hash, link);
    return [{ ...link, hash }];
  });
  return forged.map((row) =>
    row.kind === "case" && row.id === id ? { ...row, version, head: hash } : row,
  );
};

/** Another person approved: the row is hashed again, and all rows behind it. */
const anotherApprover = (): readonly TrailRow[] =>
  rechained((link) =>
    link.said["type"] === "tier_approved"
      ? { ...link, said: { ...link.said, actor: { kind: "staff", staffId: "ST00000099" } } }
      : link,
  );

describe("a forger who works out all hashes anew", () => {
  test("but the case's own is caught at the event that was changed", async () => {
    const forged = rows.map((row) =>
      isLinkOf(paid.applicationId)(row) && row.version === 5
        ? { ...row, said: { ...row.said, at: "2026-07-19T01:00:00.000Z" } }
        : row,
    );
    const { first } = await proved(relined(forged));
    expect(first).toMatchObject({
      code: "link_changed",
      subject: paid.applicationId,
      part: "5",
    });
  });
  test("and the whole chain is caught by the anchor of the night", async () => {
    const { first } = await proved(relined(anotherApprover()));
    expect(first).toMatchObject({
      code: "anchored_head_differs",
      subject: paid.applicationId,
    });
  });
  test("and the anchors too is caught by a root in somebody's mailbox", async () => {
    const chained = anotherApprover();
    const heads = new Map(
      chained
        .filter(isLinkOf(paid.applicationId))
        .map(({ version, hash }) => [version, hash] as const),
    );
    const leaf = (one: TrailLeaf): TrailLeaf =>
      one.type === "case" && one.id === paid.applicationId
        ? { ...one, head: heads.get(one.version) ?? "" }
        : one;
    let previous = "";
    const forged = chained
      .map((row) => (row.kind === "leaf" ? { ...row, leaf: leaf(row.leaf) } : row))
      .map((row, _place, all) => {
        if (row.kind !== "anchor") return row;
        const leaves = all.flatMap((one) =>
          one.kind === "leaf" && one.date === row.date ? [one.leaf] : [],
        );
        const anchor = { ...row, previous };
        previous = anchorRoot(digest, anchor, leaves);
        return { ...anchor, root: previous };
      });
    const whole = relined(forged);
    expect((await proved(whole)).first).toBeNull();
    const { first } = await proved(whole, [anchors[0]?.root ?? ""]);
    expect(first).toMatchObject({ code: "held_root_missing", subject: anchors[0]?.root });
  });
  test("and leaves an event out is caught by what the table of moves allows", async () => {
    const without = rechained((link) => (link.said["type"] === "visited" ? null : link));
    const codes = (await proved(relined(without))).faults.map(({ code }) => code);
    expect(codes).toContain("move_not_allowed");
    expect(codes).toContain("anchored_head_differs");
  });
  test("and drops a whole case is caught by the anchors and the books", async () => {
    const without = rows.filter(
      (row) => !("id" in row && row.id === paid.applicationId && row.kind !== "batch"),
    );
    const codes = (await proved(relined(without))).faults.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(["anchored_chain_missing", "transfer_of_nobody", "item_of_nobody"]),
    );
  });
  test.each([
    ["another amount", "balance_differs"],
    ["no payment", "event_without_transfer"],
    ["a payment twice", "booked_twice"],
  ])("of the books, with %s, is caught: %s", async (how, code) => {
    const forged = rows.flatMap((row): readonly TrailRow[] => {
      if (row.kind !== "transfer" || row.transfer.kind !== "post") return [row];
      if (how === "no payment") return [];
      if (how === "a payment twice") return [row, row];
      const amountFen = (row.transfer.amountFen - 1) as typeof row.transfer.amountFen;
      return [{ ...row, transfer: { ...row.transfer, amountFen } }];
    });
    const codes = (await proved(relined(forged))).faults.map((fault) => fault.code);
    expect(codes).toContain(code);
    expect(codes).toContain("anchored_ledger_differs");
  });
  test("of a batch is caught by its sum, its second person, its payment and its anchor", async () => {
    const forged = rows.map((row) => {
      if (row.kind === "batch") return { ...row, checkerId: row.makerId };
      return row.kind === "item" ? { ...row, amountFen: row.amountFen + 1 } : row;
    });
    const codes = (await proved(relined(forged))).faults.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        "own_batch",
        "batch_sum_differs",
        "item_not_paid",
        "paid_without_item",
        "anchored_batch_differs",
      ]),
    );
  });
  test("of a manifest that promises more is caught at the last line", async () => {
    const [last] = text.trimEnd().split("\n").slice(-1);
    const lines = relined(rows.slice(0, -1)).trimEnd().split("\n");
    const { first } = await proved([...lines.slice(0, -1), last].join("\n"));
    expect(first?.line).toBe(lines.length);
  });
});
