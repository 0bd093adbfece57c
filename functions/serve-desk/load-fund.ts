/** The fund that an address or a form names. */
import type { Fund } from "#shared/domain/fund.ts";
import { parseFundId } from "#shared/kernel/ids.ts";
import type { Desk } from "./frame.ts";

/** @returns null for a fund that isn't there, and for what can't be a fund's id. */
export const loadFund = async ({ uses }: Desk, typed: string): Promise<Fund | null> => {
  const id = parseFundId(typed);
  return id && uses.funds.get(id);
};
