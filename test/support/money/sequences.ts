/** Up to forty operations; a zero is none, so that a failure shrinks to those that matter. */
import * as fc from "fast-check";

const operationsMax = 40;

export const sequences = fc.array(fc.noBias(fc.nat(2 ** 31 - 1)), {
  minLength: operationsMax,
  maxLength: operationsMax,
});
