/** The OpenAPI document: valid, complete, in both languages, with examples that are what they are examples of. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { openApiDocument, openApiResponse } from "#functions/serve-api/document/openapi.ts";
import { operations } from "#functions/serve-api/operations.ts";
import { referencePage } from "#functions/serve-api/pages/reference.ts";
import { apiScopes } from "#shared/domain/api-client.ts";
import { apiProblemCodes } from "#shared/web/api-problem.ts";
import { programmes } from "#workflows/registry.ts";
import { contractOf } from "#test/support/api-contract.ts";

const siteUrl = "https://bangfu.example.cn";
const locales = ["zh-CN", "en"] as const;

test.each(locales)("the document in %s is valid OpenAPI 3.1", async (locale) => {
  const validator = new Validator();
  const copy = JSON.parse(JSON.stringify(openApiDocument(siteUrl, locale))) as Parameters<
    typeof validator.validate
  >[0];
  const { valid, errors } = await validator.validate(copy);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("every operation is in it, with its scope, and every scope opens something", () => {
  const { operations: described } = contractOf(openApiDocument(siteUrl, "en"));
  expect(described.map(({ operation }) => operation.operationId).toSorted()).toEqual(
    operations.map(({ id }) => id).toSorted(),
  );
  const scopes = described.flatMap(({ operation }) =>
    operation.security.flatMap((one) => Object.values(one).flat()),
  );
  expect(new Set(scopes)).toEqual(new Set(apiScopes));
});

test.each(locales)("every example in %s is as its schema says", (locale) => {
  const contract = contractOf(openApiDocument(siteUrl, locale));
  const contents = contract.operations.flatMap(({ operation }) => [
    ...Object.values(operation.requestBody?.content ?? {}),
    ...Object.values(operation.responses).flatMap(({ content }) => Object.values(content)),
  ]);
  const examples = contents.filter(({ example }) => example !== undefined);
  expect(examples.length).toBeGreaterThan(10);
  for (const { schema, example } of examples) {
    expect(contract.faultOfExample(schema, example), JSON.stringify(example)).toBeNull();
  }
});

test("each programme's questions stand in it, in the reader's language, and nothing else is taken", () => {
  for (const locale of locales) {
    const { schemas } = openApiDocument(siteUrl, locale).components;
    for (const { id, form } of programmes) {
      const schema = schemas[`Answers.${id}`] as {
        readonly properties: Readonly<Record<string, { readonly description?: string }>>;
        readonly additionalProperties: boolean;
      };
      expect(Object.keys(schema.properties)).toEqual(Object.keys(form.fields));
      expect(schema.additionalProperties).toBe(false);
      const said = schema.properties["applicantName"]?.description;
      expect(said).toContain(locale === "en" ? "Applicant's full name" : "申请人姓名");
    }
  }
});

test("English has no Chinese in it but what people are called", () => {
  const text = JSON.stringify(openApiDocument(siteUrl, "en")).replaceAll(/王示例|示例银行/gu, "");
  expect(/\p{Script=Han}/u.exec(text)?.[0]).toBeUndefined();
});

test("a document is made once, and the page about it shows every operation and every problem", () => {
  expect(openApiDocument(siteUrl, "en")).toBe(openApiDocument(siteUrl, "en"));
  expect(openApiResponse(siteUrl, "en").headers?.["content-language"]).toBe("en");
  for (const locale of locales) {
    const { body } = referencePage(siteUrl, locale);
    const html = String(body);
    expect(html.length).toBeLessThan(60_000);
    for (const { id } of operations) expect(html).toContain(`id="${id}"`);
    for (const code of apiProblemCodes) expect(html).toContain(`/api/problems/${code}`);
  }
});
