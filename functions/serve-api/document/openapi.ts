/**
 * The OpenAPI 3.1 document, written from the schemas that requests are read by and answers are tested against. Made
 * when it is first asked for, once for each language.
 */
import * as z from "zod";
import { apiScopeTitles } from "#shared/domain/api-client.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { apiProblems, problemType, type ApiProblemCode } from "#shared/web/api-problem.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { answersSchema } from "../answers-json.ts";
import type { Operation } from "../operation.ts";
import { operations } from "../operations.ts";
import { descriptions, tagTitles } from "./describe.ts";
import { exampleOf } from "./examples.ts";
import { parametersOf, type JsonObject, type Parameter } from "./parameters.ts";
import { answerSchemas } from "./schemas.ts";

interface Content {
  readonly [mediaType: string]: { readonly schema: JsonObject; readonly example?: unknown };
}

export interface DescribedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Content }>
  >;
}

export interface OpenApiDocument {
  readonly openapi: "3.1.0";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: {
    readonly securitySchemes: JsonObject;
    readonly schemas: JsonObject;
  };
}

const words = {
  title: { zh: "送暖 JSON API", en: "Songnuan JSON API" },
  about: {
    zh: "页面上能办的，其他系统也能通过接口办：申请、上传材料、查进度、补充、更正、撤回、复议、公示和异议。",
    en: "What people can do on the pages, other systems can do here: apply, send papers, follow, give what was asked for, correct, withdraw, appeal, read notices and object.",
  },
  bearer: { zh: "客户端密钥", en: "The client's key" },
  done: { zh: "办好了", en: "Done" },
} as const satisfies Record<string, Text>;

const reference = (schema: string): JsonObject => ({ $ref: `#/components/schemas/${schema}` });

const nameOfRequest = ({ id }: Operation): string =>
  `${id.charAt(0).toUpperCase()}${id.slice(1)}Request`;

/** A body that differs by programme is any one of its shapes. */
const requestSchema = ({ body }: Operation): z.ZodType | null => {
  if (!body) return null;
  // A body that doesn't look at the programme takes no argument.
  if (body.length === 0) return body({ programme: null });
  return z.union(programmes.map((programme) => body({ programme })));
};

type Mutable = Record<string, unknown>;

/** Words in the reader's language; of a day or an instant its format says enough. */
const plain = (schema: Mutable, locale: Locale): void => {
  const text = schema["text"] as Text | undefined;
  if (text) schema["description"] = inLocale(text, locale);
  delete schema["text"];
  if (schema["format"] !== undefined) delete schema["pattern"];
  if (schema["maximum"] === Number.MAX_SAFE_INTEGER) delete schema["maximum"];
  if (schema["minimum"] === Number.MIN_SAFE_INTEGER) delete schema["minimum"];
};

const schemasIn = (locale: Locale): JsonObject => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(answerSchemas)) registry.add(schema, { id });
  for (const programme of programmes) {
    registry.add(answersSchema(programme), { id: `Answers.${programme.id}` });
  }
  const given = programmes.map((programme) =>
    z.strictObject({ answers: answersSchema(programme) }),
  );
  registry.add(z.union(given), { id: "AnswersGiven" });
  for (const operation of operations) {
    const schema = requestSchema(operation);
    if (schema) registry.add(schema.meta({}), { id: nameOfRequest(operation) });
  }
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    io: "input",
    override: ({ jsonSchema }) => plain(jsonSchema, locale),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [
      id,
      schema as JsonObject,
    ]),
  );
};

