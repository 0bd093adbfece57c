import { expect, test } from "vitest";
import { passedOverWords } from "#shared/web/passed-over-words.ts";

test("every reason to pass a fund over is said in both languages, each differently", () => {
  const said = Object.values(passedOverWords);
  expect(said.every(({ zh, en }) => /\p{Script=Han}/u.test(zh) && /[a-z]/u.test(en))).toBe(true);
  expect(new Set(said.map(({ zh }) => zh)).size).toBe(said.length);
  expect(new Set(said.map(({ en }) => en)).size).toBe(said.length);
});
