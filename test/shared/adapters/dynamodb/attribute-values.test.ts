import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import { attributesOf, valuesOf } from "#shared/adapters/dynamodb/attribute-values.ts";

const leaf = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, min: -1e9, max: 1e9, noDefaultInfinity: true })
    .map((value) => value || 0),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.uint8Array(),
);

const row = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== "__proto__"),
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 4 }).filter((name) => name !== "__proto__"),
        tie("value"),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).value,
  { maxKeys: 6, noNullPrototype: true },
);

test("any row becomes what the SDK's own conversion makes of it, and comes back as it does there", () => {
  fc.assert(
    fc.property(row, (values) => {
      const theirs = marshall(values, { removeUndefinedValues: true });
      const ours = attributesOf(values);
      expect(ours).toEqual(theirs);
      expect(valuesOf(ours)).toEqual(unmarshall(theirs));
    }),
    { numRuns: 500 },
  );
});

test("a number beyond what a number holds keeps its digits, as it does there", () => {
  const item = { amountFen: { N: "9007199254740993" } };
  expect(valuesOf(item)).toEqual(unmarshall(item));
  expect(valuesOf(item)).toEqual({ amountFen: 9_007_199_254_740_993n });
});
