import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createLineReader, createLineWriter } from "#shared/domain/trail-lines.ts";
import { createTrailProof } from "#shared/domain/trail-proof.ts";
import { historyTexts, saidOfTransfer, type TrailRow } from "#shared/domain/trail-row.ts";
import {
  faultWords,
  proofFaultTitles,
  provedFigures,
  verdictWords,
} from "#shared/domain/trail-words.ts";
import { anchorRoot, canonicalJson, chainText, merkleRoot } from "#shared/domain/trail.ts";
import type { Digest } from "#shared/domain/trail.ts";
import { grantTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";

const digest: Digest = (text) => createHash("sha256").update(text).digest("base64url");

test("the same record has the same text, in whatever order its fields were written", () => {
  expect(canonicalJson({ b: 1, a: { d: [2, 1], c: null } })).toBe(
    '{"a":{"c":null,"d":[2,1]},"b":1}',
  );
  expect(chainText("h", { b: 1, a: 2 })).toBe('h\n{"a":2,"b":1}');
});

test("a Merkle root is of its leaves in their order, and of nothing else", () => {
  const leaf = (text: string): string => digest(`\u0000${text}`);
  const node = (left: string, right: string): string => digest(`\u0001${left}${right}`);
  expect(merkleRoot(digest, ["a"])).toBe(leaf("a"));
  expect(merkleRoot(digest, ["a", "b", "c"])).toBe(node(node(leaf("a"), leaf("b")), leaf("c")));
  // Five leaves: four are a whole tree, as RFC 6962 splits them.
  expect(merkleRoot(digest, ["a", "b", "c", "d", "e"])).toBe(
    node(node(node(leaf("a"), leaf("b")), node(leaf("c"), leaf("d"))), leaf("e")),
  );
  const texts = fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 });
  fc.assert(
    fc.property(texts, fc.nat(), (leaves, place) => {
      const changed = leaves.with(place % leaves.length, `${leaves[place % leaves.length]}!`);
      expect(merkleRoot(digest, changed)).not.toBe(merkleRoot(digest, leaves));
      expect(merkleRoot(digest, leaves.slice(1))).not.toBe(merkleRoot(digest, leaves));
    }),
  );
});

test("an anchor's root carries the root before it, and doesn't depend on how its leaves were found", () => {
  const [one, other] = [
    { type: "case", id: "SN1", version: 1, head: "x" },
    { type: "file", id: "HF1", version: 2, head: "y" },
  ] as const;
  const named = { date: localDate("2026-07-20"), previous: "before" };
  const root = anchorRoot(digest, named, [one, other]);
  expect(anchorRoot(digest, named, [other, one])).toBe(root);
  expect(anchorRoot(digest, { ...named, previous: "another" }, [one, other])).not.toBe(root);
});

const fundId = "central" as FundId;
const granted = grantTransfer("V-1", {
  fundId,
  amountFen: yuan(100),
  at: instant("2026-07-20T01:00:00Z"),
});

const fundRow = (fen: number): TrailRow => ({
  kind: "fund",
  id: fundId,
  code: "CENTRAL",
  grantedFen: fen,
  availableFen: fen,
  reservedFen: 0,
  paidFen: 0,
});

const rows = (transfers: readonly Transfer[], fen: number): readonly TrailRow[] => [
  { kind: "trail", format: 1, at: "2026-07-21T00:00:00Z" },
  ...transfers.map((transfer): TrailRow => ({ kind: "transfer", transfer })),
  fundRow(fen),
];

const written = (given: readonly TrailRow[]): readonly string[] => {
  const writer = createLineWriter(digest);
  const text = `${given.map((row) => writer.line(row)).join("")}${writer.last()}`;
  return text.trimEnd().split("\n");
};

const verdictOf = (lines: readonly string[]) => {
  const proof = createTrailProof(digest);
  for (const line of lines) proof.line(line);
  return proof.end();
};

