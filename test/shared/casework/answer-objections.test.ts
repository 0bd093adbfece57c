import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { answerObjections, isMailAddress } from "#shared/casework/answer-objections.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import { objectTo } from "#shared/casework/raise-objection.ts";
import type { Application } from "#shared/domain/application.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { applicationIdOf, monday } from "#test/support/cases.ts";
import {
  answersOfCase,
  caseOf,
  startCaseworkWorld,
  type CaseworkWorld,
} from "#test/support/casework-world.ts";
import { surviveEveryCrash } from "#test/support/crash.ts";
import { beginAnew, endStateOf } from "#test/support/end-state.ts";
import { said, storeNoticed } from "#test/support/notices.ts";

let world: CaseworkWorld;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());
beforeEach(() => beginAnew(world));

const answerMails = () => world.mails.filter(({ id }) => id.startsWith("objection-answer:"));

const storeObjected = async (number: number, contacts: readonly string[]): Promise<Application> => {
  const application = await storeNoticed(world.uses, number);
  await publishNotice(world.uses, application);
  for (const contact of contacts) {
    await objectTo(world.uses, application.id, said("他有两套房", { contact }));
  }
  return caseOf(world.uses, application);
};

/** The reviewer's answer, as recorded. */
const answer = async (application: Application, reason: string): Promise<Application> => {
  const taken = takeStep(application, "public_notice", {
    type: "objection_dismissed",
    at: monday,
    actor: { kind: "staff", staffId: "city-1" as StaffId },
    confidential: { reason },
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  expect(await world.uses.cases.commit({ step: taken.step })).toBe("committed");
  return caseOf(world.uses, application);
};

test("whoever left an address gets the answer in the reviewer's words, once", async () => {
  const held = await storeObjected(1, ["a@example.org"]);
  expect(await answerObjections(world.uses, held)).toBe(0);
  const answered = await answer(held, "经入户核实，名下只有一套住房。");

  expect(await answerObjections(world.uses, answered)).toBe(1);
  expect(await answerObjections(world.uses, answered)).toBe(0);

  const [mail] = answerMails();
  expect(mail).toMatchObject({
    id: `objection-answer:${answered.id}-1`,
    to: "a@example.org",
  });
  expect(mail?.text).toContain("经入户核实，名下只有一套住房。");
  expect(mail?.text).toContain("异议不成立");
  expect(answerMails()).toHaveLength(1);
});

test("who left a phone, a name or nothing is not mailed: whoever answers reaches them", async () => {
  const held = await storeObjected(2, ["", "13900001111", "老王，在三车间", "x@y"]);
  expect(await answerObjections(world.uses, await answer(held, "不属实"))).toBe(0);
  expect(answerMails()).toEqual([]);
});

test("every objector of the same hold gets the same answer, each at their own address", async () => {
  const held = await storeObjected(3, ["a@example.org", "b@example.org"]);
  expect(await answerObjections(world.uses, await answer(held, "已核实"))).toBe(2);
  expect(answerMails().map(({ to }) => to)).toEqual(["a@example.org", "b@example.org"]);
});

test.each([
  [
    "the applicant's name",
    (typed: Record<string, string>) => `${typed["applicantName"]}只有一套房`,
  ],
  ["an ID number", () => "身份证号370285199001014321查无此房"],
  ["a phone", () => "可致电13812345678"],
])(
  "words that hold %s are not mailed: the objector is asked to come for them",
  async (_what, say) => {
    const held = await storeObjected(4, ["a@example.org"]);
    const reason = say(answersOfCase(held, 4));
    await answerObjections(world.uses, await answer(held, reason));

    const [mail] = answerMails();
    expect(mail?.text).not.toContain(reason);
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/\d{11}/u);
    expect(mail?.text).toContain("到公示页所列工会查看");
  },
);

test("a case that was never reviewed costs no read", async () => {
  const application = await storeNoticed(world.uses, 5);
  const notices = { ...world.uses.notices, objectionsOf: () => Promise.reject(new Error("read")) };
  expect(await answerObjections({ ...world.uses, notices }, application)).toBe(0);
});

test("cut off anywhere and run again, each answer is mailed as one mail", async () => {
  const { end, faults } = await surviveEveryCrash({
    begin: async () => {
      const uses = await beginAnew(world);
      await answer(await storeObjected(6, ["a@example.org"]), "已核实，情况属实");
      return uses;
    },
    run: async (uses) => answerObjections(uses, await caseOf(uses, { id: applicationIdOf(6) })),
    end: async () => {
      const { rows, ...rest } = await endStateOf(world);
      // Forms of a test are numbered through all of its worlds.
      return { ...rest, rows: rows.map((row) => ({ ...row, formKey: "form" })) };
    },
  });
  expect(faults).toEqual(
    expect.arrayContaining(["after mailer.send", "after notices.markAnswered"]),
  );
  const answers = Object.entries(end.mails).filter(([id]) => id.startsWith("objection-answer:"));
  expect(answers.map(([, kept]) => kept.length)).toEqual([1]);
});

test.each([
  ["a@example.org", true],
  ["first.last+tag@mail.example.org", true],
  ["a@b", false],
  ["王@example.org", false],
  ["a@example.org, b@example.org", false],
  ["a@example.org\nBcc: x@y.org", false],
  ["13900001111", false],
  ["", false],
])("%j is an address to mail to: %s", (contact, expected) => {
  expect(isMailAddress(contact)).toBe(expected);
});
