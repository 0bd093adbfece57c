import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  acceptFiles,
  areConverting,
  filesChosen,
  landedFiles,
  uploadFormFor,
} from "#shared/casework/paper-files.ts";
import type { Application } from "#shared/domain/application.ts";
import { paperMaxBytes, papersMax } from "#shared/domain/paper-file.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { ObjectStore } from "#shared/ports/object-store.ts";
import { startCaseworkWorld, type CaseworkWorld } from "#test/support/casework-world.ts";
import { beginAnew } from "#test/support/end-state.ts";
import { storeHandled } from "#test/support/handled-cases.ts";
import { cameraHeic, cameraJpeg, phoneName } from "#test/support/camera-photo.ts";
import { aPhoto } from "#test/support/photo.ts";

let world: CaseworkWorld;
const objects = new Map<string, Uint8Array>();

/** A paper store in memory: what is put under a key is listed, read and written. */
const papers: ObjectStore = {
  uploadForm: async ({ key }) => ({ url: "https://store.example.org/", fields: { key } }),
  list: async (prefix) =>
    [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, body]) => ({ key, sizeBytes: body.length, etag: "" })),
  read: async (key, maxBytes) => {
    const body = objects.get(key);
    return body && body.length <= maxBytes ? body : null;
  },
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

const land = async (
  application: Application,
  kind: string,
  body: Uint8Array = aPhoto(1),
): Promise<void> => {
  const form = await uploadFormFor(uses(), application, { kind }, "https://x.example.org/");
  objects.set(form.fields["key"] ?? "", body);
};

test("what visitors bring home is not offered to the applicant, nor the other way round", async () => {
  const application = await storeHandled(world, 1);
  await land(application, "id_cards");
  await land(application, "visit_form");
  const sinceVersion = application.version;
  const kindsOf = async (from: "applicant" | "visitors") =>
    (await landedFiles(uses(), application, { from, sinceVersion })).map(({ kind }) => kind);
  expect(await kindsOf("applicant")).toEqual(["id_cards"]);
  expect(await kindsOf("visitors")).toEqual(["visit_form"]);
});

test("files of an earlier request are not taken again; a wait that was prolonged keeps its own", async () => {
  const application = await storeHandled(world, 2, { version: 5 });
  await land({ ...application, version: 3 }, "id_cards", aPhoto(1));
  await land({ ...application, version: 4 }, "hukou_book", aPhoto(2));
  await land(application, "diagnosis", aPhoto(3));
  const since = async (sinceVersion: number) =>
    (await landedFiles(uses(), application, { from: "applicant", sinceVersion })).length;
  expect(await since(5)).toBe(1);
  expect(await since(4)).toBe(2);
  expect(await landedFiles(uses(), application)).toHaveLength(1);
});

test("taken twice a file is one paper, named by its content; what is none is left out", async () => {
  const application = await storeHandled(world, 3);
  const photo = aPhoto(7);
  await land(application, "id_cards", photo);
  await land(application, "id_cards", photo);
  await land(application, "id_cards", new TextEncoder().encode("no photo"));
  const files = await landedFiles(uses(), application);
  expect(files.map(({ check }) => check.kind).toSorted()).toEqual([
    "accepted",
    "accepted",
    "refused",
  ]);
  const accepted = await acceptFiles(uses(), application, files);
  expect(accepted).toEqual({
    kinds: ["id_cards"],
    added: 1,
    numbers: [1, 1],
    refused: 1,
    total: 1,
  });
  const sha256 = createHash("sha256").update(photo).digest("hex");
  expect(await world.uses.cases.papers(application.id)).toMatchObject([
    { number: 1, sha256, objectKey: `papers/${application.id}/${sha256}`, mediaType: "image/jpeg" },
  ]);
  expect((await acceptFiles(uses(), application, files)).added).toBe(0);
});

test("a file that is too large is refused unread, and no more than so many are looked at", async () => {
  const application = await storeHandled(world, 4);
  await land(application, "id_cards", new Uint8Array(paperMaxBytes + 1));
  const [file] = await landedFiles(uses(), application);
  expect(file?.check).toEqual({ kind: "refused", problem: "too_large" });
  for (let number = 0; number < papersMax + 3; number += 1) {
    await land(application, "id_cards", aPhoto(number));
  }
  expect(await landedFiles(uses(), application)).toHaveLength(papersMax);
});

test("a camera's photo is kept without place and phone, and counts as the same whatever stood beside it", async () => {
  const application = await storeHandled(world, 5);
  await land(application, "id_cards", cameraJpeg({ orientation: 6 }));
  const renamed = cameraJpeg({ orientation: 6 });
  renamed.write("OtherFone", renamed.indexOf(phoneName), "latin1");
  await land(application, "id_cards", renamed);

  const accepted = await acceptFiles(uses(), application, await landedFiles(uses(), application));

  expect(accepted).toMatchObject({ added: 1, numbers: [1, 1] });
  const [paper] = await world.uses.cases.papers(application.id);
  const kept = Buffer.from(objects.get(paper?.objectKey ?? "") ?? []);
  expect(kept.length).toBeGreaterThan(300);
  expect(kept.length).toBe(paper?.sizeBytes);
  expect(kept.includes(phoneName)).toBe(false);
});

test("what begins like a photo and is none is refused when it is read, and its list says so from then on", async () => {
  const application = await storeHandled(world, 6);
  await land(application, "id_cards", aPhoto(1).subarray(0, 60));
  const [file] = await landedFiles(uses(), application);
  expect(file?.check).toEqual({ kind: "accepted", mediaType: "image/jpeg" });

  const accepted = await acceptFiles(uses(), application, file ? [file] : []);

  expect(accepted).toMatchObject({ added: 0, refused: 1, total: 0 });
  const [after] = await landedFiles(uses(), application);
  expect(after?.check).toEqual({ kind: "refused", problem: "damaged" });
});

test("a HEIC is waited for while it is being converted, left out by name, and never a paper itself", async () => {
  const application = await storeHandled(world, 7);
  await land(application, "id_cards", cameraHeic);
  const files = await landedFiles(uses(), application);
  const names = files.map(({ name }) => name);

  expect(files.map(({ check }) => check)).toEqual([{ kind: "converting" }]);
  expect([areConverting(files), areConverting(files, names)]).toEqual([true, false]);
  expect(filesChosen(files, [])).toEqual([]);
  expect(await acceptFiles(uses(), application, files)).toMatchObject({ added: 0, total: 0 });

  const later = { ...uses(), clock: { now: () => addMinutes(world.uses.clock.now(), 41) } };
  expect((await landedFiles(later, application))[0]?.check).toEqual({
    kind: "refused",
    problem: "not_convertible",
  });
});
