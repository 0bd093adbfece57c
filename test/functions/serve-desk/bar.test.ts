import { expect, test } from "vitest";
import { barOf } from "#functions/serve-desk/bar.ts";
import type { Role } from "#shared/domain/organisation.ts";
import { markupOf } from "#shared/web/html.ts";
import { staff } from "#test/support/cases.ts";

const barFor = (roles: readonly Role[], ...path: readonly string[]): string =>
  markupOf(
    barOf({ staff: staff("x", "city", { roles }), locale: "zh-CN", path: ["desk", ...path] }),
  );

const linksOf = (bar: string): readonly string[] =>
  [...bar.matchAll(/href="(?<href>[^"]+)"/gu)].map(({ groups }) => groups?.["href"] ?? "");

const current = (bar: string): readonly string[] =>
  [...bar.matchAll(/<a href="(?<href>[^"]+)"\s+aria-current="(?<kind>[^"]+)"/gu)].map(
    ({ groups }) => `${groups?.["href"]} ${groups?.["kind"]}`,
  );

test("each role is offered what it may open, and the first row stays short", () => {
  expect(linksOf(barFor(["reviewer"]))).toEqual(["/desk", "/desk/cases", "/desk/oversight"]);
  expect(linksOf(barFor(["handler"]))).not.toContain("/desk/funds");
  expect(linksOf(barFor(["administrator"])).length).toBeLessThanOrEqual(8);
});

test("the page one is on is marked, and so is its area; a page within a place marks the place", () => {
  expect(current(barFor(["auditor"]))).toEqual(["/desk page"]);
  expect(current(barFor(["auditor"], "search"))).toEqual(["/desk/cases true", "/desk/search page"]);
  expect(current(barFor(["auditor"], "case", "SN0000000001"))).toEqual([
    "/desk/cases true",
    "/desk/cases true",
  ]);
});

test("the places of an area are shown within it only", () => {
  expect(linksOf(barFor(["finance_officer"]))).not.toContain("/desk/batches");
  expect(linksOf(barFor(["finance_officer"], "funds"))).toContain("/desk/batches");
});
