/**
 * A payout from the first batch to the last closed one, by the people who do it and over HTTP: an officer makes batches,
 * a second person authorises them, a bank pays and refuses some, the refused mend their cards and are paid anew.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { checkCards } from "#infra/local/demo/cards.ts";
import { assembleBatch, enterReceipt, type Desk } from "#infra/local/demo/desk.ts";
import { financeDesk } from "#infra/local/demo/fast-track.ts";
import { createVisitor, expectStatus, formTo, formWith } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId, BatchId, FundId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { parse } from "csv-parse/sync";
import { press } from "./brisk.ts";
import { payoutCode } from "./payout-people.ts";
import type { Staged } from "./payout-stage.ts";

const pollMs = 25;
/** Far longer than the largest batch takes at any step. */
const patienceMs = 120_000;

const untilBatch = async (
  city: Embedded,
  id: BatchId,
  ...wanted: readonly Batch["status"][]
): Promise<Batch> => {
  const untilMs = performance.now() + patienceMs;
  while (performance.now() < untilMs) {
    const batch = await city.dependencies.batches.get(id);
    if (batch && wanted.includes(batch.status)) return batch;
    await sleep(pollMs);
  }
  throw new Error(`batch ${id} did not become ${wanted.join(" or ")}`);
};

/** One line of the bank's own books. */
interface BankPayment {
  readonly applicationId: ApplicationId;
  readonly account: string;
  readonly amount: string;
}

/** The bank: pays what a file says, but not to the accounts it doesn't know. */
export interface Bank {
  readonly answer: (file: Uint8Array) => Uint8Array;
  readonly paid: readonly BankPayment[];
  readonly refused: ReadonlySet<ApplicationId>;
}

