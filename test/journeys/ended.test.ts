/** Cases that end without money, or take a detour: refused, rejected, lapsed, returned; and what one may do then. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { formTo, wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { paths } from "#shared/web/paths.ts";
import { sendPaper, uploadForms } from "#test/support/applicant.ts";
import { caseOf, decideAt, startCity, until } from "#test/support/city.ts";
import {
  applyAgain,
  applyAs,
  balancesOf,
  endNotice,
  eventTypesOf,
  expectBooksFit,
  mailsOf,
  payOut,
  statusOf,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const untouched = async (): Promise<unknown> => {
  const funds = await city.dependencies.funds.all();
  return Promise.all(funds.map(({ id }) => balancesOf(city, id)));
};

/** Nothing more happens to it: its execution has ended, well. */
const expectEnded = async (applied: Applied): Promise<void> => {
  const own = () => city.executions().filter(({ name }) => name.startsWith(applied.applicationId));
  await until("its execution has ended", () => own().every(({ status }) => status !== "RUNNING"));
  expect(own().every(({ status }) => status === "SUCCEEDED")).toBe(true);
  await expectBooksFit(city, [applied]);
};

/** What happens to every case before its base office decides. */
const handled = ["submitted", "assessed", "accepted", "visited"] as const;

test("rejected by a person: no money moves, the reason stands on the applicant's page, the answer is mailed", async () => {
  const before = await untouched();
  const applied = await applyAs(city, "golden-autumn");
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district", { kind: "reject", reason: "学籍核实不符" });
  await untilMailed(city, applied, "outcome:refused");

  expect(await statusOf(city, applied)).toBe("rejected");
  expect(await eventTypesOf(city, applied)).toEqual([
    ...handled,
    "tier_approved",
    "notice_ended",
    "rejected",
  ]);
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "approval", "outcome:refused"]);
  const { page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("学籍核实不符");
  expect(await untouched()).toEqual(before);
  await expectEnded(applied);
});

test.each([
  ["4:", "GA_EXCLUDED_PROGRAMME", { studyKind: "regular" }],
  ["14:", "EXCLUDED_PROPERTY", { homes: "1" }],
] as const)(
  "policy case %s the rules' refusal is confirmed by people, with its code; mended, the same family applies again and is approved",
  async (example, refusalCode, mended) => {
    const before = await untouched();
    const applied = await applyAs(city, "golden-autumn", { example });
    await decideAt(city, applied, "station", { kind: "confirm_refusal" });
    expect(await caseOf(city, applied)).toMatchObject({ tier: "district", amountFen: zeroFen });
    await expect(applyAgain(city, applied, mended)).rejects.toThrow("同样的申请已经有一份");
    await decideAt(city, applied, "district", { kind: "confirm_refusal" });
    await untilMailed(city, applied, "outcome:refused");

    expect(await caseOf(city, applied)).toMatchObject({ status: "ineligible", refusalCode });
    expect(await eventTypesOf(city, applied)).toEqual([
      "submitted",
      "assessed",
      // What the rules refuse needs no visit.
      "accepted",
      "refusal_confirmed_at_tier",
      "refusal_confirmed",
    ]);
    expect(mailsOf(city, applied)).toEqual(["received", "approval", "approval", "outcome:refused"]);
    expect(await untouched()).toEqual(before);
    await expectEnded(applied);

    const again = await applyAgain(city, applied, mended);
    await decideAt(city, again, "station");
    await decideAt(city, again, "district");
    expect(await caseOf(city, again)).toMatchObject({
      status: "public_notice",
      amountFen: yuan(5_000),
    });
  },
);

