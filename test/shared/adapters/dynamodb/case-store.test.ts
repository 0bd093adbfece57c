import { afterAll, beforeAll, expect, test } from "vitest";
import { getRow, putRow, toItem } from "#shared/adapters/dynamodb/client.ts";
import { applicationKey, answersKey, eventKey } from "#shared/adapters/dynamodb/keys.ts";
import { applicationRow, eventHash, sealedText } from "#shared/adapters/dynamodb/case-rows.ts";
import type { Application, Claim } from "#shared/domain/application.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex } from "#shared/kernel/ids.ts";
import { aCase, anApproval, applicationIdOf, monday } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await startStore();
});
afterAll(() => store.stop());

/** What DynamoDB counts: names and text in UTF-8, a number as half its digits, three bytes and one an entry for a list. */
const itemSizeBytes = (item: ReturnType<typeof toItem>): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );

const valueBytes = (value: ReturnType<typeof toItem>[string]): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.L) return value.L.reduce((sum, inner) => sum + valueBytes(inner) + 1, 3);
  if (value.M) return itemSizeBytes(value.M) + 3 + Object.keys(value.M).length;
  return 1;
};

const draftOf = (number: number, changes: Partial<Application> = {}): Application =>
  aCase(number, {
    version: 0,
    status: "draft",
    tier: null,
    atUnitId: null,
    decidedBy: {},
    household: null,
    persons: [],
    submittedAt: null,
    ...changes,
  });

const answers = {
  applicantName: "王建国",
  applicantIdNumber: "11010519491231002X",
  householdSize: "3",
  annualIncome: "54000",
};

const submitted = (draft: Application) => {
  const taken = takeStep(
    draft,
    "submitted",
    { type: "submitted", at: monday, actor: { kind: "applicant" } },
    {
      submittedAt: monday,
      household: `h-${draft.id}` as BlindIndex,
      persons: [`h-${draft.id}` as BlindIndex],
    },
  );
  if (taken.kind === "refused") throw new Error("a draft can be sent");
  return taken.step;
};

test("answers come back as typed; what is personal lies sealed, the rest in clear", async () => {
  const draft = draftOf(1);
  await store.cases.createDraft(draft, answers);
  expect(await store.cases.answers(draft)).toEqual(answers);
  const stored = JSON.stringify(toItem((await getRow(store.table, answersKey(draft.id, 1))) ?? {}));
  expect(stored).not.toContain("王建国");
  expect(stored).not.toContain("11010519491231002X");
  expect(stored).toContain("54000");
});

test("a field that no form knows is sealed like a personal one", async () => {
  const draft = draftOf(2);
  await store.cases.createDraft(draft, { somethingNew: "秘密" });
  const stored = JSON.stringify(await getRow(store.table, answersKey(draft.id, 1)));
  expect(stored).not.toContain("秘密");
  expect(await store.cases.answers(draft)).toEqual({ somethingNew: "秘密" });
});

test("without the case's salt nothing of it can be opened again", async () => {
  const draft = draftOf(3);
  await store.cases.createDraft(draft, answers);
  await expect(store.cases.answers({ ...draft, salt: "another" })).rejects.toThrow();
});

test("another function with another start opens what this one sealed: the master key is one", async () => {
  const scope = { owner: "APP#x", attribute: "a", salt: "s" };
  const sealed = await store.vault.seal(scope, "内容");
  const other = store.newVault();
  expect(await other.open(scope, sealed)).toBe("内容");
  expect(await other.blindIndex("id-number", "1")).toBe(
    await store.vault.blindIndex("id-number", "1"),
  );
  expect(await other.blindIndex("phone", "1")).not.toBe(
    await store.vault.blindIndex("id-number", "1"),
  );
  await expect(other.open({ ...scope, attribute: "b" }, sealed)).rejects.toThrow();
  await expect(other.open({ ...scope, owner: "APP#y" }, sealed)).rejects.toThrow();
});

test("sent twice at once: one case, one event; and a page saved too late changes no answer", async () => {
  const draft = draftOf(5);
  await store.cases.createDraft(draft, answers);
  const results = await Promise.all([
    store.cases.commit({ step: submitted(draft) }),
    store.cases.commit({ step: submitted(draft) }),
  ]);
  expect(results.toSorted()).toEqual(["committed", "stale"]);
  const application = await store.cases.get(draft.id);
  expect(await store.cases.events(application!)).toHaveLength(1);
  const late = { page: "income", answers: { annualIncome: "1" }, at: draft.createdAt };
  await store.cases.saveDraftPage(draft, late);
  expect(await store.cases.answers(application!)).toEqual(answers);
});

