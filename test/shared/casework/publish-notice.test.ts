import { afterAll, beforeAll, expect, test } from "vitest";
import { endGrassRootsNotice, stepAfterNotice } from "#shared/casework/end-notice.ts";
import { personalAnswers, presentNotice, publishNotice } from "#shared/casework/publish-notice.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { NoticeWouldLeak, StoreContended } from "#shared/kernel/errors.ts";
import { aCase, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  storeCase,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { moveTo, noticeEndsAt, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

test("personal answers are names, numbers and places, and no amount, count or choice", async () => {
  const application = await storeCase(world.uses, aCase(1));
  const typed = answersOfCase(application, 1);
  const personal = await personalAnswers(world.uses, application);

  for (const name of ["applicantName", "applicantIdNumber", "phone", "address", "studentName"]) {
    expect(personal, name).toContain(typed[name]);
  }
  for (const name of ["annualIncome", "householdSize", "cause", "unitId"]) {
    expect(personal, name).not.toContain(typed[name]);
  }
});

test("whatever the notice shows of the case is looked for among its answers", async () => {
  const application = await storeNoticed(world.uses, 2);
  const answers = answersOfCase(application, 2);
  // As if the masking had failed: the notice's own words are an answer of the applicant's.
  const shown = maskedName(answers["applicantName"] ?? "");
  const cases = { ...world.uses.cases, answers: async () => ({ ...answers, address: shown }) };

  const withheld = publishNotice({ ...world.uses, cases }, application);
  await expect(withheld).rejects.toBeInstanceOf(NoticeWouldLeak);
  expect(await world.uses.notices.noticesOf(application.id)).toEqual([]);
});

test("a case under no notice costs no read, and none is published", async () => {
  const unread = {
    ...world.uses,
    cases: { ...world.uses.cases, events: () => Promise.reject(new Error("read")) },
  };
  const application = aCase(3, { status: "reserved" });
  expect(await presentNotice(unread, application)).toBeNull();
  expect(await publishNotice(unread, application)).toBeNull();
  expect(await stepAfterNotice(unread, application)).toBeNull();
  expect(await endGrassRootsNotice(unread, application)).toBe(application);
});

test("after the base office's notice the case is before the district; run again it stays there", async () => {
  const application = await storeNoticed(world.uses, 4, "grass_roots");
  await publishNotice(world.uses, application);
  expect(await endGrassRootsNotice(world.uses, application)).toBe(application);

  world.moveClockTo(noticeEndsAt);
  const up = await endGrassRootsNotice(world.uses, application);
  world.moveClockTo(monday);

  expect(up).toMatchObject({ status: "in_approval", tier: "district", atUnitId: "east" });
  expect(await caseOf(world.uses, application)).toEqual(up);
  expect(await endGrassRootsNotice(world.uses, up)).toBe(up);
});

test("a case that moved while its notice ended is looked at again", async () => {
  const application = await storeNoticed(world.uses, 5, "grass_roots");
  await publishNotice(world.uses, application);
  await moveTo(world.uses, application, { status: "withdrawn", version: application.version + 1 });
  world.moveClockTo(noticeEndsAt);
  await expect(endGrassRootsNotice(world.uses, application)).rejects.toBeInstanceOf(StoreContended);
  world.moveClockTo(monday);
});

test("a notice that was not published does not end", async () => {
  const application = await storeNoticed(world.uses, 6, "grass_roots");
  world.moveClockTo(noticeEndsAt);
  expect(await stepAfterNotice(world.uses, application)).toBeNull();
  world.moveClockTo(monday);
});
