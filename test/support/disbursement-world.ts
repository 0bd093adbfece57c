/**
 * A fund, cases whose money is reserved, and the tasks of disbursement over the real stores.
 * Executions are recorded, not run: a test calls the tasks as the machine would, twice where it
 * likes.
 */
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import { S3Client } from "@aws-sdk/client-s3";
import { parse } from "csv-parse/sync";
import { createHandler as assembleBatch } from "#functions/assemble-batch/handler.ts";
import { createHandler as settleBatch } from "#functions/settle-batch/handler.ts";
import { createHandler as writeBankFile } from "#functions/write-bank-file/handler.ts";
import { startS3 } from "#infra/local/s3.ts";
import { createObjectStore } from "#shared/adapters/s3/object-store.ts";
import { answerExceptions } from "#shared/casework/accept-batch.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { answersOf } from "#shared/domain/answers.ts";
import { payableFen, type Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { moveBatch, newBatch, type Batch } from "#shared/domain/disbursement.ts";
import { balancesOf, caseTransfer, fundFault, grantTransfer } from "#shared/domain/ledger.ts";
import { instant, instantOfMs, msOfInstant, type Instant } from "#shared/kernel/calendar.ts";
import { newBatchId, type ApplicationId, type BatchId, type FundId } from "#shared/kernel/ids.ts";
import { fen, yuan } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { programmeById } from "#workflows/registry.ts";
import { aFund } from "./cases.ts";
import { aReservedCase, checker, maker, monday } from "./disbursement.ts";
import { startStore } from "./store.ts";

/** Cards with a right Luhn digit, all invented. */
export const cardOf = (number: number): string => {
  const body = `622202000${String(number).padStart(9, "0")}`;
  const digits = [...body].toReversed().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};

const exampleAnswers = (programmeId: string, number: number, changes: Answers): Answers => {
  const programme = programmeById(programmeId);
  const facts = programme?.examples[0]?.facts;
  if (!programme || !facts) throw new Error("every programme has a worked case");
  return {
    ...answersOf(programme.form, facts),
    applicantName: `王${"甲乙丙丁戊己庚辛壬癸"[number % 10] ?? ""}`,
    bankName: "示例银行",
    bankCardNumber: cardOf(number),
    ...changes,
  };
};

/** Everything for one test file. Stop it when the tests are done. */
export const startDisbursementWorld = async () => {
  const store = await startStore();
  const s3 = await startS3({ dataDir: null, buckets: ["files", "papers"] });
  const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "test" };
  const client = new S3Client({
    endpoint: s3.url,
    region: "us-east-1",
    credentials,
    forcePathStyle: true,
  });
  const clients = { inside: client, browser: client };
  const mails: Mail[] = [];
  const started: { readonly name: string }[] = [];
  const succeeded: {
    readonly taskToken: string;
    readonly output: Readonly<Record<string, unknown>>;
  }[] = [];
  const waiting = new Set<string>();
  let now: Instant = monday;
  const uses = {
    ...store,
    files: createObjectStore(clients, "files"),
    papers: createObjectStore(clients, "papers"),
    // No two things happen at one instant, so that the ledger has an order.
    clock: { now: () => (now = instantOfMs(msOfInstant(now) + 1)) },
    mailer: {
      send: async (mail: Mail) => {
        mails.push(mail);
      },
    },
    workflow: {
      start: async (_machine: string, name: string) => {
        started.push({ name });
        return true;
      },
      succeed: async (taskToken: string, output: Readonly<Record<string, unknown>>) => {
        succeeded.push({ taskToken, output });
        return waiting.delete(taskToken);
      },
    },
    siteUrl: "https://relief.example.org",
    uploadOrigin: s3.url,
  };
  return {
    uses,
    /** The client behind `uses.files`, for tests that make its calls fail. */
    s3: client,
    mails,
    started,
    succeeded,
    waiting,
    moveClockTo: (iso: string): void => {
      now = instant(iso);
    },
    stop: async () => {
      client.destroy();
      await s3.stop();
      await store.stop();
    },
  };
};

