/**
 * A case's new state as an update of what differs: for batches, where thousands of cases change in a few attributes, and
 * rows written whole take the table half as long again (ADR 0038).
 */
import { isDeepStrictEqual } from "node:util";
import type { Application } from "#shared/domain/application.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { applicationPut, applicationRow } from "./case-rows.ts";
import type { Row, TransactionItem } from "./client.ts";
import { applicationKey } from "./keys.ts";

/** As `applicationPut`, on the very same condition, and leaving the very same row. */
export const applicationChange = (before: Application, after: Application): TransactionItem => {
  const whole = applicationPut(before, after);
  invariant("put" in whole && whole.condition, "a case is written on the condition of its version");
  const { condition } = whole;
  const [was, is]: readonly [Row, Row] = [applicationRow(before), whole.put];
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const set: string[] = [];
  const remove: string[] = [];
  // Both rows have the same attributes, null where there is nothing.
  for (const name of Object.keys(is)) {
    const value = is[name] ?? null;
    if (was[name] === value || isDeepStrictEqual(was[name] ?? null, value)) continue;
    const place = `c${Object.keys(names).length}`;
    names[`#${place}`] = name;
    if (value === null) remove.push(`#${place}`);
    else {
      set.push(`#${place} = :${place}`);
      values[`:${place}`] = value;
    }
  }
  return {
    update: applicationKey(before.id),
    change: {
      update: `SET ${set.join(", ")}${remove.length > 0 ? ` REMOVE ${remove.join(", ")}` : ""}`,
      expression: condition.expression,
      names: { ...condition.names, ...names },
      values: { ...condition.values, ...values },
    },
  };
};
