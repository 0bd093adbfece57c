/** What must hold of the money after every step, by its number in quality B, in words of its own. */
import type { Application, Status } from "#shared/domain/application.ts";
import { queueOf } from "#shared/adapters/dynamodb/keys.ts";
import type { BatchItem } from "#shared/domain/disbursement.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { availableIn, caseIn, fundIn, must, type Book } from "./book.ts";
import type { Snapshot } from "./stores.ts";

const grouped = <Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};

const sumOf = (values: readonly { readonly amountFen: number }[]): number =>
  values.reduce((sum, { amountFen }) => sum + amountFen, 0);

const accounts = ["available", "reserved", "paid"] as const;

const checkFunds = ({ funds, transfers }: Snapshot, book: Book): void => {
  const byFund = grouped(transfers, ({ fundId }) => fundId);
  for (const fund of funds) {
    const { id, grantedFen, availableFen, reservedFen, paidFen } = fund;
    must(grantedFen === availableFen + reservedFen + paidFen, "I1: a fund doesn't add up");
    must(Math.min(availableFen, reservedFen, paidFen) >= 0, "I2: a fund stands below zero");
    const own = byFund.get(id) ?? [];
    for (const account of accounts) {
      const came = sumOf(own.filter(({ debit }) => debit === account));
      const went = sumOf(own.filter(({ credit }) => credit === account));
      must(came - went === fund[`${account}Fen`], `I3: ${account} isn't the sum of its transfers`);
    }
    const model = fundIn(book, id);
    must(
      availableIn(model) === availableFen && model.setAside === reservedFen,
      "reference: a fund differs",
    );
    must(model.paid === paidFen, "reference: what a fund paid differs");
  }
};

const ofKind = (transfers: readonly Transfer[], kind: Transfer["kind"]): readonly Transfer[] =>
  transfers.filter((one) => one.kind === kind);

const checkSubjects = ({ transfers }: Snapshot): void => {
  const ofCases = transfers.filter(({ applicationId }) => applicationId !== null);
  for (const own of grouped(ofCases, ({ subject }) => subject).values()) {
    const [reserves, releases, posts] = [
      ofKind(own, "reserve"),
      ofKind(own, "release"),
      ofKind(own, "post"),
    ];
    must(reserves.length <= 1, "I4: two reservations of one cycle");
    must(releases.length + posts.length <= 1, "I4: one reservation resolved twice");
    const resolved = [...releases, ...posts];
    must(
      resolved.length === 0 || sumOf(resolved) === sumOf(reserves),
      "I5: resolved otherwise than reserved",
    );
    must(sumOf(ofKind(own, "refund")) <= sumOf(posts), "I29: more came back than was paid");
  }
};

const holdsMoney: readonly Status[] = ["reserved", "batched", "payment_failed"];

const checkCases = ({ cases, transfers }: Snapshot, book: Book): void => {
  const byCase = grouped(transfers, ({ applicationId }) => applicationId ?? "");
  for (const one of cases) {
    const own = byCase.get(one.id) ?? [];
    const live = ofKind(own, "reserve").filter(
      ({ subject }) =>
        !own.some(
          (other) =>
            other.subject === subject && (other.kind === "release" || other.kind === "post"),
        ),
    );
    must(live.length <= 1, "I4: two live reservations of a case");
    const holds = holdsMoney.includes(one.status) && one.fundId !== null;
    must(
      holds === (live.length === 1),
      `I21: what is set aside and where the case stands differ in ${one.status}`,
    );
    const model = caseIn(book, one.id);
    must(sumOf(live) === model.setAside, "reference: what is set aside for a case differs");
    must(!holds || one.amountFen === model.awarded, "I8: the case holds another amount");
    must(!holds || live[0]?.fundId === one.fundId, "I18: set aside in another fund");
    must(
      !holds || one.deadlineAt !== null || queueOf(one) !== null,
      `I17: money set aside that nobody sees to in ${one.status}`,
    );
    must(
      !book.asksVersions || one.version === model.version,
      "I22: a case was written by something that was not committed",
    );
  }
};

const notLive: readonly Status[] = ["draft", "withdrawn", "lapsed", "ineligible", "rejected"];

