import { afterAll, beforeAll, expect, test } from "vitest";
import { startStore, type TestStore } from "#test/support/store.ts";

let one: TestStore;
let other: TestStore;
beforeAll(async () => {
  [one, other] = await Promise.all([startStore(), startStore()]);
});
afterAll(() => Promise.all([one.stop(), other.stop()]));

const passphrase = "a passphrase of more than twenty characters";

test("two systems with other master keys make the same hash of the same passphrase, scope and value, and no other", async () => {
  const [mine, theirs] = await Promise.all([
    one.vault.agreedHasher(passphrase, "scope"),
    other.vault.agreedHasher(`${passphrase} `, "scope"),
  ]);
  const hash = await mine("370102198001010013");

  expect(hash).toMatch(/^[\w-]{43}$/u);
  expect(await theirs("370102198001010013")).toBe(hash);
  expect(await mine("370102198001010021")).not.toBe(hash);
  const otherScope = await one.vault.agreedHasher(passphrase, "another scope");
  expect(await otherScope("370102198001010013")).not.toBe(hash);
  const otherWords = await one.vault.agreedHasher(`${passphrase}!`, "scope");
  expect(await otherWords("370102198001010013")).not.toBe(hash);
  expect(hash).not.toBe(await one.vault.blindIndex("id-number", "370102198001010013"));
});

test("full-width and half-width letters are the same passphrase: two keyboards type them differently", async () => {
  const half = await one.vault.agreedHasher("ABCdef-123456-7890-xyz", "scope");
  const full = await one.vault.agreedHasher("ＡＢＣdef－123456－7890－xyz", "scope");
  expect(await full("x")).toBe(await half("x"));
});
