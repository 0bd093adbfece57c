import { afterAll, beforeAll, expect, test } from "vitest";
import { formTo, wordsOf, type VisitedPage, type Visitor } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { commitDecision } from "#shared/casework/second-look.ts";
import type { Application } from "#shared/domain/application.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { commonPolicy } from "#test/support/cases.ts";
import { applyWith, caseOf, startCity, until } from "#test/support/city.ts";
import { postAsIs, signIn } from "#test/support/desk.ts";

let city: Embedded;
let admin: Visitor;
let reviewer: Visitor;
beforeAll(async () => {
  city = await startCity();
  admin = await signIn(city, "admin");
  reviewer = await signIn(city, "reviewer");
});
afterAll(() => city.stop());

const list = paths.desk("oversight");
const everybody = { ...commonPolicy, secondLook: { approvedPercent: 100, refusedPercent: 100 } };

const applied = async (): Promise<Application> => {
  const sent = await applyWith(city, "golden-autumn");
  await until("it is assessed", async () => (await caseOf(city, sent)).policyVersion !== null);
  return caseOf(city, sent);
};

/** A rejected case that was drawn; who decided it may be named. */
const drawn = async (staffId = "ST00000001"): Promise<SecondLook> => {
  let application = await applied();
  for (const [type, to] of [
    ["accepted", "in_verification"],
    ["visited", "in_approval"],
    ["rejected", "rejected"],
  ] as const) {
    const actor = { kind: "staff", staffId: staffId as StaffId } as const;
    const taken = takeStep(application, to, { type, at: city.clock.now(), actor });
    if (taken.kind === "refused") throw new Error(type);
    expect(await commitDecision(city.dependencies, { step: taken.step }, everybody)).toBe(
      "committed",
    );
    application = (await city.dependencies.cases.get(application.id)) ?? application;
  }
  const [look] = await city.dependencies.oversight.secondLooksOf(application.id);
  if (!look) throw new Error("not drawn");
  return look;
};

const lookPath = ({ applicationId, caseVersion }: SecondLook): string =>
  paths.desk("oversight", "looks", applicationId, String(caseVersion));

const give = async (
  look: SecondLook,
  fields: Readonly<Record<string, string>>,
): Promise<VisitedPage> => {
  const page = await reviewer.get(lookPath(look));
  return reviewer.send(page, formTo(page, lookPath(look)), fields);
};

test("a reviewer sees what was drawn, reads the case, and says what was found; wrong input keeps what was typed", async () => {
  const look = await drawn();
  const { applicationId } = look;
  const page = await reviewer.get(list);
  expect(wordsOf(page.html)).toContain(applicationId);
  const shown = await reviewer.get(lookPath(look));
  expect(shown.html).toContain(`href="${paths.desk("case", applicationId)}"`);
  // Whoever saw the seed within the month could draw ahead.
  expect(shown.html).not.toContain(look.seed);
  expect((await reviewer.get(paths.desk("case", applicationId))).status).toBe(200);

  const nothing = await give(look, { words: "材料一致" });
  const noWords = await give(look, { finding: "confirmed", words: " " });
  expect([nothing.status, noWords.status]).toEqual([422, 422]);
  expect(nothing.html).toContain('href="#finding"');
  expect(nothing.html).toContain("材料一致");
  expect(noWords.html).toContain('href="#words"');

  const done = await give(look, { finding: "confirmed", words: "材料一致" });
  expect(new URL(done.url).pathname).toBe(list);
  expect(wordsOf(done.html)).not.toContain(applicationId);
  const stored = await city.dependencies.oversight.secondLook(applicationId, look.caseVersion);
  expect(stored).toMatchObject({ finding: "confirmed", reason: "材料一致" });
  expect(city.mailbox.mails().filter(({ id }) => id.startsWith("concern:"))).toEqual([]);
});

