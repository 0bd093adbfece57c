/** The books: every fund's balances replayed from its transfers, and held to what each anchor says of them. */
import { balanceChanges, type Transfer } from "./ledger.ts";
import { localDateOf } from "../kernel/calendar.ts";
import { nextOfList, type Digest, type FundLeaf } from "./trail.ts";
import type { NoteFault } from "./trail-fault.ts";
import type { Anchored, AnchoredLeaves } from "./trail-proof-anchor.ts";
import { saidOfTransfer, type FundRow } from "./trail-row.ts";

type Balances = Pick<FundLeaf, "grantedFen" | "availableFen" | "reservedFen" | "paidFen">;

/** A transfer with its line. */
export interface Moved {
  readonly transfer: Transfer;
  readonly line: number;
}

interface FundState {
  balances: Balances;
  /** Since the last anchor that was passed. */
  count: number;
  hash: string;
  /** The anchors still to come, the next one first. */
  readonly ahead: Anchored<FundLeaf>[];
  /** The day of the last anchor that was passed. */
  closedUpTo: string;
}

export const noMoney: Balances = { grantedFen: 0, availableFen: 0, reservedFen: 0, paidFen: 0 };

/** Balances after a transfer. */
export const movedBy = (balances: Balances, transfer: Transfer): Balances => {
  const change = balanceChanges(transfer);
  return {
    grantedFen: balances.grantedFen + change.granted,
    availableFen: balances.availableFen + change.available,
    reservedFen: balances.reservedFen + change.reserved,
    paidFen: balances.paidFen + change.paid,
  };
};

const names = ["grantedFen", "availableFen", "reservedFen", "paidFen"] as const;
export const sameBalances = (one: Balances, other: Balances): boolean =>
  names.every((name) => one[name] === other[name]);

/** Holds a fund to its next anchor, and begins to count anew. */
const passAnchor = (note: NoteFault, id: string, state: FundState): void => {
  const next = state.ahead.shift();
  if (!next) return;
  const { leaf, line, date } = next;
  const isSame =
    leaf.count === state.count && leaf.hash === state.hash && sameBalances(leaf, state.balances);
  if (!isSame) note({ line, code: "anchored_ledger_differs", subject: id, part: date });
  state.count = 0;
  state.hash = "";
  state.closedUpTo = date;
};

/** Money between funds by its paper: what left one fund came into another. */
const createBetween = (note: NoteFault) => {
  const papers = new Map<string, { readonly fen: number; readonly line: number }>();
  return {
    add: ({ transfer, line }: Moved): void => {
      const { kind, amountFen, voucher = "" } = transfer;
      if (kind !== "allot_out" && kind !== "allot_in") return;
      const fen = (papers.get(voucher)?.fen ?? 0) + (kind === "allot_out" ? 1 : -1) * amountFen;
      papers.set(voucher, { fen, line });
    },
    end: (): void => {
      for (const [paper, { fen, line }] of papers) {
        if (fen !== 0) note({ line, code: "order_one_sided", subject: paper, part: "" });
      }
    },
  };
};

export const createLedgerProof = (
  digest: Digest,
  note: NoteFault,
  known: Pick<AnchoredLeaves, "funds">,
): {
  readonly transfer: (moved: Moved) => void;
  /** Called with a fund's row, behind its transfers. */
  readonly fund: (row: FundRow, line: number) => void;
  readonly end: () => { readonly paidFen: number };
} => {
  const states = new Map<string, FundState>();
  const seen = new Set<string>();
  const between = createBetween(note);
  let paidFen = 0;
  const stateOf = (id: string): FundState => {
    const state = states.get(id) ?? {
      balances: noMoney,
      count: 0,
      hash: "",
      ahead: [...(known.funds.get(id) ?? [])],
      closedUpTo: "",
    };
    states.set(id, state);
    return state;
  };
  return {
    transfer: ({ transfer, line }) => {
      const state = stateOf(transfer.fundId);
      const day = localDateOf(transfer.at);
      if (day <= state.closedUpTo) {
        note({ line, code: "backdated", subject: transfer.subject, part: transfer.kind });
      }
      while (state.ahead[0] && state.ahead[0].date < day) passAnchor(note, transfer.fundId, state);
      state.balances = movedBy(state.balances, transfer);
      between.add({ transfer, line });
      state.count += 1;
      state.hash = nextOfList(digest, state.hash, saidOfTransfer(transfer));
    },
    fund: (row, line) => {
      const state = stateOf(row.id);
      while (state.ahead.length > 0) passAnchor(note, row.id, state);
      const fault = { line, subject: row.id, part: row.code };
      if (!sameBalances(row, state.balances)) note({ ...fault, code: "balance_differs" });
      if (names.some((name) => row[name] < 0)) note({ ...fault, code: "below_zero" });
      if (row.grantedFen !== row.availableFen + row.reservedFen + row.paidFen) {
        note({ ...fault, code: "balance_differs" });
      }
      paidFen += row.paidFen;
      seen.add(row.id);
      states.delete(row.id);
    },
    end: () => {
      for (const id of states.keys()) {
        note({ line: 0, code: "balance_differs", subject: id, part: "" });
      }
      for (const [id, [first]] of known.funds) {
        if (first && !seen.has(id)) {
          note({
            line: first.line,
            code: "anchored_ledger_differs",
            subject: id,
            part: first.date,
          });
        }
      }
      between.end();
      return { paidFen };
    },
  };
};
