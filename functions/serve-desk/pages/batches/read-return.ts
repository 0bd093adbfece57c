/** A bank's answer as it was uploaded to a batch, turned into the general form that settling reads. */
import { payeesOf } from "#shared/casework/payees.ts";
import type { BankProfile } from "#shared/domain/bank-profile.ts";
import { bankText } from "#shared/domain/bank-row.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { fillAmounts, matchByPayee, type PaidTo } from "#shared/domain/return-match.ts";
import { bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { readReturnFile, returnLines } from "#shared/exports/return-file.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { Uses as DeskUses } from "../../uses.ts";

type Uses = Pick<DeskUses, "batches" | "cases">;

const nameColumn = { title: "", value: "payeeName", required: false } as const;

/** The payments as the bank's file showed them: a name may have had a sign replaced. */
const paidTo = async (
  uses: Uses,
  items: readonly BatchItem[],
  profile: BankProfile,
): Promise<readonly PaidTo[]> => {
  const payees = await payeesOf(uses, items);
  return items.map(({ reference, amountFen }) => {
    const payee = payees.get(reference);
    invariant(payee, "every payment of a batch has a payee");
    const name = bankText(profile, null, nameColumn, { reference, amountFen, payee }, 1);
    return { reference, amountFen, name, cardNumber: payee.cardNumber };
  });
};

/**
 * Reads an answer by the profile that the batch's file was written with. @returns its lines in the
 * general form, or null when it can't be read.
 */
export const readReturn = async (
  uses: Uses,
  batch: Batch,
  bytes: Uint8Array,
): Promise<Uint8Array | null> => {
  const profile = bankProfileOf(batch.payingAccount);
  const lines = await readReturnFile(bytes, profile);
  if (lines === null) return null;
  const items = await uses.batches.items(batch.id);
  const filled = fillAmounts(lines, items);
  const isUnnamed =
    profile.returns.match === "payee" && filled.some(({ reference }) => reference === "");
  return returnLines(isUnnamed ? matchByPayee(filled, await paidTo(uses, items, profile)) : filled);
};
