/**
 * `npm run bench:export`: 1,000,000 payments as 发放明细表, in CSV and in XLSX, each in a process of its own so that one's
 * memory isn't the other's. Prints rows, bytes, seconds by the clock and of the processor, and the most memory; ends
 * with 1 when a figure is over its limit (design 10) or a total isn't the ledger's.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { caseTransfer, type Transfer } from "#shared/domain/ledger.ts";
import { moved, noBalances } from "#shared/domain/month-ends.ts";
import { csv } from "#shared/exports/csv.ts";
import { paymentColumns, type PaymentRow } from "#shared/exports/payment-lists.ts";
import { xlsx } from "#shared/exports/xlsx.ts";
import { instantOfMs, localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, FundId } from "#shared/kernel/ids.ts";
import { addFen, fen, zeroFen, type Fen } from "#shared/kernel/money.ts";

const payments = Number(process.env["BENCH_ROWS"] ?? 1_000_000);
const secondsMax = { csv: 5, xlsx: 20 } as const;
const peakMbMax = 160;

type Format = keyof typeof secondsMax;

interface Figures {
  readonly rows: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMb: number;
  readonly rowsFen: Fen;
  readonly ledgerFen: Fen;
  readonly sha256: string;
}

const fundId = "union-2026" as FundId;
const startMs = Date.parse("2026-01-04T01:00:00Z");
const surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗";
const units = ["求是街道工会服务站", "市机械工业局工会", "示例市纺织集团工会", "西湖区总工会"];
const programmes = ["金秋助学", "冬送温暖", "大病救助", "应急救助"];
const categories = ["深度困难职工", "相对困难职工", "意外致困职工", "临时困难职工"];

const of = (values: readonly string[], index: number): string =>
  values[index % values.length] ?? "";

/** As many are settled in one transaction, at one instant. */
const settledTogether = 24;

const transferAt = (index: number, at: Instant): Transfer =>
  caseTransfer(`SN${index.toString(36).toUpperCase().padStart(10, "0")}` as ApplicationId, 1, {
    kind: "post",
    fundId,
    amountFen: fen(50_000 + ((index * 7_919) % 1_200_000)),
    at,
  });

const rowOf = (index: number, transfer: Transfer, paidOn: string): PaymentRow => ({
  paidOn,
  name: `${surnames[index % surnames.length] ?? ""}某`,
  idNumber: `37010119${String(60 + (index % 40))}0${1 + (index % 9)}${String(index).padStart(7, "0").slice(-6)}`,
  cardNumber: `622202${String((index * 104_729) % 10_000_000_000_000).padStart(13, "0")}`,
  unit: of(units, index),
  category: of(categories, index >> 2),
  programme: of(programmes, index >> 4),
  fund: "工会经费",
  amountFen: transfer.amountFen,
  approval: transfer.applicationId ?? "",
});

/** Rows from the ledger; what it paid by its own reckoning is kept beside them. */
const source = () => {
  let balances = noBalances;
  let rowsFen = zeroFen;
  function* rows(): Generator<PaymentRow> {
    let at = instantOfMs(startMs);
    let day = "";
    for (let index = 0; index < payments; index += 1) {
      if (index % settledTogether === 0) {
        at = instantOfMs(startMs + index * 25_000);
        day = localDateOf(at);
      }
      const transfer = transferAt(index, at);
      balances = moved(balances, transfer, 1);
      rowsFen = addFen(rowsFen, transfer.amountFen);
      yield rowOf(index, transfer, day);
    }
  }
  return { rows: rows(), rowsFen: () => rowsFen, ledgerFen: () => balances.paidFen };
};

/** In this process: one format. */
const measure = async (format: Format): Promise<Figures> => {
  const { rows, rowsFen, ledgerFen } = source();
  const columns = paymentColumns(true);
  const hash = createHash("sha256");
  const started = performance.now();
  const before = process.cpuUsage();
  let bytes = 0;
  for await (const chunk of format === "csv" ? csv(columns, rows) : xlsx(columns, rows)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  const { user, system } = process.cpuUsage(before);
  return {
    rows: payments,
    bytes,
    seconds: (performance.now() - started) / 1_000,
    processorSeconds: (user + system) / 1_000_000,
    peakMb: process.resourceUsage().maxRSS / 1_024,
    rowsFen: rowsFen(),
    ledgerFen: ledgerFen(),
    sha256: hash.digest("hex"),
  };
};

/** Node's young generation grows to what the machine offers; a function of 512 MB has no more than this. */
const heapFlag = "--max-semi-space-size=8";

const inProcess = (what: Format | "rows"): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [heapFlag, fileURLToPath(import.meta.url), what], {
      encoding: "utf8",
      env: process.env,
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );

/** In this process: what making the rows up takes alone, which no export does. */
const makingSeconds = (): number => {
  const started = performance.now();
  for (const row of source().rows) if (row.name === "") throw new Error("a payee without a name");
  return (performance.now() - started) / 1_000;
};

const faultsOf = (format: Format, figures: Figures, madeUpSeconds: number): readonly string[] => [
  // On a machine that others share, what the processor did says more than the clock.
  ...(Math.min(figures.seconds, figures.processorSeconds) - madeUpSeconds > secondsMax[format]
    ? ["seconds"]
    : []),
  ...(figures.peakMb > peakMbMax ? ["memory"] : []),
  ...(figures.rowsFen === figures.ledgerFen ? [] : ["totals"]),
];

const report = (format: Format, madeUpSeconds: number): readonly string[] => {
  const figures = inProcess(format) as Figures;
  const { rows, bytes, seconds, processorSeconds } = figures;
  const { peakMb, rowsFen, ledgerFen } = figures;
  const faults = faultsOf(format, figures, madeUpSeconds);
  console.log(
    [
      `${format.toUpperCase().padEnd(4)} ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB`,
      `${seconds.toFixed(1)} s, of which ${madeUpSeconds.toFixed(1)} s make the rows up (processor ${processorSeconds.toFixed(1)} s; limit ${secondsMax[format]} s without them)`,
      `peak ${peakMb.toFixed(0)} MB (limit ${peakMbMax} MB)`,
      `sum ${rowsFen} fen, ledger ${ledgerFen} fen`,
      `sha256 ${figures.sha256.slice(0, 16)}…`,
      faults.length === 0 ? "ok" : `OVER: ${faults.join(", ")}`,
    ].join(" · "),
  );
  return faults;
};

const asked = process.argv[2];
if (asked === "csv" || asked === "xlsx") {
  console.log(JSON.stringify(await measure(asked)));
} else if (asked === "rows") {
  console.log(makingSeconds());
} else {
  const madeUpSeconds = Number(inProcess("rows"));
  const faults = [...report("csv", madeUpSeconds), ...report("xlsx", madeUpSeconds)];
  if (faults.length > 0) process.exitCode = 1;
}
