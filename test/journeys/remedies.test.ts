/** Refused and not content with it: appeals that are dismissed and upheld, and withdrawals while they are looked at. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { decideThrough, linkFor } from "#infra/local/demo/approver.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import { createVisitor, formTo, formWith, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { presentApproval } from "#shared/casework/ask-approver.ts";
import type { DecisionKind } from "#shared/domain/approval.ts";
import { yuan } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, eventsOf, startCity, until } from "#test/support/city.ts";
import {
  applyAgain,
  applyAs,
  balancesOf,
  eventTypesOf,
  expectBooksFit,
  mailsOf,
  secretsOf,
  statusOf,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const words = "认定的收入算错了，去年十月以后已经停工。";

const rejected = async (): Promise<Applied> => {
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district", { kind: "reject", reason: "收入情况核实不符" });
  await untilMailed(city, applied, "outcome:refused");
  return applied;
};

const appeal = async (applied: Applied): Promise<void> => {
  const { visitor, page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("可以在");
  const form = await visitor.get(paths.appeal(applied.applicationId));
  const sent = await visitor.send(form, formTo(form, "/appeal"), { words });
  expect(new URL(sent.url).pathname).toBe(paths.case(applied.applicationId));
  expect(await statusOf(city, applied)).toBe("under_appeal");
};

/** The link that is live now: earlier ones of the same tier are in the mailbox too. */
const presentLink = async (applied: Applied): Promise<string> => {
  await until("whoever is to decide now is asked", async () => {
    const application = await caseOf(city, applied);
    const approval = await presentApproval(city.dependencies, application);
    return approval?.caseVersion === application.version && approval.mailedAt !== null;
  });
  const { tier } = await caseOf(city, applied);
  if (tier === null) throw new Error("no tier");
  return linkFor(() => city.mailbox.mails(), applied.applicationId, tier);
};

const answer = async (
  applied: Applied,
  kind: DecisionKind,
  reason: string,
): Promise<ReturnType<typeof decideThrough>> =>
  decideThrough(city.url, await presentLink(applied), { kind, reason, pin: demoPin });

const staffOf = async (applied: Applied): Promise<readonly string[]> =>
  (await eventsOf(city, applied)).flatMap(({ actor }) =>
    actor.kind === "staff" ? [actor.staffId] : [],
  );

test("rejected, appealed, dismissed: by somebody who had no part, with words, told once, and over", async () => {
  const applied = await rejected();
  await appeal(applied);
  const before = new Set(await staffOf(applied));
  await answer(applied, "dismiss", "经复核，停工证明与社保记录不一致。");
  await untilMailed(city, applied, "outcome:appeal_dismissed");

  expect(await caseOf(city, applied)).toMatchObject({ status: "rejected", round: 2 });
  const reviewer = (await staffOf(applied)).at(-1) ?? "";
  expect(before.has(reviewer)).toBe(false);
  const { page, visitor } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("停工证明与社保记录不一致");
  expect(wordsOf(page.html)).toContain("收入情况核实不符");
  const again = await visitor.get(paths.appeal(applied.applicationId));
  expect(wordsOf(again.html)).toContain("每个决定可以复议一次");
  expect(mailsOf(city, applied).filter((kind) => kind.startsWith("outcome"))).toEqual([
    "outcome:refused",
    "outcome:appeal_dismissed",
  ]);
  await expectBooksFit(city, [applied]);

  const anew = await applyAgain(city, applied);
  await untilStatus(city, anew, "in_acceptance");
});

test("upheld: other people of the same tier approve, the claim is taken again, and no mail holds a word of it", async () => {
  const applied = await rejected();
  await appeal(applied);
  const refuser = (await caseOf(city, applied)).decidedBy.district;
  await answer(applied, "uphold", "停工属实，应予重新审批。");
  await untilMailed(city, applied, "outcome:appeal_upheld");
  await expect(applyAgain(city, applied)).rejects.toThrow("同样的申请已经有一份");

  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("复议成立");
  await answer(applied, "approve", "");
  await untilStatus(city, applied, "public_notice");

  const application = await caseOf(city, applied);
  expect(application).toMatchObject({ amountFen: yuan(5_000), round: 2 });
  expect(application.decidedBy.district).not.toBe(refuser);
  expect((await eventTypesOf(city, applied)).slice(-4)).toEqual([
    "rejected",
    "appealed",
    "appeal_upheld",
    "approved",
  ]);
  const secrets = [...(await secretsOf(city, applied)), "停工", "核实不符"];
  for (const { text, html, subject, to } of city.mailbox.mails()) {
    for (const secret of secrets.filter((one) => one !== to)) {
      expect(`${subject} ${text} ${html}`).not.toContain(secret);
    }
  }
  await expectBooksFit(city, [applied]);
});

test("a refusal by the rules that a reviewer doubts asks for what is missing, with the reviewer's words", async () => {
  const applied = await applyAs(city, "golden-autumn", { example: "4:" });
  await decideAt(city, applied, "station", { kind: "confirm_refusal" });
  await decideAt(city, applied, "district", { kind: "confirm_refusal" });
  await untilMailed(city, applied, "outcome:refused");
  await appeal(applied);
  await answer(applied, "uphold", "请补交学校出具的录取类别证明。");
  await untilMailed(city, applied, "information");

  expect(await statusOf(city, applied)).toBe("needs_information");
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("录取类别证明");
});

test("withdrawn while the appeal is looked at: the reviewer's link is void, and it is told", async () => {
  const applied = await rejected();
  await appeal(applied);
  const link = await presentLink(applied);
  const { visitor } = await follow(city.url, applied);
  const form = await visitor.get(paths.withdraw(applied.applicationId));
  await visitor.send(form, formTo(form, "/withdraw"));
  await untilMailed(city, applied, "outcome:withdrawn");

  const page = await createVisitor(city.url).get(link);
  expect(page.status).toBe(409);
  expect(await statusOf(city, applied)).toBe("withdrawn");
  await expectBooksFit(city, [applied]);
});

test("withdrawal and the last approval of the second round at once: one is first, and the books fit", async () => {
  const before = await balancesOf(city, "central");
  const applied = await rejected();
  await appeal(applied);
  await answer(applied, "uphold", "应予重新审批。");
  const approver = createVisitor(city.url);
  const decision = await approver.get(await presentLink(applied));
  const { visitor } = await follow(city.url, applied);
  const form = await visitor.get(paths.withdraw(applied.applicationId));
  const [decided] = await Promise.all([
    approver.send(decision, formWith(decision, "action", "decide"), {
      decision: "approve",
      pin: demoPin,
    }),
    visitor.send(form, formTo(form, "/withdraw")),
  ]);

  const events = (await eventTypesOf(city, applied)).slice(-2).join();
  expect(["appeal_upheld,approved", "appeal_upheld,withdrawn", "approved,withdrawn"]).toContain(
    events,
  );
  expect(decided.status).toBe(events === "appeal_upheld,withdrawn" ? 409 : 200);
  const kept = events === "appeal_upheld,approved" ? yuan(5_000) : 0;
  const after = await balancesOf(city, "central");
  expect(after.reservedFen - before.reservedFen).toBe(kept);
  await expectBooksFit(city, [applied]);
});
