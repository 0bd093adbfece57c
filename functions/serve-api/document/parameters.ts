/** What stands in the address and the headers of a call. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { programmes } from "#workflows/registry.ts";
import { accessCodeHeader } from "../call.ts";
import type { Operation } from "../operation.ts";
import { limitDefault, limitMax } from "../operations/notices.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonObject;
}

const words = {
  id: { zh: "受理编号", en: "The case's reference" },
  programme: { zh: "项目的 id", en: "The programme's id" },
  code: { zh: "该案件的查询码", en: "The case's access code" },
  once: {
    zh: "每个新请求一个，8到128个可见ASCII字符；24小时内重发得到同一个答复",
    en: "A new one for each request, 8 to 128 visible ASCII characters; sent again within a day it gets the same answer",
  },
  version: { zh: "读取时得到的 ETag", en: "The ETag that was read" },
  limit: { zh: "最多几条", en: "How many at most" },
  cursor: { zh: "上一页答复中的 next", en: "What the page before gave as next" },
  unit: { zh: "只看这个工会的", en: "Of this union office only" },
  ofProgramme: { zh: "只看这个项目的", en: "Of this programme only" },
} as const satisfies Record<string, Text>;

const queryParameters: Readonly<Record<string, readonly [Text, JsonObject]>> = {
  unitId: [words.unit, { type: "string", maxLength: 64 }],
  programmeId: [words.ofProgramme, { type: "string", maxLength: 64 }],
  limit: [words.limit, { type: "integer", minimum: 1, maximum: limitMax, default: limitDefault }],
  cursor: [words.cursor, { type: "string", maxLength: 2_000 }],
};

const pathParameters: Readonly<Record<string, readonly [Text, JsonObject]>> = {
  applicationId: [words.id, { type: "string", pattern: "^SN[0-9A-HJKMNP-TV-Z]{10}$" }],
  programmeId: [words.programme, { type: "string", enum: programmes.map(({ id }) => id) }],
};

/** Every parameter of an operation, described in one language. */
export const parametersOf = (operation: Operation, locale: Locale): readonly Parameter[] => {
  const parameter = (
    place: Parameter["in"],
    name: string,
    [text, schema]: readonly [Text, JsonObject],
    required = true,
  ): Parameter => ({ name, in: place, required, description: inLocale(text, locale), schema });
  const inPath = operation.path
    .filter((part) => part.startsWith(":"))
    .map((part) => part.slice(1))
    .flatMap((name) => {
      const known = pathParameters[name];
      return known ? [parameter("path", name, known)] : [];
    });
  const inQuery = (operation.query ?? []).flatMap((name) => {
    const known = queryParameters[name];
    return known ? [parameter("query", name, known, false)] : [];
  });
  const text = { type: "string" };
  return [
    ...inPath,
    ...inQuery,
    ...(operation.ofCase
      ? [
          parameter("header", accessCodeHeader, [words.code, text]),
          parameter("header", "If-Match", [words.version, text], operation.ofVersion === true),
        ]
      : []),
    ...(operation.once
      ? [
          parameter("header", "Idempotency-Key", [
            words.once,
            { type: "string", minLength: 8, maxLength: 128 },
          ]),
        ]
      : []),
  ];
};
