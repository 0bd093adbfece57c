/** What a transaction in memory is made of: conditions with what each writes, on the state of one store. */
import type { Application, CaseEvent, Claim } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import type { Fund } from "#shared/domain/fund.ts";
import type { ReservedUnder } from "#shared/domain/fund-fit.ts";
import type { FundOrder } from "#shared/domain/fund-order.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import type { CommitOutcome } from "#shared/ports/case-store.ts";
import type { Guard } from "./stores.ts";

export interface Memory {
  readonly cases: Map<string, Application>;
  readonly events: Map<string, CaseEvent>;
  readonly approvals: Map<string, Approval>;
  readonly claims: Map<string, Claim>;
  readonly funds: Map<string, Fund>;
  readonly transfers: Map<string, Transfer>;
  /** By the payment's subject, in fen. */
  readonly paidBack: Map<string, number>;
  /** "<household> <year> <attribute>", in fen or times. */
  readonly accounts: Map<string, number>;
  readonly batches: Map<string, Batch>;
  readonly items: Map<string, BatchItem>;
  readonly orders: Map<string, FundOrder>;
  /** "<fund> <number of the paper>" */
  readonly vouchers: Set<string>;
  readonly without: ReadonlySet<Guard>;
}

/** A write with its condition; `refused` is what it means when that doesn't hold. */
export interface Part<Refused = CommitOutcome> {
  readonly refused: Refused;
  readonly holds: boolean;
  readonly write: () => void;
}

const transferKeyOf = ({ subject, kind, voucher = "" }: Transfer): string =>
  `${subject} ${kind} ${voucher}`;
const eventKeyOf = ({ applicationId, version }: CaseEvent): string => `${applicationId} ${version}`;

/** The case in its new state and the event, both on the case as it was read. */
export const stepParts = (memory: Memory, { before, after, event }: Step) => {
  const stored = memory.cases.get(before.id);
  const isAsRead =
    stored?.version === before.version &&
    stored.status === before.status &&
    stored.answersVersion === before.answersVersion;
  const unguarded = memory.without.has("version");
  return [
    {
      refused: "stale",
      holds: unguarded || isAsRead,
      write: () => void memory.cases.set(after.id, after),
    },
    {
      refused: "stale",
      holds: unguarded || !memory.events.has(eventKeyOf(event)),
      write: () => void memory.events.set(eventKeyOf(event), event),
    },
  ] as const satisfies readonly Part[];
};

export const transferPart = (memory: Memory, transfer: Transfer) =>
  ({
    refused: "already_done",
    holds: memory.without.has("transfer") || !memory.transfers.has(transferKeyOf(transfer)),
    write: () => void memory.transfers.set(transferKeyOf(transfer), transfer),
  }) as const satisfies Part;

type Balance = "availableFen" | "reservedFen" | "paidFen";

/** A fund's balances by all its transfers of one transaction: none of them goes below zero. */
export const balancePart = (
  memory: Memory,
  transfers: readonly Transfer[],
  under?: ReservedUnder,
) => {
  const [first] = transfers;
  const fund = memory.funds.get(first?.fundId ?? "");
  if (!fund) return { refused: "no_money", holds: false, write: () => undefined } as const;
  const taken = { availableFen: 0, reservedFen: 0, paidFen: 0 };
  const moved = { availableFen: 0, reservedFen: 0, paidFen: 0, grantedFen: 0 };
  for (const { credit, debit, amountFen } of transfers) {
    if (credit === "source") moved.grantedFen += amountFen;
    else {
      taken[`${credit}Fen`] += amountFen;
      moved[`${credit}Fen`] -= amountFen;
    }
    if (debit === "source") moved.grantedFen -= amountFen;
    else moved[`${debit}Fen`] += amountFen;
  }
  const keepFen = memory.without.has("reserve_line") ? 0 : (under?.keepFen ?? 0);
  const least = (name: Balance): number =>
    taken[name] + (name === "availableFen" && taken[name] > 0 ? keepFen : 0);
  const covers = (Object.keys(taken) as Balance[]).every((name) => fund[name] >= least(name));
  const reserves = transfers.some(({ kind }) => kind === "reserve");
  return {
    refused: "no_money",
    holds:
      (memory.without.has("balance") || covers) &&
      (memory.without.has("open") || !reserves || fund.open) &&
      (!under || fund.termsVersion <= under.termsVersion),
    write: () => {
      const now = memory.funds.get(fund.id) ?? fund;
      const sums = Object.entries(moved).map(([name, by]) => [name, now[name as Balance] + by]);
      memory.funds.set(fund.id, { ...now, ...Object.fromEntries(sums) } as Fund);
    },
  } as const satisfies Part;
};

/** Writes all or nothing; what failed first is the answer. */
export const written = <Refused>(parts: readonly Part<Refused>[]): "committed" | Refused => {
  const failed = parts.find(({ holds }) => !holds);
  if (failed) return failed.refused;
  for (const { write } of parts) write();
  return "committed";
};
