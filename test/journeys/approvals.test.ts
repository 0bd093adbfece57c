/** Who decides: several of a tier, stand-ins, silence up to the next tier, standing aside, relatives, absence. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { presentApproval } from "#shared/casework/ask-approver.ts";
import { reassignOpenApprovals } from "#shared/casework/reassign.ts";
import type { Staff, Tier } from "#shared/domain/organisation.ts";
import { addMinutes, localDate } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { caseOf, decideAt, eventsOf, linkOf, startCity, until } from "#test/support/city.ts";
import { applyAs, eventTypesOf, expectBooksFit, mailsOf } from "#test/support/journey.ts";

/** Two of a district must agree; of every other office one person. */
const twoAtTheDistrict = {
  ...policyPack,
  common: policyPack.common.map((dated) => ({
    ...dated,
    figures: {
      ...dated.figures,
      route: { ...dated.figures.route, approversNeeded: { district: 2 } },
    },
  })),
};

let city: Embedded;
let several: Embedded;
beforeAll(async () => {
  city = await startCity();
  several = await startCity({ policy: twoAtTheDistrict });
});
afterAll(async () => {
  await several.stop();
  await city.stop();
});

const presentOf = async (run: Embedded, applied: Applied) => {
  const approval = await presentApproval(run.dependencies, await caseOf(run, applied));
  if (!approval) throw new Error("nobody was asked");
  return approval;
};
const personOf = async (run: Embedded, mailbox: string): Promise<Staff> => {
  const { staff } = await run.dependencies.directory.organisation();
  const person = staff.find(({ email }) => email === `${mailbox}@example.org`);
  if (!person) throw new Error(`nobody has the mailbox ${mailbox}`);
  return person;
};
const askedBy = async (run: Embedded, applied: Applied): Promise<string> => {
  const { approverId } = await presentOf(run, applied);
  const staff = await run.dependencies.directory.staff(approverId);
  return staff?.email.split("@")[0] ?? "";
};
/** Waits until the link of the case as it stands was mailed. */
const untilAsked = (run: Embedded, applied: Applied, tier: Tier): Promise<void> =>
  until(`${tier} is asked`, async () => {
    const application = await caseOf(run, applied);
    const approval = await presentApproval(run.dependencies, application);
    return (
      application.tier === tier &&
      approval?.caseVersion === application.version &&
      approval.mailedAt !== null
    );
  });
const pageAt = async (run: Embedded, applied: Applied, tier: Tier) => {
  const visitor = createVisitor(run.url);
  const link = await linkOf(run, applied, tier);
  return { visitor, link, page: await visitor.get(link) };
};
const before = async (run: Embedded, tier: Tier): Promise<Applied> => {
  const applied = await applyAs(run, "golden-autumn");
  if (tier !== "station") await decideAt(run, applied, "station");
  await linkOf(run, applied, tier);
  await untilAsked(run, applied, tier);
  return applied;
};

test("two must agree: the second sees who did, each of them once, and only then is money set aside", async () => {
  const applied = await before(several, "district");
  const first = await pageAt(several, applied, "district");
  expect(wordsOf(first.page.html)).toContain("本级须2人同意。您是第一位");
  const decided = await decideAt(several, applied, "district");
  expect(wordsOf(decided.html)).toContain("决定：同意");
  expect(await caseOf(several, applied)).toMatchObject({ status: "in_approval", fundId: null });

  const second = await pageAt(several, applied, "district");
  expect(second.link).not.toBe(first.link);
  const words = wordsOf(second.page.html);
  expect(words).toContain("已同意：郑东升");
  // The first one's link decides no second time.
  const again = await first.visitor.send(first.page, formWith(first.page, "action", "decide"), {
    decision: "approve",
    pin: demoPin,
  });
  expect(wordsOf(again.html)).toContain("决定：同意");
  expect((await caseOf(several, applied)).coApprovedBy).toHaveLength(1);

  await decideAt(several, applied, "district");

  const approved = await caseOf(several, applied);
  expect(approved).toMatchObject({ status: "public_notice", fundId: "central" });
  const people = [...Object.values(approved.decidedBy), ...approved.excluded];
  expect(new Set(people).size).toBe(people.length);
  expect((await eventTypesOf(several, applied)).slice(-2)).toEqual(["co_approved", "approved"]);
  await expectBooksFit(several, [applied]);
});

test("the second of two lowers the amount: the first is asked about the new one", async () => {
  const applied = await before(several, "district");
  await decideAt(several, applied, "district");
  await decideAt(several, applied, "district", { amount: "4000", reason: "按票据核减" });
  expect(await askedBy(several, applied)).toBe("chengdong-1");
  const { page } = await pageAt(several, applied, "district");
  expect(wordsOf(page.html)).toContain("4,000.00");
  expect(wordsOf(page.html)).toContain("已同意：王海燕");
  await decideAt(several, applied, "district", { amount: "4000" });
  expect(await caseOf(several, applied)).toMatchObject({
    status: "public_notice",
    amountFen: 400_000,
  });
});

