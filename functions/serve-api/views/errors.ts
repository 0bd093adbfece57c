import type { ApiError } from "#shared/web/api-problem.ts";
import { say, type Call } from "../operation.ts";
import type { ErrorBody } from "../document/schemas.ts";

/** Places to mend, in the reader's language. */
export const errorBodies = (call: Pick<Call, "locale">, errors: readonly ApiError[]): ErrorBody[] =>
  errors.map((error) => ({ ...error, detail: say(call, error.detail) }));
