import { gunzipSync } from "node:zlib";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { expect, test } from "vitest";
import { pageHandler } from "#shared/lambda/page-handler.ts";
import { scriptFile, stylesheetFile } from "#shared/web/asset-names.ts";
import { asset } from "#shared/web/assets.ts";
import { html } from "#shared/web/html.ts";
import { page } from "#shared/web/layout.ts";
import { htmlPage, type PageResponse } from "#shared/web/page.ts";

const site = {
  name: "test",
  siteUrl: "https://bangfu.example.cn",
  uploadOrigin: "https://papers.example.cn",
};

const requested = (
  response: PageResponse,
  { query = "", cookies = [] as string[], headers = {} } = {},
) =>
  pageHandler(
    site,
    async () => response,
  )({
    rawPath: "/",
    rawQueryString: query,
    cookies,
    headers,
    requestContext: { http: { method: "GET", sourceIp: "192.0.2.1" } },
  } as unknown as APIGatewayProxyEventV2);

const shown = htmlPage(
  200,
  page({ locale: "zh-CN", title: "送暖", path: "/", body: html`<h1>送暖</h1>` }),
);

test("a size of type that is chosen in the address is shown and kept; one that isn't ours is neither", async () => {
  const large = await requested(shown, { query: "text=large" });
  expect(large.body).toContain('<html data-text="large"');
  expect(large.cookies).toEqual([expect.stringMatching(/^__Host-text=large; .*HttpOnly/u)]);

  const other = await requested(shown, { query: "text=%22%3E%3Cscript%3E&lang=xx" });
  expect(other.body).not.toContain("data-text");
  expect(other.cookies).toBeUndefined();
});

test("the size stays by its cookie, on pages and on what is refused before any page, and can be put back", async () => {
  const cookies = ["__Host-text=large"];
  expect((await requested(shown, { cookies })).body).toContain('data-text="large"');
  expect((await requested(shown, { cookies, query: "text=normal" })).body).not.toContain(
    "data-text",
  );

  const refused = await pageHandler(
    site,
    async () => shown,
  )({
    rawPath: "/%ff",
    rawQueryString: "",
    cookies,
    headers: {},
    requestContext: { http: { method: "GET", sourceIp: "192.0.2.1" } },
  } as unknown as APIGatewayProxyEventV2);
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain('data-text="large"');
});

test("the language that is chosen in the address is kept, whichever function shows the page", async () => {
  const { cookies } = await requested(shown, { query: "lang=en" });

  expect(cookies).toEqual([expect.stringMatching(/^__Host-lang=en; /u)]);
});

test.each([stylesheetFile, scriptFile])("%s goes packed to whoever reads gzip", async (file) => {
  const response = asset(file)!;
  const packed = await requested(response, { headers: { "accept-encoding": "gzip, br" } });

  expect(packed.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  expect(packed.isBase64Encoded).toBe(true);
  expect(gunzipSync(Buffer.from(packed.body ?? "", "base64")).toString()).toBe(response.body);
  expect((await requested(response)).body).toBe(response.body);
});

test("a page is never packed: its length would tell of the secrets in it", async () => {
  const { headers, body } = await requested(shown, { headers: { "accept-encoding": "gzip" } });

  expect(headers?.["content-encoding"]).toBeUndefined();
  expect(body).toBe(shown.body);
});
