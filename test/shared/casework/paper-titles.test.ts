import { expect, test } from "vitest";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { answersOf } from "#shared/domain/answers.ts";
import { programmes } from "#workflows/registry.ts";
import { aCase } from "#test/support/cases.ts";

test("every paper that a programme asks for is called by its title, in both languages", async () => {
  for (const programme of programmes) {
    for (const { facts } of programme.examples) {
      const cases = { answers: async () => answersOf(programme.form, facts) } as never;
      const titles = await paperTitlesOf({ cases }, aCase(1, { programmeId: programme.id }));
      const kinds = programme.papers(facts).map(({ kind }) => kind);
      expect([...titles.keys()].toSorted()).toEqual(kinds.toSorted());
      for (const { zh, en } of titles.values()) expect(zh.length * en.length).toBeGreaterThan(0);
    }
  }
  expect(otherPaper.zh).toBe("其他材料");
});
