/** The tables of the annual audit pack, for page and workbook alike. */
import type { AnnualPack } from "#shared/casework/annual-pack.ts";
import { ties, type FundYear } from "#shared/domain/annual-pack.ts";
import { orderKindNames, orderSumFen } from "#shared/domain/fund-order.ts";
import { sourceTitles } from "#shared/domain/fund.ts";
import type { TransferKind } from "#shared/domain/ledger.ts";
import type { Balances } from "#shared/domain/month-ends.ts";
import type { Organisation } from "#shared/domain/organisation.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { say, type Desk } from "../../frame.ts";
import { findingTitles } from "../audit/words.ts";
import { batchStatusNames } from "../batch-words.ts";
import { kindNames } from "../funds/words.ts";
import { annualWords as words } from "./annual-words.ts";
import type { FigureColumn, FigureTable } from "./figure-table.ts";

const text = (title: Text): FigureColumn => ({ title, kind: "text" });
const code = (title: Text): FigureColumn => ({ title, kind: "code" });
const money = (title: Text): FigureColumn => ({ title, kind: "amount" });
const counted = (title: Text): FigureColumn => ({ title, kind: "count" });

type Row = readonly (string | number)[];

const dayOf = (at: Instant | null): string => (at === null ? "" : localDateOf(at));

interface View {
  readonly desk: Desk;
  readonly pack: AnnualPack;
  readonly nameOf: (id: StaffId | null) => string;
}

/** In the order in which money goes: in, between funds, set aside, out, back. */
const kindsInOrder = Object.keys({
  grant: 0,
  allot_in: 0,
  allot_out: 0,
  give_back: 0,
  reserve: 0,
  release: 0,
  post: 0,
  refund: 0,
} satisfies Record<TransferKind, 0>) as readonly TransferKind[];

const leftFen = ({ availableFen, reservedFen }: Balances): number => availableFen + reservedFen;

const fundFigures = ({ opening, kinds, closing }: FundYear): readonly number[] => {
  const sum = (...of: readonly TransferKind[]): number =>
    of.reduce((total, kind) => total + (kinds.get(kind)?.sumFen ?? 0), 0);
  return [
    leftFen(opening),
    sum("grant", "allot_in"),
    sum("allot_out", "give_back"),
    sum("post"),
    sum("refund"),
    leftFen(closing),
    closing.reservedFen,
  ];
};

const fundsTable = ({ desk, pack }: View): FigureTable => {
  const figures = pack.funds.map(fundFigures);
  const [first = []] = figures;
  const sums = first.map((_, place) => figures.reduce((sum, row) => sum + (row[place] ?? 0), 0));
  return {
    name: words.fundsName,
    columns: [
      text(words.fund),
      money(words.opening),
      money(words.came),
      money(words.left),
      money(words.paid),
      money(words.back),
      money(words.closing),
      money(words.closingReserved),
      text(words.check),
    ],
    rows: [
      ...pack.funds.map((year, at): Row => [
        say(desk, year.fund.name),
        ...(figures[at] ?? []),
        say(desk, ties(year) ? words.yes : words.no),
      ]),
      [say(desk, words.total), ...sums, ""],
    ],
    hasTotal: true,
  };
};

/** Every kind of movement of every fund, with how many transfers it was: what the first table sums up. */
const movementsTable = ({ desk, pack }: View): FigureTable => ({
  name: words.movementsName,
  columns: [
    text(words.fund),
    text(words.source),
    text(words.kind),
    counted(words.transfers),
    money(words.sum),
  ],
  rows: pack.funds.flatMap(({ fund, kinds }) =>
    kindsInOrder.flatMap((kind): readonly Row[] => {
      const total = kinds.get(kind);
      const [name, source] = [say(desk, fund.name), say(desk, sourceTitles[fund.source])];
      return total ? [[name, source, say(desk, kindNames[kind]), total.count, total.sumFen]] : [];
    }),
  ),
});

