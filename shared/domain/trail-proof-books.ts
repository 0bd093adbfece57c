/** A case's money against its events: one reserve a cycle, paid or released, and each movement with what led to it. */
import { accountsOf, type Transfer } from "./ledger.ts";
import type { NoteFault, ProofCode } from "./trail-fault.ts";
import type { ProvedChain, ProvedEvent } from "./trail-proof-chain.ts";
import type { Moved } from "./trail-proof-ledger.ts";

/** Events that book a transfer of a kind at their own instant; of another kind any event may be the one. */
const bookedBy: Readonly<Partial<Record<Transfer["kind"], readonly string[]>>> = {
  reserve: ["approved", "advance_approved", "funds_reserved"],
  post: ["paid", "advance_paid"],
};

/** Events that can't be without their transfer. */
const booking: Readonly<Record<string, Transfer["kind"]>> = {
  approved: "reserve",
  advance_approved: "reserve",
  funds_reserved: "reserve",
  paid: "post",
  advance_paid: "post",
};

const sumOf = (moved: readonly Moved[], kind: Transfer["kind"]): number =>
  moved.reduce((sum, { transfer }) => sum + (transfer.kind === kind ? transfer.amountFen : 0), 0);

type Subject = readonly Moved[];

const byCycle = (moved: readonly Moved[]): ReadonlyMap<string, Subject> => {
  const cycles = new Map<string, Moved[]>();
  for (const one of moved) {
    const list = cycles.get(one.transfer.subject) ?? [];
    cycles.set(one.transfer.subject, [...list, one]);
  }
  return cycles;
};

/** Whether a transfer is what its kind says: from which account, to which. */
export const isOfItsKind = ({ kind, debit, credit, amountFen }: Transfer): boolean => {
  const accounts = Object.hasOwn(accountsOf, kind) ? accountsOf[kind] : null;
  return amountFen > 0 && accounts?.debit === debit && accounts.credit === credit;
};

const checkCycle = (moved: Subject, note: NoteFault): void => {
  const reserved = sumOf(moved, "reserve");
  const posted = sumOf(moved, "post");
  const gone = posted + sumOf(moved, "release");
  const of = (kind: Transfer["kind"]): readonly Moved[] =>
    moved.filter(({ transfer }) => transfer.kind === kind);
  const [posts, releases] = [of("post"), of("release")];
  const fault = (one: Moved | undefined, code: ProofCode): void => {
    if (!one) return;
    const { transfer, line } = one;
    note({ line, code, subject: transfer.subject, part: transfer.kind });
  };
  for (const kind of ["reserve", "post", "release"] as const) fault(of(kind)[1], "booked_twice");
  if (posts.length > 0 && releases.length > 0 && gone !== reserved) {
    fault(posts.at(-1), "resolved_twice");
  }
  if (gone > 0 && reserved === 0) fault(posts[0] ?? releases[0], "not_reserved");
  else if (gone > reserved) fault(posts[0] ?? releases[0], "more_than_reserved");
  if (sumOf(moved, "refund") > posted) fault(of("refund").at(-1), "more_back_than_paid");
};

const matches = ({ transfer }: Moved, event: ProvedEvent): boolean => {
  const types = bookedBy[transfer.kind];
  if (event.at !== transfer.at) return false;
  if (types && !types.includes(event.type)) return false;
  return transfer.kind !== "post" || event.amountFen === transfer.amountFen;
};

/** Checks a case's transfers. `isMoving`: at that instant a counterpart may not have been there yet. */
export const checkBooks = (
  { row, events }: ProvedChain,
  moved: readonly Moved[],
  note: NoteFault,
  isMoving: (at: string) => boolean,
): void => {
  for (const cycle of byCycle(moved).values()) checkCycle(cycle, note);
  const taken = new Set<ProvedEvent>();
  for (const one of moved) {
    const { transfer, line } = one;
    const event = events.find((candidate) => matches(one, candidate) && !taken.has(candidate));
    if (event && bookedBy[transfer.kind]) taken.add(event);
    if (event || isMoving(transfer.at)) continue;
    const { subject, kind } = transfer;
    note({ line, code: "transfer_without_event", subject, part: kind });
  }
  for (const event of events) {
    const kind = Object.hasOwn(booking, event.type) ? booking[event.type] : undefined;
    if (kind === undefined || taken.has(event) || isMoving(event.at)) continue;
    note({
      line: event.line,
      code: "event_without_transfer",
      subject: row.id,
      part: event.type,
    });
  }
};
