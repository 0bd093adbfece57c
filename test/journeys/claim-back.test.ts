/** A payment that was found wrong later (追回): claimed back by two people, told, paid back, and in the books. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { follow, type Applied } from "#infra/local/demo/applicant.ts";
import { formTo, wordsOf, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { caseOf, decideAt, startCity } from "#test/support/city.ts";
import { postAsIs, signIn } from "#test/support/desk.ts";
import {
  applyAs,
  balancesOf,
  endNotice,
  everyRow,
  expectBooksFit,
  mailsOf,
  movedSince,
  payOut,
  untilMailed,
  untilStatus,
} from "#test/support/journey.ts";

let city: Embedded;
let officer: Visitor;
let authoriser: Visitor;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

/** 5,000 yuan, applied for, approved, noticed and paid. */
const aPaidCase = async (): Promise<Applied> => {
  const applied = await applyAs(city, "golden-autumn", { example: "1:" });
  await decideAt(city, applied, "station");
  await decideAt(city, applied, "district");
  await endNotice(city, applied);
  await payOut(city, "central");
  await untilStatus(city, applied, "paid");
  // A notice takes days, and a session doesn't.
  officer = await signIn(city, "finance");
  authoriser = await signIn(city, "authoriser");
  return applied;
};

const claimPage = ({ applicationId }: Applied): string =>
  paths.desk("recovery", applicationId, "claim");

const reason = "核查发现同一学年已由街道发放两千元";

const propose = async (
  applied: Applied,
  fields: Readonly<Record<string, string>> = {},
): ReturnType<Visitor["send"]> => {
  const open = await officer.get(claimPage(applied));
  const form = formTo(open, "/claim");
  return officer.send(open, form, { amount: "2000", cause: "paid_twice", reason, ...fields });
};

test("claimed by finance, confirmed by the authoriser, repaid in two parts: closed, and the ledger agrees", async () => {
  const applied = await aPaidCase();
  const { applicationId } = applied;
  const before = await balancesOf(city, "central");
  const shown = await officer.get(paths.desk("case", applicationId));
  expect(shown.html).toContain(claimPage(applied));

  const above = await propose(applied, { amount: "5000.01" });
  expect(above.status).toBe(422);
  expect(above.html).toContain('value="5000.01"');
  expect(above.html).toContain(reason);
  expect((await propose(applied, { reason: " " })).status).toBe(422);
  expect((await propose(applied, { cause: "" })).status).toBe(422);
  const open = await officer.get(claimPage(applied));
  const typed = { amount: "2000", cause: "paid_twice", reason };
  const said = await officer.send(open, formTo(open, "/claim"), typed);
  expect(wordsOf(said.html)).toContain("等待第二人确认");
  // The same form sent twice is one proposal.
  expect((await officer.send(open, formTo(open, "/claim"), typed)).status).toBe(200);

  // Nothing is owed, and the applicant is told nothing.
  expect((await caseOf(city, applied)).status).toBe("paid");
  const told = wordsOf((await follow(city.url, applied)).page.html);
  expect(told).not.toContain("追回");
  expect(mailsOf(city, applied).filter((kind) => kind === "claim-to-confirm")).toHaveLength(1);
  expect(said.forms.some(({ action }) => action.endsWith("/claim-confirmed"))).toBe(false);
  const version = String((await caseOf(city, applied)).version);
  const confirming = paths.desk("recovery", applicationId, "claim-confirmed");
  expect((await postAsIs(officer, confirming, { version })).status).toBe(403);

  const waiting = await authoriser.get(claimPage(applied));
  expect(wordsOf(waiting.html)).toContain(reason);
  await authoriser.send(waiting, formTo(waiting, "/claim-confirmed"));
  await untilStatus(city, applied, "recovery_due");
  await untilMailed(city, applied, "outcome:recovery_due");
  const late = await authoriser.send(waiting, formTo(waiting, "/claim-confirmed"));
  expect(late.status).toBe(409);
  const { page } = await follow(city.url, applied);
  for (const word of ["应退回金额", "2,000.00", "同一救助重复发放", reason, "可以分次退"]) {
    expect(wordsOf(page.html)).toContain(word);
  }

  const repay = async (amount: string, voucher: string) => {
    const recovery = await officer.get(paths.desk("recovery", applicationId));
    return officer.send(recovery, formTo(recovery, "/repayments"), { amount, voucher });
  };
  expect((await repay("2000.01", "HD-1")).status).toBe(422);
  await repay("800", "HD-1");
  expect(wordsOf((await repay("1200", "HD-2")).html)).toContain("已办结");
  expect((await caseOf(city, applied)).status).toBe("closed");
  expect(await movedSince(city, before, "central")).toEqual({
    available: 200_000,
    reserved: 0,
    paid: -200_000,
  });
  expect(mailsOf(city, applied)).toContain("outcome:recovered");
  await expectBooksFit(city, [applied]);
  expect((await everyRow()).join("\n")).not.toContain(reason);
});