test("returned and never answered: it lapses after ten working days and not before, is told, and may be applied for again", async () => {
  // All year; a programme with a season admits papers to its day for supplements.
  const applied = await applyAs(city, "critical-illness");
  await decideAt(city, applied, "station", { kind: "return", reason: "请补充学籍证明" });
  await untilMailed(city, applied, "information");
  const { deadlineAt } = await caseOf(city, applied);
  const { visitor } = await follow(city.url, applied);
  await city.clock.advanceTo(addMinutes(deadlineAt!, -1));
  expect(await statusOf(city, applied)).toBe("needs_information");

  // The job that ends overdue cases runs once a night.
  await city.clock.advanceTo(addMinutes(deadlineAt!, 24 * 60));
  await untilMailed(city, applied, "outcome:lapsed");

  expect(await caseOf(city, applied)).toMatchObject({ status: "lapsed", deadlineAt: null });
  expect(await eventTypesOf(city, applied)).toEqual([...handled, "returned", "lapsed"]);
  expect(mailsOf(city, applied)).toEqual(["received", "approval", "information", "outcome:lapsed"]);
  const late = await visitor.get(paths.information(applied.applicationId));
  expect(late.status).toBe(404);
  const { visitor: later } = await follow(city.url, applied);
  const closed = await later.get(paths.information(applied.applicationId));
  expect(new URL(closed.url).pathname).toBe(paths.case(applied.applicationId));
  await expectEnded(applied);

  const again = await applyAgain(city, applied);
  await untilStatus(city, again, "in_acceptance");
});

test("policy case 8 without the mutual-aid settlement sheet: returned, completed, and paid by the same route; the tier that asked goes on", async () => {
  const applied = await applyAs(city, "critical-illness", { example: "8:" });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district", {
    kind: "return",
    reason: "缺互助保障结算单，请补正",
  });
  await untilMailed(city, applied, "information");
  expect(await caseOf(city, applied)).toMatchObject({
    status: "needs_information",
    tier: "district",
    recommendation: "approve",
  });
  const { visitor, page } = await follow(city.url, applied);
  expect(wordsOf(page.html)).toContain("缺互助保障结算单，请补正");
  const information = await visitor.get(paths.information(applied.applicationId));
  const kinds = uploadForms(information).map(({ fields }) => Object.fromEntries(fields)["key"]);
  const sheet = kinds.findIndex((key) => key?.includes("/mutual_aid"));
  expect(sheet, String(kinds)).toBeGreaterThanOrEqual(0);
  const before = await city.dependencies.cases.papers(applied.applicationId);
  const sent = await sendPaper(visitor, information, sheet);
  const handed = await visitor.send(sent, formTo(sent, "/information"));
  expect(handed.status, wordsOf(handed.html).slice(0, 300)).toBe(200);
  await until("the district is asked again", () => {
    const asked = mailsOf(city, applied).filter((kind) => kind === "approval");
    return asked.length === 3;
  });

  const after = await city.dependencies.cases.papers(applied.applicationId);
  expect(after).toHaveLength(before.length + 1);
  expect(after.at(-1)?.kind).toBe(before.find(({ kind }) => kind.startsWith("mutual_aid"))?.kind);
  expect(await caseOf(city, applied)).toMatchObject({
    tier: "district",
    round: 1,
    amountFen: yuan(10_600),
    decidedBy: { station: "ST00000001" },
  });
  const newest = city.mailbox.mails().find(({ text }) => text.includes(applied.applicationId));
  const link = /https?:\S+\/decide\/\S+/u.exec(newest?.text ?? "")?.[0] ?? "";
  expect(link).toContain(".district.");
  await decideAt(city, applied, "district");
  await decideAt(city, applied, "city", { minutes: "示总办〔2026〕13号" });
  await endNotice(city, applied);
  await payOut(city, "central");

  expect(await statusOf(city, applied)).toBe("paid");
  expect(await eventTypesOf(city, applied)).toEqual([
    ...handled,
    "tier_approved",
    "notice_ended",
    "returned",
    "information_given",
    "assessed",
    "tier_approved",
    "approved",
    "notice_ended",
    "batched",
    "paid",
  ]);
  expect(mailsOf(city, applied)).toEqual([
    "received",
    "approval",
    "approval",
    "information",
    "approval",
    "approval",
    "outcome:approved",
  ]);
  await expectEnded(applied);
});
