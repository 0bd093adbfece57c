/**
 * Plain values as the table's wire has them, and back: what `@aws-sdk/util-dynamodb` does, for the kinds of values that
 * rows hold, at a fifth of its time. A batch reads and writes some hundred thousand rows. Any other kind is left to it.
 */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { convertToAttr, convertToNative } from "@aws-sdk/util-dynamodb";

type Attributes = Record<string, AttributeValue>;
type Values = Record<string, unknown>;

/** A row without what is null at its top: absent and null are the same there. */
export const withoutNulls = (row: Readonly<Values>): Values => {
  const kept: Values = {};
  for (const name of Object.keys(row)) if (row[name] !== null) kept[name] = row[name];
  return kept;
};

/** What is undefined is left out, at every level; null inside a row is a value. */
export const attributesOf = (row: Readonly<Values>): Attributes => {
  const attributes: Attributes = {};
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (value !== undefined) attributes[name] = attributeOf(value);
  }
  return attributes;
};

const isPlain = (value: object): value is Readonly<Values> =>
  [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);

const attributeOf = (value: unknown): AttributeValue => {
  if (typeof value === "string") return { S: value };
  if (typeof value === "boolean") return { BOOL: value };
  if (value === null) return { NULL: true };
  if (typeof value === "number" && Number.isSafeInteger(value)) return { N: String(value) };
  if (Array.isArray(value)) {
    return { L: value.filter((one: unknown) => one !== undefined).map(attributeOf) };
  }
  if (typeof value === "object" && isPlain(value)) return { M: attributesOf(value) };
  return convertToAttr(value, { removeUndefinedValues: true });
};

export const valuesOf = (attributes: Readonly<Attributes>): Values => {
  const values: Values = {};
  for (const name of Object.keys(attributes)) {
    values[name] = valueOf(attributes[name] as AttributeValue);
  }
  return values;
};

const valueOf = (attribute: AttributeValue): unknown => {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.M !== undefined) return valuesOf(attribute.M);
  if (attribute.L !== undefined) return attribute.L.map(valueOf);
  if (attribute.BOOL !== undefined) return attribute.BOOL;
  if (attribute.NULL !== undefined) return null;
  if (attribute.N !== undefined) {
    const number = Number(attribute.N);
    if (Number.isSafeInteger(number)) return number;
  }
  // Over the wire, past the SDK (plain-reads.ts), bytes come as base64.
  const { B } = attribute as { readonly B?: unknown };
  if (typeof B === "string") return new Uint8Array(Buffer.from(B, "base64"));
  return convertToNative(attribute);
};
