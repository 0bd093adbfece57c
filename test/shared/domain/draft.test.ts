import { expect, test } from "vitest";
import { newDraft } from "#shared/domain/draft.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";

test("a draft claims nothing, awards nothing and has no events", () => {
  const draft = newDraft({
    id: applicationIdOf(1),
    programmeId: "winter-warmth",
    locale: "en",
    createdAt: monday,
    accessCodeHash: "k1.x.y",
    salt: "salt",
  });

  expect(draft).toMatchObject({
    status: "draft",
    version: 0,
    since: monday,
    household: null,
    persons: [],
    submittedAt: null,
    amountFen: 0,
    fundId: null,
    chainHead: "",
  });
});
