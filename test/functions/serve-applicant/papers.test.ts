import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paperMaxBytes } from "#shared/domain/paper-file.ts";
import { paths } from "#shared/web/paths.ts";
import {
  handIn,
  sendPaper,
  sendPapers,
  startDraft,
  uploadForms,
  type Draft,
} from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";
import { aPhoto } from "#test/support/photo.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const papersOf = ({ id }: Draft) => city.dependencies.cases.papers(id);

test("the page asks for what the answers call for, and each file goes straight to the store", async () => {
  const draft = await startDraft(city, "golden-autumn");

  const forms = uploadForms(draft.page);

  expect(wordsOf(draft.page.html)).toContain("录取通知书");
  expect(forms.length).toBeGreaterThan(4);
  for (const { action, fields } of forms) {
    expect(new URL(action).pathname).toMatch(/^\/s3\//u);
    const { key = "" } = Object.fromEntries(fields);
    expect(key).toMatch(new RegExp(`^incoming/${draft.id}/0/[a-z_]+/[\\w-]+$`, "u"));
  }
});

test.each([
  ["a program", Buffer.from("MZ\x90\0program"), "不是照片"],
  ["a page", Buffer.from("<!doctype html><script>alert(1)</script>"), "不是照片"],
  ["a drawing", Buffer.from(`<svg onload="alert(1)"/>`), "不是照片"],
  ["an archive", Buffer.from("PK\x03\x04archive"), "不是照片"],
  ["a PDF that is a page as well", Buffer.from("%PDF-1.4\n<script>1</script>"), "夹带了网页内容"],
])("%s is named as not usable and never becomes a paper", async (_what, bytes, words) => {
  const draft = await startDraft(city, "emergency");

  const page = await sendPaper(draft.visitor, draft.page, 0, bytes);
  const handed = await handIn(draft.visitor, await sendPapers(draft.visitor, page));

  expect(page.status).toBe(200);
  expect(wordsOf(page.html)).toContain(words);
  expect(handed.url).toMatch(/\/receipt$/u);
  const papers = await papersOf(draft);
  expect(papers.every(({ mediaType }) => mediaType === "image/jpeg")).toBe(true);
  expect(papers.map(({ sha256 }) => sha256)).not.toContain(
    createHash("sha256").update(bytes).digest("hex"),
  );
});

test("only what isn't usable was sent: the paper is still missing, and the page says which", async () => {
  const draft = await startDraft(city, "golden-autumn");
  await sendPaper(draft.visitor, draft.page, 0, Buffer.from("hello"));

  const page = await handIn(draft.visitor, await draft.visitor.get(draft.page.url));

  expect(page.status).toBe(422);
  expect(page.html).toContain('href="#paper-');
  expect(await papersOf(draft)).toEqual([]);
  expect((await city.dependencies.cases.get(draft.id))?.status).toBe("draft");
});

test("in an emergency nothing has to be sent with the form, and the page says so", async () => {
  const draft = await startDraft(city, "emergency");
  const words = wordsOf(draft.page.html);
  expect(words).toContain("先救助、后补手续");
  // Proof of the event and ID cards are asked for if they are at hand; a residence permit isn't yet.
  expect(words).toContain("事件证明");
  expect(words).not.toContain("居住证");
  expect((await handIn(draft.visitor, draft.page)).status).toBe(200);
  expect((await city.dependencies.cases.get(draft.id))?.status).not.toBe("draft");
});

test("an empty file and one byte too many are refused by the store itself", async () => {
  const draft = await startDraft(city, "emergency");
  const large = Buffer.alloc(paperMaxBytes + 1, 0xff);

  expect((await sendPaper(draft.visitor, draft.page, 0, new Uint8Array())).status).toBe(400);
  expect((await sendPaper(draft.visitor, draft.page, 0, large)).status).toBe(400);
  expect(await city.dependencies.papers.list(`incoming/${draft.id}/`)).toEqual([]);
});

test("an empty or oversized file that got in all the same is not taken", async () => {
  const draft = await startDraft(city, "golden-autumn");
  const prefix = `incoming/${draft.id}/0/id_cards`;
  await city.dependencies.papers.write(`${prefix}/empty`, new Uint8Array(), "image/jpeg");
  const large = Buffer.concat([aPhoto(1), Buffer.alloc(paperMaxBytes)]);
  await city.dependencies.papers.write(`${prefix}/large`, large, "image/jpeg");

  const page = await draft.visitor.get(draft.page.url);
  const words = wordsOf(page.html);

  expect(words).toContain("这个文件是空的");
  expect(words).toContain("超过 10 MB");
  expect((await handIn(draft.visitor, page)).status).toBe(422);
  expect(await papersOf(draft)).toEqual([]);
});

test("a form for one case can't put a file into another case's place", async () => {
  const [mine, other] = [await startDraft(city, "emergency"), await startDraft(city, "emergency")];
  const [form] = uploadForms(mine.page);
  const key = `incoming/${other.id}/0/id_cards/stolen`;
  const fields = (form?.fields ?? []).map(([name, value]) =>
    name === "key" ? ([name, key] as const) : ([name, value] as const),
  );

  const answered = await mine.visitor.upload(
    mine.page,
    { action: form?.action ?? "", method: "post", multipart: true, fields },
    { name: "x", type: "image/jpeg", bytes: aPhoto(9) },
  );

  expect(answered.status).toBe(403);
  expect(await city.dependencies.papers.list(`incoming/${other.id}/`)).toEqual([]);
});

test("papers that were handed in stay where they are, by their content, with what they were", async () => {
  const draft = await startDraft(city, "emergency");
  const bytes = aPhoto(4711);
  const page = await sendPapers(
    draft.visitor,
    await sendPaper(draft.visitor, draft.page, 0, bytes),
  );
  await handIn(draft.visitor, page);

  const papers = await papersOf(draft);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const paper = papers.find((candidate) => candidate.sha256 === sha256);

  expect(papers.map(({ number }) => number)).toEqual(papers.map((_paper, index) => index + 1));
  expect(paper).toMatchObject({
    objectKey: `papers/${draft.id}/${sha256}`,
    mediaType: "image/jpeg",
    sizeBytes: bytes.length,
  });
  const stored = await city.dependencies.papers.read(paper?.objectKey ?? "", paperMaxBytes);
  expect(Buffer.from(stored ?? []).equals(bytes)).toBe(true);
});

test("the same photo sent twice for one kind is one paper", async () => {
  const draft = await startDraft(city, "emergency");
  const bytes = aPhoto(4712);
  await sendPaper(draft.visitor, draft.page, 0, bytes);
  await sendPaper(draft.visitor, draft.page, 0, bytes);
  const again = await draft.visitor.get(draft.page.url);
  const page = await sendPapers(draft.visitor, await sendPaper(draft.visitor, again, 0, bytes));

  await handIn(draft.visitor, page);

  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const same = (await papersOf(draft)).filter((paper) => paper.sha256 === sha256);
  expect(same).toHaveLength(1);
});

test("a file that was ticked to be left out isn't handed in", async () => {
  const draft = await startDraft(city, "emergency");
  const bytes = aPhoto(4713);
  const first = await sendPaper(draft.visitor, draft.page, 0, bytes);
  const name = /name="(?<name>leave-[\w-]+)"/u.exec(first.html)?.groups?.["name"] ?? "";
  const page = await sendPapers(draft.visitor, first);
  const send = page.forms.find(({ action }) => action.endsWith("/submit"));
  if (!send) throw new Error("no button");

  const receipt = await draft.visitor.send(page, send, { [name]: "yes" });

  expect(receipt.url).toMatch(/\/receipt$/u);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect((await papersOf(draft)).map((paper) => paper.sha256)).not.toContain(sha256);
});

test("answers can be changed before sending, and the papers that landed stay", async () => {
  const draft = await startDraft(city, "emergency");
  await sendPaper(draft.visitor, draft.page, 0);
  const address = paths.answers(draft.programmeId, draft.id);
  const form = await draft.visitor.get(address);
  const answers = form.forms.find(({ action }) => action.endsWith("/answers"));
  if (!answers) throw new Error("no form");

  const page = await draft.visitor.send(form, answers, { address: "新住址 9 号" });

  expect(page.url).toContain("/papers");
  expect(wordsOf(page.html)).toContain("已上传");
  const application = await city.dependencies.cases.get(draft.id);
  expect(application).toMatchObject({ status: "draft" });
  const stored = application && (await city.dependencies.cases.draftAnswers(application));
  expect(stored?.answers["address"]).toBe("新住址 9 号");
});

test("wrong changes of a draft come back with what was typed, and the draft stays as it was", async () => {
  const draft = await startDraft(city, "emergency");
  const form = await draft.visitor.get(paths.answers(draft.programmeId, draft.id));
  const answers = form.forms.find(({ action }) => action.endsWith("/answers"));
  if (!answers) throw new Error("no form");

  const page = await draft.visitor.send(form, answers, { phone: "123" });
  const forged = await draft.visitor.send(form, answers, { _token: "forged", address: "别处" });

  expect(page.status).toBe(422);
  expect(page.html).toContain('href="#f-phone"');
  expect(forged.status).toBe(403);
  expect(forged.html).toContain('value="别处"');
  const application = await city.dependencies.cases.get(draft.id);
  const kept = application && (await city.dependencies.cases.draftAnswers(application));
  expect(kept?.answers).toMatchObject({
    phone: draft.answers["phone"],
    address: draft.answers["address"],
  });
});
