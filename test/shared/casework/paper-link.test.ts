import { expect, test } from "vitest";
import { paperLink } from "#shared/casework/paper-link.ts";
import type { Paper } from "#shared/domain/application.ts";
import { applicationIdOf } from "#test/support/cases.ts";

const store = {
  viewLink: async (key: string, shown: { fileName: string; mediaType: string }) =>
    `view ${key} ${shown.fileName} ${shown.mediaType}`,
  downloadLink: async (key: string, fileName: string) => `save ${key} ${fileName}`,
};

const paper = (mediaType: string): Paper => ({
  applicationId: applicationIdOf(1),
  number: 3,
  kind: "id_cards",
  objectKey: "papers/x/y",
  mediaType,
  sizeBytes: 5,
  sha256: "y",
  addedAt: "2026-07-20T01:00:00Z" as Paper["addedAt"],
});

test.each([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/webp", "webp"],
  ["application/pdf", "pdf"],
])("%s opens in the browser as what it is", async (mediaType, ending) => {
  expect(await paperLink(store, paper(mediaType))).toBe(
    `view papers/x/y ${applicationIdOf(1)}-3.${ending} ${mediaType}`,
  );
});

test.each([
  ["image/heic", "heic"],
  ["image/svg+xml", "bin"],
  ["text/html", "bin"],
])("%s is only ever handed out as a download", async (mediaType, ending) => {
  expect(await paperLink(store, paper(mediaType))).toBe(
    `save papers/x/y ${applicationIdOf(1)}-3.${ending}`,
  );
});
