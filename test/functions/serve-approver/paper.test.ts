import { afterAll, beforeAll, expect, test } from "vitest";
import { createVisitor, formWith } from "#infra/local/demo/visitor.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { paths } from "#shared/web/paths.ts";
import { applyWith, linkOf, startCity } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

test("papers open in place after the PIN, as what they are; before it there is neither page nor file", async () => {
  const applied = await applyWith(city, "emergency");
  const link = await linkOf(city, applied, "station");
  const locator = decodeURIComponent(new URL(link).pathname.split("/")[2] ?? "");
  const papers = await city.dependencies.cases.papers(applied.applicationId);
  const picture = papers.find(({ mediaType }) => mediaType === "image/png");
  const pdf = papers.find(({ mediaType }) => mediaType === "application/pdf");
  const [page, file] = [
    paths.decidePaperPage(locator, picture?.number ?? 0),
    paths.decidePaper(locator, picture?.number ?? 0),
  ];
  const visitor = createVisitor(city.url);

  expect((await visitor.get(file)).status).toBe(404);
  const asked = await visitor.get(page);
  expect(asked.url).toBe(link);
  expect(asked.html).not.toContain("/papers/");

  const whole = await visitor.send(asked, formWith(asked, "action", "open"), { pin: demoPin });
  expect(whole.html).toContain(`href="${page}"`);
  const large = await visitor.get(page);
  expect(large.status).toBe(200);
  expect(large.html).toContain(`src="${file}"`);
  expect(large.html).toContain(`href="${new URL(link).pathname}"`);
  const seen = async (path: string) => {
    const headers = { cookie: visitor.cookieHeader() };
    const sent = await fetch(`${city.url}${path}`, { headers, redirect: "manual" });
    expect(sent.status).toBe(303);
    const shown = await fetch(sent.headers.get("location") ?? "");
    return [shown.headers.get("content-type"), shown.headers.get("content-disposition")];
  };
  const nameOf = (number: number | undefined, ending: string): string =>
    `inline; filename="${applied.applicationId}-${number}.${ending}"`;
  expect(await seen(file)).toEqual(["image/png", nameOf(picture?.number, "png")]);
  expect(await seen(paths.decidePaper(locator, pdf?.number ?? 0))).toEqual([
    "application/pdf",
    nameOf(pdf?.number, "pdf"),
  ]);
  expect((await visitor.get(paths.decidePaperPage(locator, 99))).status).toBe(404);
  expect((await createVisitor(city.url).get(file)).status).toBe(404);
});
