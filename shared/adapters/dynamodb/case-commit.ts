/** What a case's step writes in one transaction, and what a refusal of each part means (quality B). */
import type { Claim } from "#shared/domain/application.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { accountChanges } from "#shared/domain/award-account.ts";
import { accountUpdate } from "./award-account.ts";
import { answersRow, type IsPersonal } from "./case-answers.ts";
import { applicationPut, balanceUpdate, sealEvent, transferPut } from "./case-rows.ts";
import { absent, type TransactionItem } from "./client.ts";
import { approvalKey, claimKey } from "./keys.ts";
import { advanceTimeParts } from "./advance-times.ts";
import { objectionRow } from "./notice-rows.ts";
import { secondLookRow } from "./oversight.ts";
import { refundBalanceParts, refundParts } from "./refund-parts.ts";

const claimRowKey = (claim: Claim) =>
  claimKey(claim.household, claim.programmeId, claim.period, claim.subject);

/** Each part of a transaction with what it means when its condition fails, in the order reasons are read. */
export interface Part {
  readonly item: TransactionItem;
  readonly refused: CommitOutcome;
}

const usedLinkPart = ({ approval, decision, at }: NonNullable<Commit["usedLink"]>): Part => ({
  item: {
    update: approvalKey(approval.applicationId, approval.round, approval.tier, approval.seat),
    change: {
      update: "SET decidedAt = :at, decision = :decision",
      expression:
        "attribute_not_exists(decidedAt) AND linkHash = :link AND pinTries = :tries AND expiresAt > :at",
      values: {
        ":link": approval.linkHash,
        ":tries": approval.pinTries,
        ":at": at,
        ":decision": decision,
      },
    },
  },
  refused: "link_spent",
});

const claimPart = (claim: Claim): Part => ({
  item: {
    put: { ...claimRowKey(claim), applicationId: claim.applicationId },
    condition: {
      expression: "attribute_not_exists(PK) OR released = :yes",
      values: { ":yes": true },
    },
  },
  refused: "claim_exists",
});

/** A freed claim stays in the household's list and is marked, so that the next one may take its place. */
const releasedClaimPart = (claim: Claim): Part => ({
  item: {
    update: claimRowKey(claim),
    change: {
      update: "SET released = :yes",
      expression: "applicationId = :application",
      values: { ":application": claim.applicationId, ":yes": true },
    },
  },
  refused: "stale",
});

/** The parts in the order in which their refusals are read: the first that failed is the answer. */
export const partsOf = async (
  vault: Vault,
  isPersonal: IsPersonal,
  commit: Commit,
): Promise<readonly Part[]> => {
  const { before, after, event } = commit.step;
  const sealed = await sealEvent(vault, before, event);
  return [
    ...(commit.transfer
      ? [{ item: transferPut(commit.transfer), refused: "already_done" } as const]
      : []),
    ...refundParts(commit.refunds ?? []),
    ...(commit.claims ?? []).map(claimPart),
    ...(commit.usedLink ? [usedLinkPart(commit.usedLink)] : []),
    { item: applicationPut(before, { ...after, chainHead: sealed.hash }), refused: "stale" },
    { item: { put: sealed.row, condition: absent }, refused: "stale" },
    ...(commit.answers
      ? [
          {
            item: {
              put: await answersRow(vault, after, after.answersVersion, commit.answers, isPersonal),
              // What a draft kept beforehand, in a try that was refused, counts only once the case points to it.
              ...(before.status === "draft" ? {} : { condition: absent }),
            },
            refused: "stale",
          } as const,
        ]
      : []),
    ...(commit.releasedClaims ?? []).map(releasedClaimPart),
    ...(commit.objection
      ? [
          {
            item: { put: await objectionRow(vault, before, commit.objection), condition: absent },
            refused: "stale",
          } as const,
        ]
      : []),
    ...accountChanges(commit.step).map((change) => ({
      item: accountUpdate(change, commit.accountLimits),
      refused: "cap_exceeded" as const,
    })),
    ...(commit.secondLook
      ? [
          {
            item: { put: secondLookRow(commit.secondLook), condition: absent },
            refused: "stale",
          } as const,
        ]
      : []),
    ...advanceTimeParts(commit.step),
    ...(commit.transfer
      ? [
          {
            item: balanceUpdate([commit.transfer], commit.reservedUnder),
            refused: "no_money",
          } as const,
        ]
      : []),
    ...refundBalanceParts(commit.refunds ?? []),
  ];
};