/** What any call, a call on a case, one with a body and one that moves something may be refused with. */
const problemsOf = (operation: Operation): readonly ApiProblemCode[] => {
  const { ofCase, ofVersion, once, body, id } = operation;
  return [
    "address_unreadable",
    "query_invalid",
    "key_missing",
    "scope_missing",
    "not_acceptable",
    "too_many_requests",
    "fault",
    "busy",
    ...(ofCase ? (["not_found", "version_stale"] as const) : []),
    ...(ofVersion ? (["version_missing"] as const) : []),
    ...(body ? (["json_unreadable", "too_large", "type_unsupported", "invalid"] as const) : []),
    ...(once ? (["header_invalid", "request_in_flight", "key_reused"] as const) : []),
    ...(descriptions[id].problems ?? []),
  ];
};

const refusals = (operation: Operation, locale: Locale): DescribedOperation["responses"] => {
  const byStatus = new Map<number, string[]>();
  for (const code of problemsOf(operation)) {
    const { status, title } = apiProblems[code];
    const line = `\`${code}\` ${inLocale(title, locale)}`;
    byStatus.set(status, [...(byStatus.get(status) ?? []), line]);
  }
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([one], [other]) => one - other)
      .map(([status, lines]) => [
        String(status),
        {
          description: lines.join("; "),
          content: { [problemType]: { schema: reference("Problem") } },
        },
      ]),
  );
};

const withExample = (schema: JsonObject, example: unknown) =>
  example === undefined ? { schema } : { schema, example };

const described = (operation: Operation, locale: Locale): DescribedOperation => {
  const { id, scope, body } = operation;
  const { tag, summary, more, status, schema } = descriptions[id];
  const example = exampleOf(id, locale);
  const request = withExample(reference(nameOfRequest(operation)), example.request);
  return {
    operationId: id,
    tags: [tag],
    summary: inLocale(summary, locale),
    ...(more ? { description: inLocale(more, locale) } : {}),
    security: [{ clientKey: [scope] }],
    parameters: parametersOf(operation, locale),
    ...(body ? { requestBody: { required: true, content: { "application/json": request } } } : {}),
    responses: {
      [status]: {
        description: inLocale(words.done, locale),
        content: { "application/json": withExample(reference(schema), example.answer) },
      },
      ...refusals(operation, locale),
    },
  };
};

const pathOf = ({ path }: Operation): string =>
  `/${path.map((part) => (part.startsWith(":") ? `{${part.slice(1)}}` : part)).join("/")}`;

const pathsIn = (locale: Locale): OpenApiDocument["paths"] => {
  const all: Record<string, Record<string, DescribedOperation>> = {};
  for (const operation of operations) {
    const here = (all[pathOf(operation)] ??= {});
    here[operation.method.toLowerCase()] = described(operation, locale);
  }
  return all;
};

const scopesIn = (locale: Locale): string =>
  Object.entries(apiScopeTitles)
    .map(([scope, title]) => `\`${scope}\` ${inLocale(title, locale)}`)
    .join("; ");

const documents = new Map<string, OpenApiDocument>();

/** The document in one language. */
export const openApiDocument = (siteUrl: string, locale: Locale): OpenApiDocument => {
  const known = documents.get(`${siteUrl} ${locale}`);
  if (known) return known;
  const say = (text: Text): string => inLocale(text, locale);
  const made: OpenApiDocument = {
    openapi: "3.1.0",
    info: { title: say(words.title), version: "1.0.0", description: say(words.about) },
    servers: [{ url: `${siteUrl}${paths.apiV1()}` }],
    tags: Object.entries(tagTitles).map(([name, title]) => ({ name, description: say(title) })),
    paths: pathsIn(locale),
    components: {
      securitySchemes: {
        clientKey: {
          type: "http",
          scheme: "bearer",
          description: `${say(words.bearer)}: ${scopesIn(locale)}`,
        },
      },
      schemas: schemasIn(locale),
    },
  };
  documents.set(`${siteUrl} ${locale}`, made);
  return made;
};

export const openApiResponse = (siteUrl: string, locale: Locale): PageResponse => ({
  status: 200,
  contentType: "application/json",
  headers: { "content-language": locale, vary: "Accept-Language" },
  body: JSON.stringify(openApiDocument(siteUrl, locale)),
});
