/** Whether finance holds a payment of a batch, asked once more when the batch is authorised. */
import type { Batch } from "#shared/domain/disbursement.ts";
import { heldNow, isHeld } from "#shared/domain/payment-hold.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "oversight">;

/** Cases are read only while something is on hold at all. */
export const holdsSomething = async (
  { batches, cases, oversight }: Uses,
  batch: Pick<Batch, "id">,
): Promise<boolean> => {
  const holds = heldNow(await oversight.paymentHolds());
  if (holds.length === 0) return false;
  const items = await batches.items(batch.id);
  const held = await cases.getAll(items.map(({ applicationId }) => applicationId));
  return held.some((application) => isHeld(holds, application));
};
