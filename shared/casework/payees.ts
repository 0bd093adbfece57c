/** Whom the payments of a batch go to. */
import type { BatchItem } from "#shared/domain/disbursement.ts";
import type { Payee } from "#shared/ports/batch-store.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** The payees of a batch's items by reference, opened under their cases' salts. */
export const payeesOf = async (
  { batches, cases }: Pick<Dependencies, "batches" | "cases">,
  items: readonly BatchItem[],
): Promise<ReadonlyMap<string, Payee>> =>
  batches.payees(items, await cases.salts(items.map(({ applicationId }) => applicationId)));
