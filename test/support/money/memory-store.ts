/**
 * The money's stores in memory: the same conditions as shared/adapters/dynamodb has, said again in plain code.
 * test/properties/money-stored.test.ts runs both side by side, step by step.
 */
import type { Claim, RecordedEvent } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Commit, CommitOutcome } from "#shared/ports/case-store.ts";
import { accountParts } from "./memory-accounts.ts";
import { batchesIn } from "./memory-batches.ts";
import { ordersIn } from "./memory-orders.ts";
import {
  balancePart,
  stepParts,
  transferPart,
  written,
  type Memory,
  type Part,
} from "./memory-parts.ts";
import type { Guard, MoneyStores, Snapshot } from "./stores.ts";

const claimKeyOf = ({ household, programmeId, period, subject }: Claim): string =>
  [household, programmeId, period, subject].join(" ");
const approvalKeyOf = (one: Pick<Approval, "applicationId" | "round" | "tier" | "seat">): string =>
  [one.applicationId, one.round, one.tier, one.seat].join(" ");

const claimParts = (memory: Memory, { claims = [] }: Commit): readonly Part[] =>
  claims.map((claim) => {
    const stored = memory.claims.get(claimKeyOf(claim));
    return {
      refused: "claim_exists",
      holds: memory.without.has("claim") || !stored || stored.released === true,
      write: () => void memory.claims.set(claimKeyOf(claim), claim),
    };
  });

const releasedClaimParts = (memory: Memory, { releasedClaims = [] }: Commit): readonly Part[] =>
  releasedClaims.map((claim) => ({
    refused: "stale",
    holds: memory.claims.get(claimKeyOf(claim))?.applicationId === claim.applicationId,
    write: () => void memory.claims.set(claimKeyOf(claim), { ...claim, released: true }),
  }));

const linkParts = (memory: Memory, { usedLink }: Commit): readonly Part[] => {
  if (!usedLink) return [];
  const { approval, decision, at } = usedLink;
  const stored = memory.approvals.get(approvalKeyOf(approval));
  const isLive =
    stored?.decidedAt === null &&
    stored.linkHash === approval.linkHash &&
    stored.pinTries === approval.pinTries &&
    stored.expiresAt > at;
  return [
    {
      refused: "link_spent",
      holds: memory.without.has("link") || isLive,
      write: () =>
        void memory.approvals.set(approvalKeyOf(approval), {
          ...approval,
          decision,
          decidedAt: at,
        }),
    },
  ];
};

const refundParts = (memory: Memory, { refunds = [] }: Commit): readonly Part[] =>
  refunds.flatMap(({ transfer, paidFen }): readonly Part[] => {
    const { subject, amountFen } = transfer;
    const backFen = memory.paidBack.get(subject) ?? 0;
    return [
      transferPart(memory, transfer),
      {
        refused: "stale",
        holds: memory.transfers.get(`${subject} post `)?.amountFen === paidFen,
        write: () => undefined,
      },
      {
        refused: "stale",
        holds: memory.without.has("paid_back") || backFen + amountFen <= paidFen,
        write: () => void memory.paidBack.set(subject, backFen + amountFen),
      },
    ];
  });

const refundBalanceParts = (memory: Memory, { refunds = [] }: Commit): readonly Part[] => {
  const transfers = refunds.map(({ transfer }) => transfer);
  const funds = new Set(transfers.map(({ fundId }) => fundId));
  return [...funds].map((id) =>
    balancePart(
      memory,
      transfers.filter(({ fundId }) => fundId === id),
    ),
  );
};

const commitIn = (memory: Memory, commit: Commit): CommitOutcome => {
  const transfers = commit.transfer ? [commit.transfer] : [];
  return written<CommitOutcome>([
    ...transfers.map((transfer) => transferPart(memory, transfer)),
    ...refundParts(memory, commit),
    ...claimParts(memory, commit),
    ...linkParts(memory, commit),
    ...stepParts(memory, commit.step),
    ...releasedClaimParts(memory, commit),
    ...accountParts(memory, commit),
    ...(commit.transfer ? [balancePart(memory, transfers, commit.reservedUnder)] : []),
    ...refundBalanceParts(memory, commit),
  ]);
};

const casesIn = (memory: Memory): MoneyStores["cases"] => ({
  begin: async (draft) => void memory.cases.set(draft.id, draft),
  get: async (id) => memory.cases.get(id) ?? null,
  commit: async (commit) => commitIn(memory, commit),
  events: async ({ id }) =>
    [...memory.events.values()]
      .filter(({ applicationId }) => applicationId === id)
      .map((event): RecordedEvent => ({ ...event, previousHash: "", hash: "" })),
  approval: async (applicationId, round, tier, seat) =>
    memory.approvals.get(approvalKeyOf({ applicationId, round, tier, seat })) ?? null,
  putApproval: async (approval, previous) => {
    const key = approvalKeyOf(approval);
    const free = previous === null && !memory.approvals.has(key);
    if (free) memory.approvals.set(key, approval);
    return free;
  },
});

const fundsIn = (memory: Memory): MoneyStores["funds"] => ({
  get: async (id) => memory.funds.get(id) ?? null,
  open: async (fund) => {
    if (memory.funds.has(fund.id)) return false;
    memory.funds.set(fund.id, fund);
    return true;
  },
  transfersOf: async (id) =>
    [...memory.transfers.values()].filter(({ applicationId }) => applicationId === id),
});

/** An empty store; `without` leaves conditions out. */
export const memoryStores = (
  without: readonly Guard[] = [],
): { readonly stores: MoneyStores; readonly snapshot: () => Promise<Snapshot> } => {
  const memory: Memory = {
    cases: new Map(),
    events: new Map(),
    approvals: new Map(),
    claims: new Map(),
    funds: new Map(),
    transfers: new Map(),
    paidBack: new Map(),
    accounts: new Map(),
    batches: new Map(),
    items: new Map(),
    orders: new Map(),
    vouchers: new Set(),
    without: new Set(without),
  };
  return {
    stores: {
      cases: casesIn(memory),
      funds: fundsIn(memory),
      fundOrders: ordersIn(memory),
      batches: batchesIn(memory),
    },
    snapshot: async () => ({
      funds: [...memory.funds.values()],
      cases: [...memory.cases.values()],
      transfers: [...memory.transfers.values()],
      batches: [...memory.batches.values()],
      items: [...memory.items.values()],
      claims: [...memory.claims.values()],
    }),
  };
};
