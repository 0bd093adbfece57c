/**
 * The offices and cases of cases.ts in the real stores, with plain fakes for what casework tells others: who is
 * mailed, which executions are started, which tasks answered. The clock stands until a test moves it.
 */
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { claimKey } from "#shared/adapters/dynamodb/keys.ts";
import { identify } from "#shared/casework/identify.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import { readForm, type Answers } from "#shared/domain/form.ts";
import { fundFault, grantTransfer } from "#shared/domain/ledger.ts";
import type { FundCode } from "#shared/domain/fund.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import type { Mail } from "#shared/ports/mailer.ts";
import { aCase, aFund, anApproval, monday, organisation } from "./cases.ts";
import { startStore } from "./store.ts";

/** What an execution was told. */
interface Answered {
  readonly taskToken: string;
  readonly outcome: unknown;
}

/** Everything for one test file. Stop it when the tests are done. */
export const startCaseworkWorld = async () => {
  const store = await startStore();
  const { units, staff } = organisation;
  for (const unit of units) await store.directory.putUnit(unit);
  for (const person of staff) await store.directory.putStaff(person);
  const mails: Mail[] = [];
  const started: string[] = [];
  const answered: Answered[] = [];
  /** Tokens that somebody waits for; answering one takes it away. */
  const waiting = new Set<string>();
  /** Names of executions that ran before. */
  const ended = new Set<string>();
  let now: Instant = monday;
  return {
    uses: {
      ...store,
      clock: { now: () => now },
      mailer: {
        send: async (mail: Mail) => {
          mails.push(mail);
        },
      },
      workflow: {
        start: async (_machine: string, name: string) => {
          if (ended.has(name)) return false;
          started.push(name);
          return true;
        },
        succeed: async (taskToken: string, output: Readonly<Record<string, unknown>>) => {
          if (!waiting.delete(taskToken)) return false;
          answered.push({ taskToken, outcome: output["outcome"] });
          return true;
        },
      },
      siteUrl: "https://relief.example.org",
    },
    mails,
    started,
    answered,
    waiting,
    ended,
    moveClockTo: (instant: Instant): void => {
      now = instant;
    },
    stop: store.stop,
  };
};

export type CaseworkWorld = Awaited<ReturnType<typeof startCaseworkWorld>>;
type Uses = CaseworkWorld["uses"];

/** What the applicant of a case typed: a worked case of its programme, told by a person of this number. */
export const answersOfCase = (application: Application, person: number): Answers => {
  const programme = programmeOf(application);
  const [example] = programme.examples;
  if (!example) throw new Error("every programme has a worked case");
  const answers = answersFor(programme, example, demoApplicant(person), "spring");
  return programme.id === "critical-illness"
    ? { ...answers, invoiceNumbers: `INV-${person}` }
    : answers;
};

type Stores = Pick<Uses, "archive" | "cases" | "table" | "vault" | "policy">;

/** Writes the claims that sending the case would have written. */
const storeClaims = async (
  { archive, table, vault, policy }: Stores,
  application: Application,
  answers: Answers,
): Promise<void> => {
  const programme = programmeOf(application);
  const reading = readForm(programme.form, answers);
  if (reading.kind === "problems" || application.submittedAt === null) return;
  const day = { appliedOn: localDateOf(application.submittedAt), pack: policy };
  const { claims } = await identify({ archive, vault }, programme, reading.facts, day);
  for (const { household, programmeId, period, subject } of claims) {
    const key = claimKey(household, programmeId, period, subject);
    await putRow(table, { ...key, applicationId: application.id });
  }
};

/** Puts a case into the store as it stands, with its answers and claims, without the steps that led there. */
export const storeCase = async (
  uses: Stores,
  application: Application,
  answers: Answers = answersOfCase(application, Number(application.id.slice(-3))),
): Promise<Application> => {
  const draft = { ...application, status: "draft" as const, answersVersion: 1 };
  await uses.cases.createDraft(draft, answers);
  await putRow(uses.table, applicationRow(application));
  await storeClaims(uses, application, answers);
  return application;
};

/** A case before its district (unless changed), with the approval record that was mailed to its approver. */
export const storeAskedCase = async (
  uses: Stores,
  number: number,
  changes: Partial<Application> = {},
  asked: Partial<Approval> = {},
): Promise<{ readonly application: Application; readonly approval: Approval }> => {
  const application = await storeCase(uses, aCase(number, changes));
  const approval = anApproval(application, { taskToken: `token-${application.id}`, ...asked });
  if (!(await uses.cases.putApproval(approval, null))) throw new Error("asked before");
  return { application, approval };
};

let grants = 0;

/** Books money into a fund, which is opened when it isn't there. */
export const grantTo = async (
  { funds, clock }: Pick<Uses, "funds" | "clock">,
  id: string,
  code: FundCode,
  amountYuan: number,
): Promise<FundId> => {
  const fundId = id as FundId;
  await funds.open(aFund(id, code));
  grants += 1;
  await funds.grant(
    grantTransfer(`V-${grants}`, { fundId, amountFen: yuan(amountYuan), at: clock.now() }),
  );
  return fundId;
};

/** A fund's balances in yuan, and whether they add up. */
export const balancesOf = async ({ funds }: Pick<Uses, "funds">, id: string) => {
  const fund = await funds.get(id as FundId);
  if (!fund) throw new Error(`no fund ${id}`);
  return {
    available: fund.availableFen / 100,
    reserved: fund.reservedFen / 100,
    fault: fundFault(fund),
  };
};

/** The case as it stands in the store. */
export const caseOf = async (
  { cases }: Pick<Uses, "cases">,
  { id }: Pick<Application, "id">,
): Promise<Application> => {
  const application = await cases.get(id);
  if (!application) throw new Error(`no case ${id}`);
  return application;
};
