/** Photos as phones send them, through the pages and the store: what is kept of them, and what becomes of a HEIC. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordsOf, type VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paperMaxBytes } from "#shared/domain/paper-file.ts";
import {
  handIn,
  sendPaper,
  sendPapers,
  startDraft,
  uploadForms,
  type Draft,
} from "#test/support/applicant.ts";
import { cameraHeic, cameraJpeg, phoneName, readJpeg } from "#test/support/camera-photo.ts";
import { startCity, until } from "#test/support/city.ts";
import { aPhoto } from "#test/support/photo.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

/** The files that were kept of the first kind of paper a page asks for. */
const keptOf = async ({ id, page }: Draft): Promise<readonly Buffer[]> => {
  const kind = /\/(?<kind>[a-z0-9_]+)\/[\w-]+$/u.exec(keyOf(page))?.groups?.["kind"];
  const papers = await city.dependencies.cases.papers(id);
  const ours = papers.filter((paper) => paper.kind === kind);
  return Promise.all(
    ours.map(async ({ objectKey }) =>
      Buffer.from((await city.dependencies.papers.read(objectKey, paperMaxBytes)) ?? []),
    ),
  );
};

const keyOf = (page: VisitedPage): string =>
  new Map(uploadForms(page)[0]?.fields ?? []).get("key") ?? "";

/** Reads the page again until nothing on it is being converted. */
const settled = async ({ visitor, page }: Draft): Promise<VisitedPage> => {
  let shown = page;
  await until("nothing is being converted", async () => {
    shown = await visitor.get(page.url);
    return !shown.html.includes("data-converting");
  });
  return shown;
};

test("a photo with a place in it is kept without it, and looks as it did", async () => {
  const draft = await startDraft(city, "emergency");
  const photo = cameraJpeg({ orientation: 6 });
  expect(photo.includes(phoneName)).toBe(true);

  await sendPaper(draft.visitor, draft.page, 0, photo);
  const handed = await handIn(draft.visitor, await draft.visitor.get(draft.page.url));

  expect(handed.url).toMatch(/\/receipt$/u);
  const [kept, ...more] = await keptOf(draft);
  expect(more).toEqual([]);
  for (const trace of [phoneName, "GPS", "xmpmeta", "film", "home"]) {
    expect(kept?.includes(trace), trace).toBe(false);
  }
  const { exif, left, right } = readJpeg(kept ?? Buffer.alloc(0));
  expect([left, right]).toEqual([readJpeg(photo).left, readJpeg(photo).right]);
  expect(exif?.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]))).toBe(true);
});

test("a HEIC becomes a JPEG that opens; several pages of one kind are each kept", async () => {
  const draft = await startDraft(city, "emergency");
  const first = await sendPaper(draft.visitor, draft.page, 0, cameraHeic);
  expect(first.status).toBe(200);
  await sendPaper(draft.visitor, await settled(draft), 0, aPhoto(81));
  await sendPaper(draft.visitor, await draft.visitor.get(draft.page.url), 0, aPhoto(82));

  const handed = await handIn(draft.visitor, await draft.visitor.get(draft.page.url));

  expect(handed.url).toMatch(/\/receipt$/u);
  const kept = await keptOf(draft);
  expect(kept).toHaveLength(3);
  expect(kept.some((body) => body.equals(Buffer.from(cameraHeic)))).toBe(false);
  const converted = kept.find((body) => readJpeg(body).width === 64);
  expect(readJpeg(converted ?? Buffer.alloc(0))).toMatchObject({ height: 48, exif: null });
  expect(converted?.includes(phoneName)).toBe(false);
  const papers = await city.dependencies.cases.papers(draft.id);
  expect(papers.map(({ mediaType }) => mediaType)).toEqual(Array(3).fill("image/jpeg"));
});

test("a case isn't handed in over a photo that is still being converted, unless that is left out", async () => {
  const draft = await startDraft(city, "emergency");
  // Written beside the store's own door, so that nobody converts it.
  await city.dependencies.papers.write(keyOf(draft.page), cameraHeic, "application/octet-stream");
  const page = await draft.visitor.get(draft.page.url);
  expect(wordsOf(page.html)).toContain("正在转换");

  const refused = await handIn(draft.visitor, page);
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("有照片正在转换格式");
  expect((await city.dependencies.cases.get(draft.id))?.status).toBe("draft");

  const leave = /name="(?<name>leave-[\w-]+)"/u.exec(page.html)?.groups?.["name"] ?? "";
  const send = page.forms.find(({ action }) => action.endsWith("/submit"));
  if (!send) throw new Error("no button");
  const handed = await draft.visitor.send(page, send, { [leave]: "yes" });
  expect(handed.url).toMatch(/\/receipt$/u);
  expect(await city.dependencies.cases.papers(draft.id)).toEqual([]);
});

test("a HEIC that nobody can read says so beside it, and doesn't keep the case back", async () => {
  const draft = await startDraft(city, "emergency");
  await sendPaper(draft.visitor, draft.page, 0, cameraHeic.subarray(0, 560));

  const page = await settled(draft);

  expect(wordsOf(page.html)).toContain("没能转换");
  expect((await handIn(draft.visitor, page)).url).toMatch(/\/receipt$/u);
});

test("a file that is no photo behind its head is named before the case goes without it", async () => {
  const draft = await startDraft(city, "golden-autumn");
  const all = await sendPapers(draft.visitor, draft.page);
  await sendPaper(draft.visitor, all, 0, aPhoto(83).subarray(0, 60));

  const refused = await handIn(draft.visitor, await draft.visitor.get(draft.page.url));
  expect(refused.status).toBe(409);
  expect(wordsOf(refused.html)).toContain("这个文件已损坏");
  expect((await city.dependencies.cases.get(draft.id))?.status).toBe("draft");

  const handed = await handIn(draft.visitor, refused);
  expect(handed.url).toMatch(/\/receipt$/u);
  expect(await keptOf(draft)).toHaveLength(1);
});