const batchesTable = ({ desk, pack, nameOf }: View): FigureTable => ({
  name: words.batchesName,
  columns: [
    code(words.batch),
    text(words.made),
    text(words.fund),
    text(words.state),
    counted(words.count),
    money(words.sum),
    text(words.maker),
    text(words.checker),
    counted(words.odd),
    code(words.hash),
  ],
  rows: pack.batches.map((batch) => {
    const fund = pack.funds.find((one) => one.fund.id === batch.fundId)?.fund;
    return [
      batch.id,
      dayOf(batch.createdAt),
      fund ? say(desk, fund.name) : batch.fundId,
      say(desk, batchStatusNames[batch.status]),
      batch.count,
      batch.sumFen,
      nameOf(batch.makerId),
      nameOf(batch.checkerId),
      batch.exceptions,
      batch.fileSha256 ?? "",
    ];
  }),
});

const ordersTable = ({ desk, pack, nameOf }: View): FigureTable => ({
  name: words.ordersName,
  columns: [
    code(words.order),
    text(words.kind),
    code(words.voucher),
    money(words.sum),
    text(words.proposedBy),
    text(words.decidedBy),
    text(words.decidedOn),
  ],
  rows: pack.orders.map((order) => [
    order.id,
    say(desk, orderKindNames[order.kind]),
    order.voucher,
    orderSumFen(order),
    nameOf(order.proposedBy),
    nameOf(order.decidedBy),
    dayOf(order.decidedAt),
  ]),
});

const refundsTable = ({ desk, pack, nameOf }: View): FigureTable => ({
  name: words.refundsName,
  columns: [
    code(words.case),
    text(words.fund),
    text(words.on),
    code(words.slip),
    money(words.sum),
    text(words.proposedBy),
  ],
  rows: pack.refunds.map(({ applicationId, fundId, at, voucher, amountFen, by }) => {
    const fund = pack.funds.find((one) => one.fund.id === fundId)?.fund;
    const name = fund ? say(desk, fund.name) : fundId;
    return [applicationId ?? "", name, dayOf(at), voucher ?? "", amountFen, nameOf(by)];
  }),
});

const openTable = ({ desk, pack }: View): FigureTable => {
  const odd = pack.batches.filter(
    ({ exceptions, exceptionsAnswered }) => exceptions > exceptionsAnswered,
  );
  const concerns = pack.looks.filter(({ lookedAt }) => lookedAt !== null).length;
  return {
    name: words.openName,
    columns: [text(words.what), counted(words.number)],
    rows: [
      [say(desk, words.openFindings), pack.openFindings.length],
      [say(desk, words.recoveries), pack.recoveries.length],
      [say(desk, words.looks), pack.looks.length - concerns],
      [say(desk, words.concerns), concerns],
      [say(desk, words.oddBatches), odd.length],
    ],
  };
};

const findingsTable = ({ desk, pack, nameOf }: View): FigureTable => ({
  name: words.findingsName,
  columns: [
    text(words.finding),
    code(words.place),
    text(words.seen),
    text(words.cleared),
    text(words.clearedBy),
    text(words.words),
  ],
  rows: [
    ...pack.openFindings.map(({ code: found, place, firstSeenAt }): Row => [
      say(desk, findingTitles[found]),
      place.id,
      dayOf(firstSeenAt),
    ]),
    ...pack.clearedFindings.map((finding): Row => [
      say(desk, findingTitles[finding.code]),
      finding.place.id,
      dayOf(finding.firstSeenAt),
      dayOf(finding.clearedAt),
      nameOf(finding.clearedBy),
      finding.words,
    ]),
  ],
});

/** All tables in their order: money first, then what moved it, then what is open and what was found. */
export const annualTables = (
  desk: Desk,
  pack: AnnualPack,
  { staff }: Pick<Organisation, "staff">,
): readonly FigureTable[] => {
  const nameOf = (id: StaffId | null): string =>
    id === null ? "" : (staff.find((person) => person.id === id)?.name ?? id);
  const view: View = { desk, pack, nameOf };
  return [
    fundsTable(view),
    openTable(view),
    movementsTable(view),
    batchesTable(view),
    ordersTable(view),
    refundsTable(view),
    findingsTable(view),
  ];
};