test("a concern reaches the administrators by mail without its words, stays listed, and ends with what was done", async () => {
  const look = await drawn();
  await give(look, { finding: "concern", words: "收入证明前后不一" });

  const mails = city.mailbox.mails().filter(({ id }) => id.includes(look.applicationId));
  const concern = mails.find(({ id }) => id.startsWith("concern:"));
  expect(concern?.to).toBe("admin@example.org");
  expect(concern?.text).not.toContain("收入");
  expect(wordsOf((await admin.get(list)).html)).toContain(look.applicationId);

  const page = await admin.get(lookPath(look));
  expect(wordsOf(page.html)).toContain("收入证明前后不一");
  const form = formTo(page, `/concerns/${look.applicationId}/${look.caseVersion}`);
  const empty = await admin.send(page, form, { words: "" });
  expect(empty.status).toBe(422);
  const done = await admin.send(page, form, { words: "已请区总工会重新核实收入" });
  expect(new URL(done.url).pathname).toBe(list);
  expect(wordsOf(done.html)).not.toContain(look.applicationId);
  expect(wordsOf((await admin.get(lookPath(look))).html)).toContain("重新核实收入");
  expect((await admin.send(page, form, { words: "再写一次" })).status).toBe(409);
});

test("whoever had a part in the case is offered no form, and a forced one is refused", async () => {
  const { staff } = await city.dependencies.directory.organisation();
  const { id } = staff.find(({ email }) => email === "reviewer@example.org") ?? { id: "" };
  const look = await drawn(id);

  const page = await reviewer.get(lookPath(look));
  expect(wordsOf(page.html)).toContain("您参与过这个案件");
  const fields = { finding: "confirmed", words: "我自己看过" };
  expect((await postAsIs(reviewer, lookPath(look), fields)).status).toBe(403);
  const stored = await city.dependencies.oversight.secondLook(look.applicationId, look.caseVersion);
  expect(stored).toMatchObject({ lookedAt: null });
});

test("each part is for those whose work it is", async () => {
  const finance = await signIn(city, "finance");
  const look = await drawn();
  expect((await finance.get(list)).status).toBe(403);
  expect((await finance.get(lookPath(look))).status).toBe(403);
  for (const path of ["comparison", "bars"]) {
    expect((await reviewer.get(paths.desk("oversight", path))).status).toBe(403);
    expect((await admin.get(paths.desk("oversight", path))).status).toBe(200);
  }
  const fields = { finding: "confirmed", words: "x" };
  expect((await postAsIs(admin, lookPath(look), fields)).status).toBe(403);
  const bar = { reference: look.applicationId, code: "false_declaration", words: "x" };
  expect((await postAsIs(reviewer, paths.desk("oversight", "bars"), bar)).status).toBe(403);
  for (const wrong of ["SN0000000000/3", `${look.applicationId}/999`, "x/y"]) {
    expect((await reviewer.get(`${list}/looks/${wrong}`)).status).toBe(404);
  }
});

const passphrase = "示例市与邻市二零二六年金秋助学比对口令，九月作废";

