/** What the nightly audit compares of a batch: its head, its items, their cases and the ledger (quality I6, I18, I19). Pure. */
import type { ApplicationId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import { payableFen, type Application } from "./application.ts";
import { wasPaid } from "./batch-closing.ts";
import { sumOfItems, type Batch, type BatchItem, type BatchStatus } from "./disbursement.ts";
import type { Finding, FindingCode } from "./ledger-audit.ts";

/** A batch with all that it is compared with, read in one look. */
export interface BatchLook {
  readonly batch: Batch;
  readonly items: readonly BatchItem[];
  readonly cases: ReadonlyMap<ApplicationId, Application>;
  /** Payments in the ledger by application and cycle, as `paymentOf` names them. */
  readonly postedFen: ReadonlyMap<string, Fen>;
  /** The lock's hash worked out anew from the items as they lie in the store (`batch-lock.ts`). */
  readonly lockSha256: string;
}

/** Names a payment as the ledger's transfers do. */
export const paymentOf = ({
  applicationId,
  cycle,
}: Pick<BatchItem, "applicationId" | "cycle">): string => `${applicationId}:${cycle}`;

/** Of one batch so many findings are told: who looks at it sees the rest. */
const findingsMax = 20;

const beforeTheBank: readonly BatchStatus[] = ["assembling", "awaiting_authorisation"];
const withFile: readonly BatchStatus[] = ["sent", "closed"];
const ended: readonly BatchStatus[] = ["voiding", "voided"];

type Tell = (
  code: FindingCode,
  said: Pick<Finding, "expected" | "found"> & Partial<Pick<Finding, "detail" | "unit">>,
) => Finding;

const tellOf =
  ({ id, fundId }: Batch): Tell =>
  (code, { expected, found, detail = "", unit = "fen" }) => ({
    code,
    fundId,
    place: { kind: "batch", id },
    detail,
    unit,
    expected,
    found,
  });

const headFindings = ({ batch, items, lockSha256 }: BatchLook, tell: Tell): readonly Finding[] => {
  const { status, count, sumFen, fileKey, fileSha256, makerId, checkerId } = batch;
  const itemsFen = sumOfItems(items);
  const ready = items.filter((item) => item.status === "ready").length;
  const isChecked = checkerId !== null && checkerId !== makerId;
  const needsChecker = !beforeTheBank.includes(status) && !ended.includes(status);
  return [
    ...(count === items.length
      ? []
      : [tell("batch_count", { expected: items.length, found: count, unit: "count" })]),
    ...(sumFen === itemsFen ? [] : [tell("batch_sum", { expected: itemsFen, found: sumFen })]),
    ...(withFile.includes(status) && (fileKey === null || fileSha256 === null)
      ? [tell("batch_file", { expected: "sha256", found: "", unit: "word" })]
      : []),
    ...(batch.itemsSha256 === null || batch.itemsSha256 === lockSha256
      ? []
      : [tell("batch_lock", { expected: batch.itemsSha256, found: lockSha256, unit: "word" })]),
    ...(needsChecker && !isChecked
      ? [tell("batch_people", { expected: 2, found: 1, unit: "count" })]
      : []),
    ...(ready > 0 && (status === "closed" || status === "voided")
      ? [tell("batch_open_item", { expected: 0, found: ready, unit: "count" })]
      : []),
  ];
};

/** An item whose money is on its way must be its case's present payment, and in no other batch. */
const readyFinding = (
  item: BatchItem,
  application: Application | undefined,
  tell: Tell,
): Finding | null => {
  const detail = item.reference;
  if (application?.status !== "batched") {
    const found = application?.status ?? "";
    return tell("item_differs", { expected: "batched", found, detail, unit: "word" });
  }
  if (application.batchId !== item.batchId) {
    const found = application.batchId ?? "";
    return tell("item_twice", { expected: item.batchId, found, detail, unit: "word" });
  }
  const dueFen = payableFen(application);
  return dueFen === item.amountFen
    ? null
    : tell("item_differs", { expected: dueFen, found: item.amountFen, detail });
};

const paidFinding = (
  item: BatchItem,
  application: Application | undefined,
  postedFen: Fen | undefined,
  tell: Tell,
): Finding | null => {
  const detail = item.reference;
  if (postedFen !== item.amountFen) {
    return tell("item_transfer", { expected: item.amountFen, found: postedFen ?? 0, detail });
  }
  // An advance has left its batch for the papers that follow; its cycle is over.
  const isLast =
    item.status === "paid" && application?.cycle === item.cycle && application.batchId !== null;
  return isLast && application.batchId !== item.batchId
    ? tell("item_twice", {
        expected: item.batchId,
        found: application.batchId ?? "",
        detail,
        unit: "word",
      })
    : null;
};

const itemFinding = (item: BatchItem, look: BatchLook, tell: Tell): Finding | null => {
  const application = look.cases.get(item.applicationId);
  if (item.status === "ready") return readyFinding(item, application, tell);
  return wasPaid(item)
    ? paidFinding(item, application, look.postedFen.get(paymentOf(item)), tell)
    : null;
};

/** One payment twice in one batch, under two references. */
const twiceFindings = (items: readonly BatchItem[], tell: Tell): readonly Finding[] => {
  const seen = new Map<string, string>();
  const found: Finding[] = [];
  for (const item of items) {
    if (item.status !== "ready" && item.status !== "paid") continue;
    const first = seen.get(paymentOf(item));
    if (first === undefined) seen.set(paymentOf(item), item.reference);
    else {
      const detail = item.reference;
      found.push(tell("item_twice", { expected: first, found: detail, detail, unit: "word" }));
    }
  }
  return found;
};

/** Everything that is wrong with a batch; nothing is what it should be. */
export const batchFindings = (look: BatchLook): readonly Finding[] => {
  const tell = tellOf(look.batch);
  return [
    ...headFindings(look, tell),
    ...twiceFindings(look.items, tell),
    ...look.items.flatMap((item) => itemFinding(item, look, tell) ?? []),
  ].slice(0, findingsMax);
};