/** Refuses every so-manieth payment of first cards. */
const createBank = (refuseEvery: number): Bank => {
  const paid: BankPayment[] = [];
  const refused = new Set<ApplicationId>();
  let seen = 0;
  return {
    paid,
    refused,
    answer: (file) => {
      const rows = parse<Record<string, string>>(Buffer.from(file), { bom: true, columns: true });
      const lines = rows.map((row) => {
        const plain = (name: string): string => (row[name] ?? "").replaceAll(/^[\t']+/gu, "");
        const [reference, account, amount] = [
          plain("业务参考号"),
          plain("收款账号"),
          plain("金额"),
        ];
        const [applicationId = "", attempt = ""] = reference.split("-");
        const id = applicationId as ApplicationId;
        const takes = attempt !== "1" || (seen += 1) % refuseEvery !== 0;
        if (takes) paid.push({ applicationId: id, account, amount });
        else refused.add(id);
        return [
          reference,
          account,
          amount,
          ...(takes ? ["成功", ""] : ["失败", "账号不存在"]),
        ].join(",");
      });
      return Buffer.from(["业务参考号,收款账号,金额,处理结果,失败原因", ...lines].join("\r\n"));
    },
  };
};

/** From the made batch to the closed one. */
const payBatch = async (
  city: Embedded,
  { officer, authoriser }: Desk,
  bank: Bank,
  id: BatchId,
): Promise<Batch> => {
  const batchPath = paths.desk("batches", id);
  const toAuthorise = await authoriser.get(batchPath);
  await press(authoriser, toAuthorise, formTo(toAuthorise, "/authorise"));
  await untilBatch(city, id, "sent");
  const answer = bank.answer(await officer.download(paths.desk("batches", id, "file")));
  const sent = await enterReceipt(officer, id, await untilBatch(city, id, "sent"));
  const form = sent.forms.find(({ multipart }) => multipart);
  if (!form) throw new Error("the batch's page takes no return file");
  const file = { name: "return.csv", type: "text/csv", bytes: answer };
  const uploaded = expectStatus(await officer.upload(sent, form, file), 200, "the return file");
  await press(officer, uploaded, formTo(uploaded, "/returns"));
  return untilBatch(city, id, "closed");
};

const settlesAtOnce = 2;

/** Batches one after the other until nothing is payable; while one is filled, those before it are settled. */
const payAll = async (
  city: Embedded,
  desk: Desk,
  bank: Bank,
  fundId: FundId,
): Promise<readonly Batch[]> => {
  const closed: Promise<Batch>[] = [];
  for (;;) {
    const queue = { kind: "payable", fundId } as const;
    if ((await city.dependencies.cases.queue(queue, 1)).rows.length === 0) break;
    const id = await assembleBatch(desk.officer, fundId);
    const { status } = await untilBatch(city, id, "awaiting_authorisation", "voided");
    if (status === "voided") break;
    await closed.at(-settlesAtOnce);
    const paid = payBatch(city, desk, bank, id);
    // Awaited below; until then nobody listens.
    paid.catch(() => {});
    closed.push(paid);
  }
  return Promise.all(closed);
};

const mendsAtOnce = 4;

/** The applicant looks at the case by reference and code, and gives another card. */
const mendCard = async (city: Embedded, id: ApplicationId, number: number): Promise<void> => {
  const visitor = createVisitor(city.url);
  const door = await visitor.get(paths.status);
  const form = formWith(door, "reference");
  const shown = await visitor.send(door, form, { reference: id, code: payoutCode });
  expectStatus(shown, 200, "the case");
  const page = expectStatus(await visitor.get(paths.card(id)), 200, "the card's page");
  await press(visitor, page, formTo(page, paths.card(id)), {
    bankName: "示例银行",
    bankCardNumber: demoApplicant(2_000_000 + number).mendedCardNumber,
  });
};

export interface PayoutFigures {
  readonly people: number;
  readonly batches: readonly Batch[];
  readonly refused: number;
  readonly bank: Bank;
  readonly phases: Readonly<Record<string, number>>;
}

/** Pays everybody staged. @throws when anything on the way isn't as a person would find it. */
export const payOut = async (
  city: Embedded,
  staged: Staged,
  refuseEvery: number,
): Promise<PayoutFigures> => {
  const desk = await financeDesk(city);
  const bank = createBank(refuseEvery);
  const phases: Record<string, number> = {};
  const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const begunMs = performance.now();
    const result = await work();
    phases[name] = performance.now() - begunMs;
    return result;
  };
  const first = await timed("first", () => payAll(city, desk, bank, staged.fundId));
  const refused = [...bank.refused];
  await timed("mend", async () => {
    await inParallel([...refused.entries()], mendsAtOnce, ([number, id]) =>
      mendCard(city, id, number),
    );
    await checkCards(desk.officer);
  });
  const second = await timed("second", () => payAll(city, desk, bank, staged.fundId));
  return {
    people: staged.people.length,
    batches: [...first, ...second],
    refused: refused.length,
    bank,
    phases,
  };
};

/** What isn't as it must be after a payout; empty when every person was paid once and the books agree. */
export const payoutFaults = async (
  city: Embedded,
  staged: Staged,
  { bank, batches }: PayoutFigures,
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const { cases, funds } = city.dependencies;
  const paidYuan = new Map<string, string[]>();
  for (const { applicationId, amount } of bank.paid) {
    paidYuan.set(applicationId, [...(paidYuan.get(applicationId) ?? []), amount]);
  }
  const found = new Map<string, Application>();
  for (let from = 0; from < staged.people.length; from += 10_000) {
    const ids = staged.people.slice(from, from + 10_000).map(({ id }) => id);
    for (const one of await cases.getAll(ids)) found.set(one.id, one);
  }
  for (const { id, amountFen } of staged.people) {
    const amounts = paidYuan.get(id) ?? [];
    if (amounts.length !== 1 || amounts[0] !== (amountFen / 100).toFixed(2)) {
      faults.push(`${id}: the bank paid ${amounts.length} times or another amount`);
    }
    if (found.get(id)?.status !== "paid") faults.push(`${id}: ${found.get(id)?.status}`);
  }
  const posted = new Map<string, number>();
  let postedFen = 0;
  for await (const transfer of funds.transfers(staged.fundId, "2026-01", "2027-12")) {
    if (transfer.kind !== "post" || !transfer.applicationId) continue;
    posted.set(transfer.applicationId, (posted.get(transfer.applicationId) ?? 0) + 1);
    postedFen += transfer.amountFen;
  }
  for (const { id } of staged.people) {
    if (posted.get(id) !== 1) faults.push(`${id}: ${posted.get(id) ?? 0} postings`);
  }
  const fund = await funds.get(staged.fundId);
  const batchFen = batches.reduce((sum, batch) => sum + batch.sumFen, 0);
  const items = batches.reduce((sum, { count }) => sum + count, 0);
  if (postedFen !== staged.sumFen) faults.push("the ledger's payments are not the awards");
  if (fund?.paidFen !== staged.sumFen) faults.push("the fund's paid balance is not the awards");
  if (fund?.reservedFen !== 0) faults.push("money is still set aside");
  if (items !== staged.people.length + bank.refused.size)
    faults.push("payments are missing or double");
  if (batchFen < staged.sumFen) faults.push("the batches' sums are short");
  if (batches.some(({ status }) => status !== "closed")) faults.push("a batch is open");
  if (batches.some(({ exceptions }) => exceptions > 0)) faults.push("lines were left over");
  return faults;
};