test("one live claim: of two cases for the same subject and period one is sent, and a freed claim may be taken", async () => {
  const claimOf = (id: ApplicationId): Claim => ({
    household: "household" as BlindIndex,
    subject: "student" as BlindIndex,
    programmeId: "golden-autumn",
    period: "2026",
    applicationId: id,
  });
  const drafts = [draftOf(6), draftOf(7)] as const;
  for (const draft of drafts) await store.cases.createDraft(draft, answers);
  const results = await Promise.all(
    drafts.map((draft) =>
      store.cases.commit({ step: submitted(draft), claims: [claimOf(draft.id)] }),
    ),
  );
  expect(results.toSorted()).toEqual(["claim_exists", "committed"]);
  const [winner, loser] = results[0] === "committed" ? drafts : [drafts[1], drafts[0]];
  const sent = await store.cases.get(winner.id);
  const withdrawn = takeStep(sent!, "withdrawn", {
    type: "withdrawn",
    at: monday,
    actor: { kind: "applicant" },
  });
  if (withdrawn.kind === "refused") throw new Error("a sent case can be withdrawn");
  expect(
    await store.cases.commit({ step: withdrawn.step, releasedClaims: [claimOf(winner.id)] }),
  ).toBe("committed");
  expect(await store.cases.commit({ step: submitted(loser), claims: [claimOf(loser.id)] })).toBe(
    "committed",
  );
  expect(await store.cases.claimsOf("household" as BlindIndex)).toEqual([claimOf(loser.id)]);
});

test("events are chained: each one's hash covers the one before and all it says", async () => {
  const draft = draftOf(8);
  await store.cases.createDraft(draft, answers);
  await store.cases.commit({ step: submitted(draft) });
  const sent = (await store.cases.get(draft.id))!;
  const taken = takeStep(sent, "withdrawn", {
    type: "withdrawn",
    at: monday,
    actor: { kind: "applicant" },
    confidential: { reason: "不需要了" },
  });
  if (taken.kind === "refused") throw new Error("a sent case can be withdrawn");
  await store.cases.commit({ step: taken.step });
  const after = (await store.cases.get(draft.id))!;
  const events = await store.cases.events(after);
  expect(events.map(({ version }) => version)).toEqual([1, 2]);
  expect(events[1]?.previousHash).toBe(events[0]?.hash);
  expect(after.chainHead).toBe(events[1]?.hash);
  expect(events[1]?.confidential).toEqual({ reason: "不需要了" });
  const row = (await getRow(store.table, eventKey(draft.id, 2)))!;
  const { hash, previousHash, confidential: _opened, ...said } = events[1]!;
  expect(eventHash(previousHash, said, sealedText(row))).toBe(hash);
  expect(eventHash(previousHash, { ...said, to: "paid" }, sealedText(row))).not.toBe(hash);
});

test("a case in full stays within one kilobyte, so that each of its writes is one unit", () => {
  const application = aCase(9, {
    version: 12,
    unitId: "territorial-spring-street" as Application["unitId"],
    atUnitId: "territorial-east-district" as Application["atUnitId"],
    household: "abcdefghijklmnopqrstuv" as BlindIndex,
    persons: ["abcdefghijklmnopqrstuv" as BlindIndex, "bcdefghijklmnopqrstuvw" as BlindIndex],
    cause: "abcdefghijklmnopqrstuv",
    deadlineAt: monday,
    decidedBy: { station: "ST12345678" as never, district: "ST12345678" as never },
    fundId: "CENTRAL-2026" as Application["fundId"],
    noticeEndsAt: monday,
    outcomeMailedAt: monday,
    batchId: "B20260720-4K7P2Q" as Application["batchId"],
    chainHead: "a".repeat(43),
    minutesNumber: "市总办〔2026〕12号",
  });
  const sizeBytes = itemSizeBytes(toItem(applicationRow(application)));
  expect(sizeBytes).toBeLessThanOrEqual(1024);
});

test("a link is spent once: 50 at once, one commit; after it expired none", async () => {
  const application = aCase(10);
  await putRow(store.table, applicationRow(application));
  const approval = anApproval(application);
  expect(await store.cases.putApproval(approval, null)).toBe(true);
  const reject = () => {
    const taken = takeStep(application, "rejected", {
      type: "rejected",
      at: monday,
      actor: { kind: "system", task: "test" },
    });
    if (taken.kind === "refused") throw new Error("a case in approval can be rejected");
    return taken.step;
  };
  const late = { approval, decision: "reject", at: approval.expiresAt } as const;
  expect(await store.cases.commit({ step: reject(), usedLink: late })).toBe("link_spent");
  const usedLink = { approval, decision: "reject", at: instant("2026-07-21T00:00:00Z") } as const;
  const results = await Promise.all(
    Array.from({ length: 50 }, () => store.cases.commit({ step: reject(), usedLink })),
  );
  expect(results.filter((outcome) => outcome === "committed")).toHaveLength(1);
  expect(results.filter((outcome) => outcome === "link_spent")).toHaveLength(49);
  const row = await getRow(store.table, applicationKey(application.id));
  expect(row?.["version"]).toBe(application.version + 1);
  const stored = await store.cases.approval(application.id, 1, "district", 1);
  expect(stored).toMatchObject({ decision: "reject", taskToken: "token" });
});

