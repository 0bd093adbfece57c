/** Reads a body by its schema: what is wrong is said with its place, in words. */
import type * as z from "zod";
import type { Text } from "#shared/kernel/text.ts";
import type { ApiError } from "#shared/web/api-problem.ts";

const words = {
  unknown: {
    zh: "没有这一项，请去掉",
    en: "There is no such member here: leave it out",
  },
  required: { zh: "这一项必须有", en: "This member is required" },
  option: { zh: "请用列出的值之一", en: "Use one of the values listed" },
  type: { zh: "类型不对，请看接口说明", en: "Of the wrong type: see the description" },
  format: { zh: "格式不对，请看接口说明", en: "Of the wrong form: see the description" },
} as const satisfies Record<string, Text>;

const tooLong = (most: number | bigint): Text => ({
  zh: `太长了，最多 ${most}`,
  en: `Too long: at most ${most}`,
});

const tooShort = (least: number | bigint): Text => ({
  zh: `太短了，至少 ${least}`,
  en: `Too short: at least ${least}`,
});

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** A body has at most 64 KB, and a name that isn't known may be most of it. */
const pointerMax = 200;

const placed = (path: readonly PropertyKey[], code: string, detail: Text): ApiError => ({
  pointer: pointerOf(path).slice(0, pointerMax),
  code,
  detail,
});

const valueAt = (body: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null
        ? (value as Readonly<Record<PropertyKey, unknown>>)[part]
        : undefined,
    body,
  );

const errorsOf = (issue: z.core.$ZodIssue, body: unknown): readonly ApiError[] => {
  const { path } = issue;
  if (valueAt(body, path) === undefined) return [placed(path, "required", words.required)];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => placed([...path, key], "unknown", words.unknown));
    case "invalid_value":
    case "invalid_union":
      return [placed(path, "not_an_option", words.option)];
    case "too_big":
      return [placed(path, "too_long", tooLong(issue.maximum))];
    case "too_small":
      return [placed(path, "too_short", tooShort(issue.minimum))];
    case "invalid_type":
      return [placed(path, "wrong_type", words.type)];
    default:
      return [placed(path, "wrong_form", words.format)];
  }
};

export type BodyRead =
  | { readonly kind: "read"; readonly value: unknown }
  | { readonly kind: "wrong"; readonly errors: readonly ApiError[] };

const errorsMax = 100;

export const readBody = (schema: z.ZodType, body: unknown): BodyRead => {
  const read = schema.safeParse(body);
  return read.success
    ? { kind: "read", value: read.data }
    : {
        kind: "wrong",
        errors: read.error.issues.flatMap((issue) => errorsOf(issue, body)).slice(0, errorsMax),
      };
};
