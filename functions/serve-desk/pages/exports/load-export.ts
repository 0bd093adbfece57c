import type { FinanceExport } from "#shared/domain/finance-export.ts";
import { parseExportId } from "#shared/kernel/ids.ts";
import type { Desk } from "../../frame.ts";

/** @returns null for an export that isn't there, and for what can be no number of one. */
export const loadExport = async ({ uses }: Desk, typed: string): Promise<FinanceExport | null> => {
  const id = parseExportId(typed);
  return id === null ? null : uses.exports.get(id);
};
