import fc from "fast-check";
import { expect, test } from "vitest";
import { inParallel } from "#shared/kernel/in-parallel.ts";

test("never more at once than allowed, and results stand in the order of the values", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 3 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      async (turns, atOnce) => {
        let running = 0;
        let most = 0;
        const results = await inParallel(turns, atOnce, async (count) => {
          running += 1;
          most = Math.max(most, running);
          for (let turn = 0; turn < count; turn += 1) await Promise.resolve();
          running -= 1;
          return count * 2;
        });
        expect(results).toEqual(turns.map((count) => count * 2));
        expect(most).toBeLessThanOrEqual(atOnce);
      },
    ),
    { numRuns: 200 },
  );
});

test("the first failure is the caller's", async () => {
  const work = inParallel([1, 2, 3], 2, async (value) => {
    if (value === 2) throw new Error("two");
    return value;
  });
  await expect(work).rejects.toThrow("two");
});
