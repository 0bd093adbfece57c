/** What an applicant does with a case, whoever asks for it: the pages or a program at the JSON API. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { caseOpenedBy, codeHash } from "#shared/casework/access-code.ts";
import { correctUnasked, giveAsked, landingOf } from "#shared/casework/hand-in.ts";
import { mendCardDetails } from "#shared/casework/mend-card.ts";
import { momentAt } from "#shared/casework/moment.ts";
import { uploadFormFor } from "#shared/casework/paper-files.ts";
import { readAnswers } from "#shared/casework/read-answers.ts";
import { submitApplication } from "#shared/casework/submit-application.ts";
import { tellExecution } from "#shared/casework/tell-execution.ts";
import { withdrawApplication } from "#shared/casework/withdraw-application.ts";
import type { Application } from "#shared/domain/application.ts";
import { newDraft } from "#shared/domain/draft.ts";
import { papersToSend } from "#shared/domain/fast-track.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { ObjectStore } from "#shared/ports/object-store.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { aCase, applicationIdOf, monday, units } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";
import { aPhoto } from "#test/support/photo.ts";

let world: CaseworkWorld;
const objects = new Map<string, Uint8Array>();

const papers: ObjectStore = {
  uploadForm: async ({ key }) => ({ url: "https://store.example.org/", fields: { key } }),
  list: async (prefix) =>
    [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, body]) => ({ key, sizeBytes: body.length, etag: "" })),
  read: async (key) => objects.get(key) ?? null,
  head: async (key, length) => objects.get(key)?.subarray(0, length) ?? null,
  write: async (key, body) => void objects.set(key, body),
  writeStream: () => Promise.reject(new Error("no streams here")),
  downloadLink: async (key) => key,
  viewLink: async (key) => key,
};

beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  objects.clear();
  await beginAnew(world);
});

const uses = () => ({ ...world.uses, papers });

const storeDraft = async (number: number, withAnswers = true): Promise<Application> => {
  const id = applicationIdOf(number);
  const draft = newDraft({
    id,
    programmeId: "golden-autumn",
    locale: "zh-CN",
    createdAt: monday,
    accessCodeHash: await codeHash(world.uses, id, "7K2M-P4QX-9ABC"),
    salt: "c2FsdHNhbHRzYWx0",
  });
  await world.uses.cases.createDraft(draft, withAnswers ? answersOfCase(draft, number) : {});
  return draft;
};

const given = (application: Application, typed = answersOfCase(application, 1)) => {
  const read = readAnswers(programmeOf(application), typed, units, localDateOf(monday));
  if (read.kind !== "facts") throw new Error(JSON.stringify(read));
  return { typed, read };
};

const landAll = async (application: Application, number: number): Promise<void> => {
  const { read } = given(application, answersOfCase(application, number));
  const day = { appliedOn: localDateOf(monday), pack: world.uses.policy };
  const wanted = papersToSend(programmeOf(application), read.facts, day);
  for (const [index, { kind }] of wanted.entries()) {
    const form = await uploadFormFor(uses(), application, { kind }, "https://x.example.org/");
    objects.set(form.fields["key"] ?? "", aPhoto(number * 100 + index));
  }
};

test("a draft is opened by its code however it is typed, and by no other", async () => {
  const { id } = await storeDraft(1);
  expect((await caseOpenedBy(world.uses, id.toLowerCase(), "7k2m p4qx 9abc"))?.id).toBe(id);
  expect(await caseOpenedBy(world.uses, id, "7K2M-P4QX-9ABD")).toBeNull();
  expect(await caseOpenedBy(world.uses, applicationIdOf(99), "7K2M-P4QX-9ABC")).toBeNull();
  expect(await caseOpenedBy(world.uses, "", "")).toBeNull();
});

test("a draft is sent when answers and papers are whole, and sent once", async () => {
  const empty = await storeDraft(1, false);
  expect((await submitApplication(uses(), empty, [])).kind).toBe("problems");
  const draft = await storeDraft(2);
  expect((await submitApplication(uses(), draft, [])).kind).toBe("missing");
  await landAll(draft, 2);
  expect(await submitApplication(uses(), draft, [])).toMatchObject({ kind: "sent", untold: null });
  expect(world.started).toEqual([draft.id]);
  expect((await submitApplication(uses(), draft, [])).kind).toBe("sent_before");
  expect(await caseOf(world.uses, draft)).toMatchObject({ status: "submitted", version: 1 });
});

test("files that are left out don't count, and a second application of the household isn't taken", async () => {
  const draft = await storeDraft(3);
  await landAll(draft, 3);
  const names = [...objects.keys()].map((key) => key.split("/").at(-1) ?? "");
  expect((await submitApplication(uses(), draft, names)).kind).toBe("missing");
  await submitApplication(uses(), draft, []);
  const again = { ...(await storeDraft(4, false)), id: applicationIdOf(4) };
  await world.uses.cases.saveDraftPage(again, {
    page: "all",
    answers: answersOfCase(again, 3),
    at: monday,
  });
  await landAll(again, 3);
  expect((await submitApplication(uses(), again, [])).kind).toBe("claim_exists");
});

test("nothing is given that is not new, and a changed answer is a correction", async () => {
  const application = await storeCase(
    world.uses,
    aCase(1, { status: "needs_information", tier: null, deadlineAt: monday }),
  );
  expect((await giveAsked(uses(), application, given(application), [])).kind).toBe("nothing_new");
  expect((await correctUnasked(uses(), application, given(application))).kind).toBe("done");
  const events = await world.uses.cases.events(application);
  expect(landingOf(application, events)).toEqual({
    from: "applicant",
    sinceVersion: application.version,
  });
  const deciding = await storeCase(world.uses, aCase(2));
  const same = given(deciding, answersOfCase(deciding, 2));
  expect((await correctUnasked(uses(), deciding, same)).kind).toBe("nothing_new");
  const moved = given(deciding, { ...same.typed, address: "示例市新路9号" });
  expect((await correctUnasked(uses(), deciding, moved)).kind).toBe("done");
  expect((await caseOf(world.uses, deciding)).status).toBe("submitted");
});

test("a case is withdrawn once, and not when its money is with the bank", async () => {
  const application = await storeCase(world.uses, aCase(1));
  expect((await withdrawApplication(world.uses, application)).kind).toBe("withdrawn");
  const now = await caseOf(world.uses, application);
  expect(await withdrawApplication(world.uses, now)).toMatchObject({ kind: "withdrawn" });
  expect((await caseOf(world.uses, application)).version).toBe(now.version);
  const stale = await withdrawApplication(world.uses, { ...application, status: "in_acceptance" });
  expect(stale.kind).toBe("withdrawn");
  const paid = await storeCase(world.uses, aCase(2, { status: "paid", tier: null }));
  expect(await withdrawApplication(world.uses, paid)).toEqual({ kind: "refused", why: "too_late" });
});

test("a card that the bank refused is mended with another one", async () => {
  const application = await storeCase(
    world.uses,
    aCase(1, {
      status: "payment_failed",
      tier: null,
      failureCode: "name_mismatch",
      deadlineAt: monday,
    }),
  );
  const { bankName = "" } = answersOfCase(application, 1);
  const mend = (bankCardNumber: string) =>
    mendCardDetails(world.uses, application, { bankName, bankCardNumber });
  expect(await mend("6222")).toMatchObject({
    kind: "problems",
    problems: { bankCardNumber: "not_a_bank_card" },
  });
  expect((await mend(demoApplicant(1).cardNumber)).kind).toBe("same_card");
  expect((await mend(demoApplicant(1).mendedCardNumber)).kind).toBe("mended");
  expect((await mend(demoApplicant(1).mendedCardNumber)).kind).not.toBe("mended");
  const other = await storeCase(world.uses, aCase(2));
  const card = { bankName, bankCardNumber: "" };
  expect((await mendCardDetails(world.uses, other, card)).kind).toBe("not_asked");
});

test("an execution that can't be told is no fault of the step, and is said", async () => {
  const application = await storeCase(world.uses, aCase(1));
  expect(await tellExecution(world.uses, application)).toBeNull();
  const broken = new Error("no line");
  const cases = { ...world.uses.cases, waitingTokens: () => Promise.reject(broken) };
  expect(await tellExecution({ ...world.uses, cases }, application)).toBe(broken);
});

test("a step is taken now, by the working days of the case's own day", () => {
  expect(momentAt(world.uses, null)).toMatchObject({ now: monday });
  expect(momentAt(world.uses, monday).flowClock).toEqual(momentAt(world.uses, null).flowClock);
});