test("standing aside takes a reason and the PIN; the next is asked, and the link says what was done", async () => {
  const applied = await before(city, "district");
  const { visitor, link, page } = await pageAt(city, applied, "district");
  const form = formWith(page, "action", "recuse");
  const unexplained = await visitor.send(page, form, { pin: demoPin });
  expect(unexplained.status).toBe(422);
  expect(unexplained.html).toContain('href="#recuse-reason"');
  const guessed = await visitor.send(page, form, { reason: "申请人是我表弟", pin: "111111" });
  expect(guessed.status).toBe(422);
  expect(guessed.html).toContain('href="#recuse-pin"');
  expect(guessed.html).toContain("申请人是我表弟");
  const dongsheng = await personOf(city, "chengdong-1");
  expect((await caseOf(city, applied)).excluded).not.toContain(dongsheng.id);

  const done = await visitor.send(guessed, formWith(guessed, "action", "recuse"), {
    pin: demoPin,
  });

  expect(done.status).toBe(200);
  expect(wordsOf(done.html)).toContain("已回避此案");
  const later = await visitor.get(link);
  expect(later.status).toBe(410);
  expect(wordsOf(later.html)).toContain("已由新的链接代替");
  expect(await askedBy(city, applied)).toBe("chengdong-2");
  expect((await caseOf(city, applied)).excluded).toContain(dongsheng.id);
  await decideAt(city, applied, "district");
  expect((await caseOf(city, applied)).status).toBe("public_notice");
  expect(mailsOf(city, applied).filter((kind) => kind === "approval")).toHaveLength(3);
});

test("a relative declared after the mail went out: the link shows it and decides nothing; another is asked", async () => {
  const applied = await before(city, "district");
  const { link } = await pageAt(city, applied, "district");
  const { persons } = await caseOf(city, applied);
  const asked = await personOf(city, await askedBy(city, applied));
  await city.dependencies.directory.putStaff({ ...asked, kin: [persons[0]!] });
  try {
    const shown = await createVisitor(city.url).get(link);
    expect(shown.status).toBe(403);
    expect(wordsOf(shown.html)).toContain("近亲属");
    expect(await reassignOpenApprovals(city.dependencies, asked.id)).toBe(1);
    expect((await createVisitor(city.url).get(link)).status).toBe(410);
    await decideAt(city, applied, "district");
    expect((await caseOf(city, applied)).decidedBy.district).not.toBe(asked.id);
  } finally {
    await city.dependencies.directory.putStaff(asked);
  }
});

test("somebody away is stood in for, within the stand-in's limit, and the page says in whose stead", async () => {
  const absent = await personOf(city, "chengdong-1");
  const deputy = await personOf(city, "chengxi-1");
  const today = localDate("2026-07-01");
  await city.dependencies.directory.putStaff({
    ...absent,
    absence: {
      from: today,
      to: localDate("2026-12-31"),
      standInId: deputy.id,
      standInMaxFen: null,
    },
  });
  try {
    const applied = await before(city, "district");
    expect(await askedBy(city, applied)).toBe("chengxi-1");
    const { page } = await pageAt(city, applied, "district");
    expect(wordsOf(page.html)).toContain("您代替郑东升办理此案");
    await decideAt(city, applied, "district");
    expect(await caseOf(city, applied)).toMatchObject({
      status: "public_notice",
      decidedBy: { district: deputy.id },
    });
  } finally {
    await city.dependencies.directory.putStaff(absent);
  }
});

test("silence: reminded with the same link, then another of the tier, then the tier above and an administrator", async () => {
  const run = await startCity();
  try {
    const applied = await before(run, "district");
    const { link } = await pageAt(run, applied, "district");
    const limit = (await caseOf(run, applied)).deadlineAt!;
    // The last day is the one before the limit's instant; the reminder goes out a working day before, at 8:30.
    const calls = (await presentOf(run, applied)).expiresAt;
    expect(calls).toBe(limit);
    await run.clock.advanceTo(addMinutes(limit, -8 * 60));
    const reminders = run.mailbox.mails().filter(({ id }) => id.startsWith("reminder:"));
    expect(reminders).toHaveLength(1);
    expect(reminders[0]?.to).toBe("chengdong-1@example.org");
    expect(reminders[0]?.text).toContain(link);
    expect((await createVisitor(run.url).get(link)).status).toBe(200);

    await run.clock.advanceTo(addMinutes(limit, 40));
    await untilAsked(run, applied, "district");

    expect(await askedBy(run, applied)).toBe("chengdong-2");
    expect((await createVisitor(run.url).get(link)).status).toBe(410);
    const standIn = await caseOf(run, applied);
    expect(standIn.deadlineAt! > limit).toBe(true);
    await run.clock.advanceTo(addMinutes(standIn.deadlineAt!, 40));
    await untilAsked(run, applied, "city");
    expect(await askedBy(run, applied)).toBe("city-1");
    const told = run.mailbox
      .mails({ to: "admin@example.org" })
      .filter(({ id }) => id.startsWith(`overdue:${applied.applicationId}`));
    expect(told).toHaveLength(1);
    await decideAt(run, applied, "city");
    expect(await caseOf(run, applied)).toMatchObject({ status: "public_notice", tier: "city" });
    expect((await caseOf(run, applied)).decidedBy.district).toBeUndefined();
    const types = (await eventsOf(run, applied)).map(({ type }) => type);
    expect(types.slice(-3)).toEqual(["stand_in_asked", "escalated", "approved"]);
    await expectBooksFit(run, [applied]);
  } finally {
    await run.stop();
  }
});