const checkClaims = ({ cases, claims }: Snapshot): void => {
  const held = new Map(
    claims.filter(({ released }) => !released).map((claim) => [claim.applicationId, claim]),
  );
  const seen = new Set<string>();
  for (const one of cases) {
    // A lapsed case keeps its claim: nobody is paid by it, and nobody else claims by it.
    if (notLive.includes(one.status)) continue;
    must(held.has(one.id), "I7: a live case without its claim");
    const subject = `${one.household} ${one.programmeId}`;
    must(!seen.has(subject), "I7: two live cases of one household and programme");
    seen.add(subject);
  }
};

const cycleOf = ({ applicationId, cycle }: BatchItem): string => `${applicationId}:${cycle}`;

const checkItems = ({ items, transfers, batches }: Snapshot): void => {
  for (const [subject, own] of grouped(items, cycleOf)) {
    // What came back later was paid all the same: in its cycle nothing is paid again.
    const paid = own.filter(({ status }) => status === "paid" || status === "returned");
    const open = own.filter(({ status }) => status === "ready");
    must(paid.length <= 1, "I6: paid twice");
    must(open.length <= 1, "I6: with the bank twice");
    must(paid.length + open.length <= 1, "I6: paid, and with the bank again");
    const posted = transfers.filter((one) => one.subject === subject && one.kind === "post");
    must(sumOf(posted) === sumOf(paid), "I18: what an item says was paid the ledger doesn't");
  }
  const voided = new Set(batches.filter(({ status }) => status === "voided").map(({ id }) => id));
  const live = items.filter(({ batchId, status }) => status !== "voided" && !voided.has(batchId));
  for (const own of grouped(live, ({ reference }) => reference).values()) {
    must(own.length === 1, "I19: one reference in two batches");
  }
};

const checkBatches = (snapshot: Snapshot, book: Book): void => {
  const byBatch = grouped(snapshot.items, ({ batchId }) => batchId);
  const fundOf = new Map(
    snapshot.transfers.map((one) => [`${one.subject} ${one.kind}`, one.fundId]),
  );
  for (const batch of snapshot.batches) {
    const items = byBatch.get(batch.id) ?? [];
    must(
      items.length === batch.count && sumOf(items) === batch.sumFen,
      "I18: a batch's count and sum aren't its items'",
    );
    must(
      items.every((item) => fundOf.get(`${cycleOf(item)} reserve`) === batch.fundId),
      "I18: a batch of two funds",
    );
    must(batch.checkerId !== batch.makerId, "I30: one person made and authorised a batch");
    const sent = batch.status === "sent" || batch.status === "closed";
    must(!sent || batch.fileSha256 !== null, "I19: sent without a hash");
    must(!sent || batch.checkerId !== null, "I30: sent without a second person");
    must(
      batch.status !== "closed" || items.every(({ status }) => status !== "ready"),
      "I18: closed with an open item",
    );
    must(
      batch.status !== "voided" || items.every(({ status }) => status === "voided"),
      "I21: voided with an item that stands",
    );
    for (const item of items) checkPayment(item, book);
  }
};

const stateOf = {
  ready: "open",
  paid: "paid",
  failed: "failed",
  voided: "void",
  returned: "returned",
} as const;

const checkPayment = (item: BatchItem, book: Book): void => {
  const model = book.payments.find(
    ({ caseId, batch, cycle, amount, state }) =>
      caseId === item.applicationId &&
      batch === item.batchId &&
      cycle === item.cycle &&
      amount === item.amountFen &&
      state === stateOf[item.status],
  );
  must(model !== undefined, `I20: an item is ${item.status} that the reference has otherwise`);
};

/** A household's year: what its cases hold or were paid, less what came back. */
const checkCaps = ({ cases }: Snapshot, book: Book, capFen: number): void => {
  const countsFor = (one: Application): number => {
    if (one.status === "waiting_for_funds" || holdsMoney.includes(one.status)) return one.amountFen;
    const model = caseIn(book, one.id);
    const back = [...model.back.values()].reduce((sum, part) => sum + part, 0);
    return [...model.paid.values()].reduce((sum, part) => sum + part, 0) - back;
  };
  for (const own of grouped(cases, ({ household }) => household ?? "").values()) {
    const sum = own.reduce((all, one) => all + countsFor(one), 0);
    must(sum <= capFen, "cap: a household above its year");
  }
};

/** @throws Broken with the first rule that doesn't hold. */
export const checkMoney = (snapshot: Snapshot, book: Book, capFen: number): void => {
  checkFunds(snapshot, book);
  checkSubjects(snapshot);
  checkCases(snapshot, book);
  checkClaims(snapshot);
  checkItems(snapshot);
  checkBatches(snapshot, book);
  checkCaps(snapshot, book, capFen);
};
