import { localDateOf } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { entrustmentPaper } from "#shared/domain/entrustment.ts";
import { visitPapers } from "#shared/domain/visit.ts";
import { expect, test } from "vitest";
import { otherPaper, paperTitlesOf } from "#shared/casework/paper-titles.ts";
import { answersOf } from "#shared/domain/answers.ts";
import { programmes } from "#workflows/registry.ts";
import { aCase, monday } from "#test/support/cases.ts";

test("every paper that a programme asks for is called by its title, in both languages", async () => {
  for (const programme of programmes) {
    for (const { facts } of programme.examples) {
      const cases = { answers: async () => answersOf(programme.form, facts) } as never;
      const titles = await paperTitlesOf(
        { cases, policy: policyPack, clock: { now: () => monday } },
        aCase(1, { programmeId: programme.id }),
      );
      const kinds = programme
        .papers(facts, { appliedOn: localDateOf(monday), pack: policyPack })
        .map(({ kind }) => kind);
      const all = [...kinds, entrustmentPaper.kind, ...visitPapers.map(({ kind }) => kind)];
      expect([...titles.keys()].toSorted()).toEqual(all.toSorted());
      for (const { zh, en } of titles.values()) expect(zh.length * en.length).toBeGreaterThan(0);
    }
  }
  expect(otherPaper.zh).toBe("其他材料");
});
