/** The bank's receipt for a batch (受理回执) as somebody types it. Pure. */
import type { Fen } from "../kernel/money.ts";
import { parseYuan } from "../kernel/money.ts";

export type AcceptanceField = "number" | "count" | "sum";

export interface TypedAcceptance {
  readonly number: string;
  readonly count: string;
  readonly sum: string;
}

export type ReadAcceptance =
  | {
      readonly kind: "read";
      readonly number: string;
      readonly count: number;
      readonly sumFen: Fen;
    }
  | { readonly kind: "problems"; readonly fields: readonly AcceptanceField[] };

/** A bank's number for a batch: letters, digits and what stands between them. */
const numberPattern = /^[\p{L}\p{N}][\p{L}\p{N}()〔〕[\]/_-]{0,39}$/u;
const countPattern = /^[1-9]\d{0,5}$/u;

/** Reads what was typed; full-width digits count as digits. */
export const readAcceptance = (typed: TypedAcceptance): ReadAcceptance => {
  const plain = (value: string): string => value.normalize("NFKC").trim();
  const [number, count] = [plain(typed.number), plain(typed.count)];
  const sumFen = parseYuan(plain(typed.sum));
  const fields: readonly AcceptanceField[] = [
    ...(numberPattern.test(number) ? [] : (["number"] as const)),
    ...(countPattern.test(count) ? [] : (["count"] as const)),
    ...(sumFen !== null && sumFen > 0 ? [] : (["sum"] as const)),
  ];
  if (fields.length > 0 || sumFen === null) return { kind: "problems", fields };
  return { kind: "read", number, count: Number(count), sumFen };
};
