import { afterAll, beforeAll, expect, test } from "vitest";
import { draftPagesIn } from "#shared/adapters/dynamodb/draft-pages.ts";
import { getRow } from "#shared/adapters/dynamodb/client.ts";
import { draftPageKey } from "#shared/adapters/dynamodb/keys.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { newDraft } from "#shared/domain/draft.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { Application } from "#shared/domain/application.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { newApplicationId } from "#shared/kernel/ids.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

const at = instant("2026-07-20T01:00:00Z");

const draftOf = (number: number): Application =>
  newDraft({
    id: newApplicationId(new Uint8Array(10).fill(number)),
    programmeId: "golden-autumn",
    locale: "zh-CN",
    createdAt: at,
    accessCodeHash: "x",
    salt: `salt-${number}`,
  });

const sent = (draft: Application) => {
  const taken = takeStep(
    draft,
    "submitted",
    { type: "submitted", at, actor: { kind: "applicant" } },
    { submittedAt: at, answersVersion: 2 },
  );
  if (taken.kind === "refused") throw new Error("a draft can be sent");
  return taken.step;
};

test("to each question the newest answer counts, an emptied one too", async () => {
  const draft = draftOf(1);
  const { saveDraftPage, draftAnswers } = store.cases;
  await saveDraftPage(draft, {
    page: "all",
    answers: { phone: "13800000000", email: "a@example.org", householdSize: "3" },
    at: addMinutes(at, 1),
  });
  await saveDraftPage(draft, {
    page: "phone",
    answers: { phone: "13900000000", email: "" },
    at: addMinutes(at, 2),
  });

  const read = await draftAnswers(draft);
  expect(read.answers).toEqual({ phone: "13900000000", email: "", householdSize: "3" });
  expect(read.answeredHere.toSorted()).toEqual(["email", "householdSize", "phone"]);
  expect(read).toMatchObject({ stored: false, version: 1 });
});

test("two pages saved at once by two devices are both kept", async () => {
  const draft = draftOf(2);
  await Promise.all([
    store.cases.saveDraftPage(draft, { page: "phone", answers: { phone: "1" }, at }),
    store.cases.saveDraftPage(draft, { page: "cause", answers: { cause: "illness" }, at }),
  ]);

  const { answers } = await store.cases.draftAnswers(draft);
  expect(answers).toEqual({ phone: "1", cause: "illness" });
});

test("what a draft began with stands under what its pages say", async () => {
  const draft = draftOf(3);
  await store.cases.createDraft(draft, { phone: "13800000000", homes: "1" });
  expect(await store.cases.draftAnswers(draft)).toMatchObject({
    answeredHere: [],
    stored: true,
    version: 1,
  });

  await store.cases.saveDraftPage(draft, { page: "homes", answers: { homes: "2" }, at });

  expect(await store.cases.draftAnswers(draft)).toEqual({
    answers: { phone: "13800000000", homes: "2" },
    answeredHere: ["homes"],
    stored: false,
    version: 2,
  });
});

test("personal answers lie sealed, and the row is swept after thirty days", async () => {
  const draft = draftOf(4);
  const answers = { applicantName: "王建国", householdSize: "3" };
  await store.cases.saveDraftPage(draft, { page: "applicant-name", answers, at });

  const row = await getRow(store.table, draftPageKey(draft.id, "applicant-name"));
  expect(JSON.stringify(row)).not.toContain("王建国");
  expect(row).toMatchObject({ open: { householdSize: "3" } });
  expect(row?.["expiresAtSeconds"]).toBe(Date.parse(at) / 1000 + 30 * 86_400);
});

test("one page can't be saved without end", async () => {
  const { saveDraftPage } = draftPagesIn(store.table, store.vault, isPersonalField);
  const draft = draftOf(5);
  const page = { page: "cause", answers: { cause: "illness" }, at };
  const saved: boolean[] = [];
  for (let tried = 0; tried < 302; tried += 1) saved.push(await saveDraftPage(draft, page));

  expect(saved.filter(Boolean)).toHaveLength(300);
  expect(saved.at(-1)).toBe(false);
});

test("answers kept before they are sent stand as they were kept, until a case is made of others", async () => {
  const draft = draftOf(6);
  await store.cases.createDraft(draft, {});
  const { keepAnswers, answers } = store.cases;

  expect(await keepAnswers(draft, 2, { applicantName: "王建国", homes: "1" })).toBe(true);
  expect(await keepAnswers(draft, 2, { applicantName: "王建国", homes: "1" })).toBe(true);
  expect(await keepAnswers(draft, 2, { applicantName: "王建国", homes: "2" })).toBe(false);
  expect(await answers(draft, 2)).toEqual({ applicantName: "王建国", homes: "1" });

  const step = sent({ ...draft });
  await store.cases.commit({ step, answers: { applicantName: "王建国", homes: "2" } });

  const application = await store.cases.get(draft.id);
  expect(application).toMatchObject({ status: "submitted", answersVersion: 2 });
  expect(application && (await answers(application))).toMatchObject({ homes: "2" });
});
