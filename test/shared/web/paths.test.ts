import { expect, test } from "vitest";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { absolute, pathOf, paths, readApplicantPath } from "#shared/web/paths.ts";
import { stylesheetFile } from "#shared/web/asset-names.ts";

const id = "SN0123456789" as ApplicationId;
const segmentsOf = (address: string): string[] =>
  address.split("/").filter(Boolean).map(decodeURIComponent);

test("every page for workers is read back from its own address", () => {
  const draft = { programmeId: "some-programme", id };
  const addresses = [
    [paths.home, { kind: "home" }],
    [paths.apply("some-programme"), { kind: "apply", programmeId: "some-programme" }],
    [paths.papers("some-programme", id), { kind: "papers", ...draft }],
    [paths.answers("some-programme", id), { kind: "answers", ...draft }],
    [paths.submit("some-programme", id), { kind: "submit", ...draft }],
    [paths.receipt("some-programme", id), { kind: "receipt", ...draft }],
    [paths.status, { kind: "status" }],
    [paths.case(id), { kind: "case", id }],
    [paths.information(id), { kind: "information", id }],
    [paths.card(id), { kind: "card", id }],
    [paths.withdraw(id), { kind: "withdraw", id }],
    [paths.leave(id), { kind: "leave", id }],
  ] as const;

  for (const [address, route] of addresses) {
    expect(readApplicantPath(segmentsOf(address)), address).toEqual(route);
  }
  expect(readApplicantPath(segmentsOf(paths.asset(stylesheetFile)))?.kind).toBe("asset");
});

test.each([
  "/nowhere",
  "/apply/p/not-an-id/papers",
  `/apply/p/${id}`,
  `/apply/p/${id}/papers/more`,
  `/apply/p/${id}/constructor`,
  "/status/not-an-id",
  `/status/${id}/constructor`,
  `/status/${id}/card/more`,
  "/assets",
  "/assets/a/b",
])("an address without a page is none: %s", (address) => {
  expect(readApplicantPath(segmentsOf(address))).toBeNull();
});

test("odd segments are encoded, so that an address can't leave the site", () => {
  expect(paths.apply("../../evil.example")).toBe("/apply/..%2F..%2Fevil.example");
  expect(pathOf({ path: ["apply", "a b?lang=en", "/evil"] })).toBe(
    "/apply/a%20b%3Flang%3Den/%2Fevil",
  );
  expect(pathOf({ path: ["", "evil.example"] })).not.toMatch(/^\/\//u);
});

test("a mailed link starts with the configured address", () => {
  expect(absolute("https://relief.example", paths.decide("secret"))).toBe(
    "https://relief.example/decide/secret",
  );
});