export type DisbursementWorld = Awaited<ReturnType<typeof startDisbursementWorld>>;
type Uses = Pick<
  Dependencies,
  | "archive"
  | "batches"
  | "cases"
  | "clock"
  | "directory"
  | "files"
  | "funds"
  | "mailer"
  | "random"
  | "siteUrl"
  | "oversight"
  | "policy"
  | "vault"
>;

let grants = 0;

/** Opens a fund of its own for a test, with money in it. */
export const openFund = async (
  { funds, clock }: Pick<Uses, "funds" | "clock">,
  id: string,
  amountYuan: number,
): Promise<FundId> => {
  await funds.open(aFund(id, "UNION"));
  await funds.grant(
    grantTransfer(`T-${(grants += 1)}`, {
      fundId: id as FundId,
      amountFen: yuan(amountYuan),
      at: clock.now(),
    }),
  );
  return id as FundId;
};

let cases = 0;

/** A case that was approved and whose money is reserved, as the last decision leaves it. */
export const reserveCase = async (
  { cases: store, random, clock }: Pick<Uses, "cases" | "random" | "clock">,
  fundId: FundId,
  answers: Answers = {},
  amountFen = fen(500_000),
  changes: Partial<Application> = {},
): Promise<Application> => {
  const number = (cases += 1);
  const salt = Buffer.from(random(12)).toString("base64url");
  const reserved = aReservedCase(number, { fundId, amountFen, salt, version: 2, ...changes });
  const draft = {
    ...reserved,
    version: 1,
    status: "draft" as const,
    fundId: null,
    amountFen: fen(0),
  };
  await store.createDraft(draft, exampleAnswers(reserved.programmeId, number, answers));
  const { household, programmeId, id: applicationId } = reserved;
  const period = `test-${number}`;
  const outcome = await store.commit({
    step: {
      before: draft,
      after: reserved,
      event: {
        applicationId: draft.id,
        version: 2,
        type: "approved",
        from: "draft",
        to: "reserved",
        at: monday,
        actor: { kind: "system", task: "test" },
        detail: {},
        confidential: null,
      },
    },
    transfer: caseTransfer(draft.id, 1, {
      kind: "reserve",
      fundId,
      amountFen: payableFen(reserved),
      at: clock.now(),
    }),
    accountLimits: noAccountLimits,
    claims: household
      ? [{ household, subject: household, programmeId, period, applicationId }]
      : [],
  });
  if (outcome !== "committed") throw new Error(`the case was not reserved: ${outcome}`);
  return loadCase({ cases: store }, draft.id);
};

export const loadCase = async (
  { cases: store }: Pick<Uses, "cases">,
  id: ApplicationId,
): Promise<Application> => {
  const application = await store.get(id);
  if (!application) throw new Error("there is such a case");
  return application;
};

/** A batch that is being assembled, as the desk makes it. */
export const createBatch = async (uses: Uses, fundId: FundId): Promise<Batch> => {
  const id = newBatchId("2026-07-20", uses.random(6));
  const batch = newBatch(id, { fundId, makerId: maker, at: monday });
  const made = await uses.batches.create(batch);
  if (made !== "created") throw new Error(`the batch was not made: ${made}`);
  return batch;
};

export const loadBatch = async (
  { batches }: Pick<Uses, "batches">,
  id: BatchId,
): Promise<Batch> => {
  const batch = await batches.get(id);
  if (!batch) throw new Error("there is such a batch");
  return batch;
};

/** Enters the receipt (受理回执) of a bank that took in all of it. */
export const acceptedBatch = async (
  uses: Pick<Uses, "batches" | "clock">,
  id: BatchId,
): Promise<Batch> => {
  const { count, sumFen } = await loadBatch(uses, id);
  const { batch } = await changeBatch(uses, id, (before) =>
    moveBatch(
      before,
      { type: "accepted", at: uses.clock.now(), by: maker },
      { acceptance: { number: `ACC-${id}`, count, sumFen, by: maker, at: uses.clock.now() } },
    ),
  );
  return batch;
};

