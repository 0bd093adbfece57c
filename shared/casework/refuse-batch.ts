/**
 * A file that the bank refused as a whole: one person says so, with the bank's word as a paper, and a second one
 * confirms; then every payment of it is payable again under another reference, and the file is never sent once more.
 */
import {
  moveBatch,
  unreadReturn,
  type Batch,
  type WholeRefusal,
} from "#shared/domain/disbursement.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { changeBatch } from "./move-batch.ts";
import { signalBatch } from "./signal-batch.ts";
import { finishVoid } from "./void-batch.ts";

type Uses = Pick<Dependencies, "batches" | "cases" | "clock" | "workflow">;

export type Refusing = "done" | "moved" | "own_proposal";

/** A bank that has said something of one payment has not refused the file. */
const nothingSaid = async ({ batches }: Pick<Uses, "batches">, batch: Batch): Promise<boolean> =>
  unreadReturn(batch) === null &&
  (await batches.items(batch.id)).every(({ status }) => status === "ready");

/** Takes down the bank's word. Nothing is put back until a second person confirms it. */
export const sayRefused = async (
  uses: Uses,
  batch: Batch,
  said: Pick<WholeRefusal, "paperKey" | "reason" | "by">,
): Promise<Refusing> => {
  if (!(await nothingSaid(uses, batch))) return "moved";
  const at = uses.clock.now();
  const { refused } = await changeBatch(uses, batch.id, (before) =>
    before.refusal
      ? null
      : moveBatch(
          before,
          { type: "refusal_proposed", at, by: said.by },
          { refusal: { ...said, at } },
        ),
  );
  return refused === null ? "done" : "moved";
};

/** Takes it back: it was said by mistake. */
export const unsayRefused = async (uses: Uses, batch: Batch, by: StaffId): Promise<Refusing> => {
  const at = uses.clock.now();
  const { refused } = await changeBatch(uses, batch.id, (before) =>
    before.refusal === null
      ? null
      : moveBatch(before, { type: "refusal_withdrawn", at, by }, { refusal: null }),
  );
  return refused === null ? "done" : "moved";
};

/** Confirms it as another person; cut off, it is taken up like any other voiding. */
export const confirmRefused = async (uses: Uses, shown: Batch, by: StaffId): Promise<Refusing> => {
  // No return can come between: given one, the batch has another version.
  if (shown.status === "sent" && !(await nothingSaid(uses, shown))) return "moved";
  const decided = await changeBatch(uses, shown.id, (before) => {
    if (before.status === "voiding" || before.status === "voided") return null;
    if (before.version !== shown.version || before.refusal === null) {
      return { kind: "refused", code: "not_in_this_state" };
    }
    const event = { type: "refusal_confirmed", at: uses.clock.now(), by } as const;
    return moveBatch(before, event, { voidReason: before.refusal.reason });
  });
  if (decided.refused === "own_proposal") return "own_proposal";
  if (decided.refused !== null) return "moved";
  await signalBatch(uses, await finishVoid(uses, decided.batch));
  return "done";
};
