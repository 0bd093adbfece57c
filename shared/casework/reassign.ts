/** A change of staff takes effect at once: whoever may not decide any more is replaced in every open case. */
import type { Application } from "#shared/domain/application.ts";
import { isAbsent } from "#shared/domain/approver.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { ApproverNotAvailable, StoreContended } from "#shared/kernel/errors.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { askApprover, isAsked, presentApproval, stillFit } from "./ask-approver.ts";
import { passUp, type MissedUses } from "./missed-limit.ts";
import { askedQueues, casesIn } from "./queued-cases.ts";

const queuesAtOnce = 8;

const reassignOne = async (
  uses: MissedUses,
  application: Application,
  staffId: StaffId,
): Promise<boolean> => {
  const approval = await presentApproval(uses, application);
  if (approval?.approverId !== staffId || approval.decidedAt !== null) return false;
  if (approval.caseVersion !== application.version) return false;
  const now = uses.clock.now();
  const staff = await uses.directory.staff(staffId);
  const away = staff !== null && isAbsent(staff, localDateOf(now));
  if (!away && (await stillFit(uses, application, approval))) return false;
  try {
    const asked = await askApprover(uses, application, approval.taskToken, [staffId]);
    return asked.approverId !== staffId;
  } catch (error) {
    if (error instanceof ApproverNotAvailable) {
      // Somebody who is only away may still answer; of all others the tier above takes the case.
      return away ? false : passUp(uses, application, approval);
    }
    // Decided, or asked anew, in this very moment: then it needs nobody else.
    if (error instanceof StoreContended) return false;
    throw error;
  }
};

/**
 * Asks somebody else wherever this person was asked and may not, or can't, decide any more: left, moved, without
 * the role, of the family, or away today. Their links end; a person who may still decide keeps theirs.
 * @returns how many cases are with somebody else now.
 */
export const reassignOpenApprovals = async (
  uses: MissedUses,
  staffId: StaffId,
): Promise<number> => {
  let reassigned = 0;
  await inParallel(askedQueues, queuesAtOnce, async (queue) => {
    for await (const application of casesIn(uses, queue, isAsked)) {
      if (!isAsked(application)) continue;
      if (await reassignOne(uses, application, staffId)) reassigned += 1;
    }
  });
  return reassigned;
};