test("a fund whose transfers add up is proved; one that holds a fen more is named", () => {
  expect(verdictOf(written(rows([granted], yuan(100)))).first).toBeNull();
  const { first, faultCount } = verdictOf(written(rows([granted], yuan(100) + 1)));
  expect(first).toEqual({ line: 3, code: "balance_differs", subject: "central", part: "CENTRAL" });
  expect(faultCount).toBe(1);
});

test("a transfer between the wrong accounts, and half an order between funds, are named", () => {
  const wrong: Transfer = { ...granted, debit: "paid" };
  expect(verdictOf(written(rows([wrong], 0))).faults.map(({ code }) => code)).toContain(
    "accounts_differ",
  );
  const out: Transfer = {
    ...granted,
    subject: "order:1",
    kind: "allot_out",
    credit: "available",
    debit: "source",
    voucher: "V",
  };
  expect(verdictOf(written(rows([granted, out], 0))).faults).toEqual([
    { line: 3, code: "order_one_sided", subject: "V", part: "" },
  ]);
});

test("any change of any line is found, and rows of an unknown shape stop no proof", () => {
  const lines = written(rows([granted], yuan(100)));
  const change = fc.tuple(fc.nat(lines.length - 1), fc.nat(), fc.string({ minLength: 1 }));
  fc.assert(
    fc.property(change, ([number, place, text]) => {
      const line = lines[number] ?? "";
      const at = place % line.length;
      const changed = `${line.slice(0, at)}${text}${line.slice(at + 1)}`;
      fc.pre(changed !== line && !changed.includes("\n"));
      expect(verdictOf(lines.with(number, changed)).first?.line).toBe(number + 1);
    }),
  );
  const strange = [
    { kind: "transfer", transfer: { at: "never" } },
    { kind: "leaf", date: "2026-07-20", leaf: { type: "none" } },
    { kind: "event", id: "SN1" },
    { kind: "none" },
    { kind: "batch", id: "B1" },
  ] as unknown as readonly TrailRow[];
  const verdict = verdictOf(written([...rows([], 0), ...strange]));
  expect(verdict.faults.filter(({ code }) => code === "unknown_row").length).toBe(5);
});

test("a reader counts what it read and knows the end", () => {
  const [first = "", ...others] = written(rows([granted], yuan(100)));
  const reader = createLineReader(digest);
  expect(reader.read(first).fault).toBeNull();
  expect(reader.end()).toBe("cut_off");
  for (const line of others) reader.read(line);
  expect(reader.end()).toBe("complete");
  expect(reader.read(others.at(-1) ?? "").fault).toBe("wrong_number");
});

test("what a row leaves out is not hashed, so that a field added later changes no hash", () => {
  expect(saidOfTransfer(granted)).not.toHaveProperty("applicationId");
  expect(historyTexts([{ type: "created", at: "t", by: null }])).toEqual([
    { type: "created", at: "t", by: null },
  ]);
});

test("every fault has words in both languages, with its line and its row", () => {
  for (const { zh, en } of Object.values(proofFaultTitles)) {
    expect(zh.length).toBeGreaterThan(3);
    expect(en.length).toBeGreaterThan(3);
  }
  const fault = { line: 7, code: "link_changed", subject: "SN1", part: "3" } as const;
  expect(faultWords(fault)).toEqual({
    zh: "第7行 SN1 3：内容与哈希不符",
    en: "Line 7 SN1 3: What it says doesn't have its hash",
  });
  expect(faultWords({ ...fault, line: 0, subject: "", part: "" }).zh).toBe(
    "整个文件：内容与哈希不符",
  );
  const sound = verdictOf(written(rows([granted], yuan(100))));
  expect(verdictWords(sound).zh).toBe("全部核验通过");
  expect(verdictWords({ ...sound, moving: 2 }).zh).toContain("2笔");
  expect(verdictWords({ ...sound, first: fault, faultCount: 1 }).zh).toContain("第7行");
  expect(provedFigures(sound.proved).find(([{ zh }]) => zh === "转账")?.[1]).toBe("1");
});