test("fifty PIN guesses at once on one link use up one try: only one of them is answered", async () => {
  const approval = anApproval(aCase(11));
  await store.cases.putApproval(approval, null);
  const used = await Promise.all(
    Array.from({ length: 50 }, () => store.cases.useUpPinTry(approval)),
  );
  expect(used.filter(Boolean)).toHaveLength(1);
  expect((await store.cases.approval(applicationIdOf(11), 1, "district", 1))?.pinTries).toBe(1);
});

test("a task token lies sealed, and the newest one is found first", async () => {
  const application = aCase(12);
  await store.cases.putApproval(
    anApproval(application, { tier: "station", taskToken: "old", decidedAt: monday }),
    null,
  );
  await store.cases.putApproval(
    anApproval(application, { taskToken: "new", requestedAt: instant("2026-07-22T00:00:00Z") }),
    null,
  );
  expect(await store.cases.waitingTokens(application.id)).toEqual(["new", "old"]);
});

test("a queue lists its cases oldest first, a page at a time, and a decided case leaves it", async () => {
  for (const [number, since] of [
    [21, "2026-07-22"],
    [22, "2026-07-20"],
    [23, "2026-07-21"],
  ] as const) {
    await putRow(
      store.table,
      applicationRow(
        aCase(number, {
          atUnitId: "queue-office" as never,
          submittedAt: instant(`${since}T00:00:00Z`),
        }),
      ),
    );
  }
  const queue = { kind: "unit", unitId: "queue-office" as never } as const;
  const first = await store.cases.queue(queue, 2);
  expect(first.rows.map(({ applicationId }) => applicationId)).toEqual([
    applicationIdOf(22),
    applicationIdOf(23),
  ]);
  const rest = await store.cases.queue(queue, 2, first.next ?? undefined);
  expect(rest.rows.map(({ applicationId }) => applicationId)).toEqual([applicationIdOf(21)]);
  await putRow(store.table, applicationRow(aCase(22, { status: "rejected" })));
  expect((await store.cases.queue(queue, 9)).rows).toHaveLength(2);
});

test("a case that ended stands in the list of its month in China, once its applicant knows", async () => {
  const ended = { kind: "ended", month: "2027-08" } as const;
  // The last evening of July in UTC is August in China.
  const since = instant("2027-07-31T16:00:00Z");
  const submittedAt = instant("2027-07-01T01:00:00Z");
  const refused = aCase(31, { status: "rejected", since, submittedAt });
  await putRow(store.table, applicationRow(refused));
  expect((await store.cases.queue(ended, 9)).rows).toEqual([]);

  await store.cases.markOutcomeMailed(refused, instant("2027-08-02T01:00:00Z"));
  const { rows } = await store.cases.queue(ended, 9);
  expect(rows).toMatchObject([
    { applicationId: applicationIdOf(31), status: "rejected", since, submittedAt },
  ]);
  const waiting = await store.cases.queue({ kind: "status", status: "rejected" }, 99);
  expect(waiting.rows.map(({ applicationId }) => applicationId)).not.toContain(applicationIdOf(31));

  // Taken up again by an appeal it waits, and has not ended.
  await putRow(
    store.table,
    applicationRow({ ...refused, status: "under_appeal", version: refused.version + 1 }),
  );
  expect((await store.cases.queue(ended, 9)).rows).toEqual([]);
});

test("many cases are read at once, each once, and none that isn't there", async () => {
  const numbers = Array.from({ length: 120 }, (_case, index) => 5_000 + index);
  await Promise.all(numbers.map((number) => putRow(store.table, applicationRow(aCase(number)))));
  const ids = numbers.map(applicationIdOf);
  const read = await store.cases.getAll([...ids, ids[0]!, applicationIdOf(9_999)]);

  expect(read.map(({ id }) => id).toSorted()).toEqual(ids);
  expect(read[0]).toEqual(await store.cases.get(read[0]!.id));
  expect(await store.cases.getAll([])).toEqual([]);
});