/** A batch whose bank file lies ready, and which the bank took in: assembled, authorised by a second person, written. */
export const sendBatch = async (uses: Uses, fundId: FundId): Promise<Batch> => {
  const { id } = await createBatch(uses, fundId);
  await assembleBatch(uses)({ batchId: id });
  await changeBatch(uses, id, (before) =>
    moveBatch(before, { type: "authorised", at: monday, by: checker }),
  );
  await writeBankFile(uses)({ batchId: id });
  return acceptedBatch(uses, id);
};

/** A person looks into every odd line and answers all of them. */
export const answerAll = async (
  uses: Pick<Dependencies, "batches" | "clock" | "workflow">,
  { id }: Batch,
): Promise<Batch> => {
  const open = (await uses.batches.exceptions(id)).filter(({ answer }) => answer === null);
  await answerExceptions(uses, { id }, open, { by: maker, words: "已与银行核实" });
  return loadBatch(uses, id);
};

export type BankRow = Readonly<Record<string, string>>;

/** The bank file as a bank's import program reads it. */
export const readBankFile = async (
  { files }: Pick<Uses, "files">,
  batch: Batch,
): Promise<readonly BankRow[]> => {
  const bytes = await files.read(batch.fileKey ?? "", 10_000_000);
  if (!bytes) throw new Error("the batch has a bank file");
  return parse<BankRow>(Buffer.from(bytes), { bom: true, columns: true, trim: true });
};

export const returnHeader = "业务参考号,收款账号,户名,金额,处理结果,失败原因";

/** One line of a return on a row of the bank file: paid unless told otherwise. */
export const returnLine = (row: BankRow, result = "成功", reason = ""): string =>
  [row["业务参考号"], row["收款账号"], row["户名"], row["金额"], result, reason].join(",");

let returns = 0;

/** Gives a return file to the batch, as the desk does after an upload. @returns its key. */
export const giveReturn = async (
  uses: Uses,
  { id }: Batch,
  lines: readonly string[],
  encode: (text: string) => Uint8Array = (text) => new TextEncoder().encode(text),
): Promise<string> => {
  const returnKey = `batches/${id}/returns/${(returns += 1)}.csv`;
  await uses.files.write(
    returnKey,
    encode(`${[returnHeader, ...lines].join("\r\n")}\r\n`),
    "text/csv",
  );
  await changeBatch(uses, id, (before) =>
    moveBatch(
      before,
      { type: "return_given", at: uses.clock.now(), by: maker },
      { returnKeys: [...before.returnKeys, returnKey] },
    ),
  );
  return returnKey;
};

/** Gives a return and settles it, as the machine does. */
export const settle = async (
  uses: Uses,
  batch: Batch,
  lines: readonly string[],
): Promise<{ readonly outcome: string; readonly returnKey: string }> => {
  const returnKey = await giveReturn(uses, batch, lines);
  const { outcome } = await settleBatch(uses)({ batchId: batch.id, returnKey });
  return { outcome, returnKey };
};

/**
 * What is wrong with a fund by its own row and by replaying its transfers (quality I1 to I3), or
 * null.
 */
export const faultOf = async (
  { funds }: Pick<Uses, "funds">,
  fundId: FundId,
): Promise<string | null> => {
  const fund = await funds.get(fundId);
  if (!fund) return "no fund";
  const transfers = [];
  for await (const transfer of funds.transfers(fundId, "2026-01", "2026-12"))
    transfers.push(transfer);
  const replayed = balancesOf(transfers);
  const same =
    replayed.grantedFen === fund.grantedFen &&
    replayed.availableFen === fund.availableFen &&
    replayed.reservedFen === fund.reservedFen &&
    replayed.paidFen === fund.paidFen;
  return fundFault(fund) ?? (same ? null : "replay_differs");
};