test("two branches compare lists; ours names no case or person, theirs leaves a flag at the case", async () => {
  const address = paths.desk("oversight", "comparison");
  const application = await applied();
  const page = await admin.get(`${address}?step=export`);
  const form = formTo(page, "/comparison/export");
  const short = await admin.send(page, form, { passphrase: "短", from: "2026-07-01" });
  expect(short.status).toBe(422);
  expect(short.html).toContain('href="#passphrase"');
  expect(short.html).toContain('value="2026-07-01"');
  const days = { passphrase, from: "2026-07-01", to: "2026-08-31" };
  const backwards = await admin.send(page, form, { ...days, to: "2026-06-30" });
  expect(backwards.html).toContain('href="#to"');

  const ready = await admin.send(page, form, days);
  expect(wordsOf(ready.html)).toContain("清单已生成");
  const link = /href="(?<link>\/desk\/oversight\/lists\/[0-9a-f]{24}\.csv)"/u.exec(ready.html);
  const exported = new TextDecoder().decode(await admin.download(link?.groups?.["link"] ?? ""));
  const answers = await city.dependencies.cases.answers(application);
  expect(exported).toContain("programme,period,hash");
  expect(exported).not.toContain(application.id);
  expect(exported).not.toContain(answers?.["applicantIdNumber"] ?? "none");

  // The other branch has one of our people, and somebody of its own.
  const [head = "", check = "", first = ""] = exported.replace("\uFEFF", "").split("\r\n");
  const theirs = [head, check, first, `golden-autumn,2026-2027,${"x".repeat(43)}`, ""].join("\r\n");
  const upload = await admin.get(`${address}?step=import`);
  const fileForm = upload.forms.find(({ multipart }) => multipart);
  if (!fileForm) throw new Error("no upload");
  const bytes = new TextEncoder().encode(theirs);
  const sent = await admin.upload(upload, fileForm, { name: "x.csv", type: "text/csv", bytes });
  const compare = formTo(sent, "/comparison/import");
  const mistyped = { ...days, branch: "邻市总工会", passphrase: `${passphrase}！` };
  const wrong = await admin.send(sent, compare, mistyped);
  expect(wrong.status).toBe(422);
  expect(wordsOf(wrong.html)).toContain("口令或起止日期与对方不一致");
  expect(wrong.html).toContain('value="邻市总工会"');
  expect(wrong.html).not.toContain(passphrase);
  const unnamed = await admin.send(sent, compare, { ...days, branch: "a#b" });
  expect(unnamed.html).toContain('href="#branch"');

  const done = await admin.send(sent, compare, { ...days, branch: "邻市总工会" });
  expect(wordsOf(done.html)).toContain("比对完成");
  const matched = /\/desk\/oversight\/matches\/(?<id>SN[0-9A-Z]{10})/u.exec(done.html);
  const id = matched?.groups?.["id"] ?? "";
  const match = await admin.get(paths.desk("oversight", "matches", id));
  const closing = formTo(match, `/matches/${id}`);
  expect((await admin.send(match, closing, { words: "" })).status).toBe(422);
  const auditor = await signIn(city, "auditor");
  expect(wordsOf((await auditor.get(paths.desk("case", id))).html)).toContain("还没有核对结果");
  await admin.send(match, closing, { words: "对方查实为同名同号登记错误" });
  expect(wordsOf((await auditor.get(paths.desk("case", id))).html)).toContain("登记错误");
  expect(wordsOf((await admin.get(paths.desk("oversight"))).html)).not.toContain("邻市总工会");
});

test("a bar is set from a case with cause and reason, listed, and lifted with a reason", async () => {
  const address = paths.desk("oversight", "bars");
  const application = await applied();
  const page = await admin.get(address);
  const form = formTo(page, "/bars");
  const unknown = await admin.send(page, form, { reference: "SN0000000000", words: "票据伪造" });
  expect(unknown.status).toBe(422);
  expect(unknown.html).toContain('href="#reference"');
  expect(unknown.html).toContain("票据伪造");
  const noCause = await admin.send(page, form, { reference: application.id, words: "票据伪造" });
  expect(noCause.html).toContain('href="#code"');
  const noWords = await admin.send(page, form, {
    reference: application.id,
    code: "false_declaration",
  });
  expect(noWords.html).toContain('href="#words"');

  const set = await admin.send(page, form, {
    reference: application.id.toLowerCase(),
    code: "false_declaration",
    words: "票据伪造",
  });
  expect(wordsOf(set.html)).toContain("2029年7月20日");
  expect(wordsOf(set.html)).toContain("限制中");
  const answers = await city.dependencies.cases.answers(application);
  expect(set.html).not.toContain(answers?.["applicantIdNumber"] ?? "none");

  const lifting = formTo(set, "/bars/lift");
  const [bar] = await city.dependencies.oversight.bars(10);
  const key = `${bar?.person}|${bar?.from}`;
  const why = await admin.send(set, lifting, { bar: key, liftWords: "" });
  expect(why.status).toBe(422);
  expect((await admin.send(set, lifting, { bar: "", liftWords: "x" })).status).toBe(422);
  const lifted = await admin.send(set, lifting, { bar: key, liftWords: "申诉成立" });
  expect(wordsOf(lifted.html)).toContain("已解除");
});
