/** A case's whole way, as its people go it over HTTP, and what must be true of it afterwards. */
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { DescribeExecutionCommand, paginateListExecutions, SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "vitest";
import type { Applied } from "#infra/local/demo/applicant.ts";
import type { Visitor } from "#infra/local/demo/visitor.ts";
import { checkCards } from "#infra/local/demo/cards.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Handler, HandlerModule, LoadHandler } from "#infra/local/handlers.ts";
import { fromItem } from "#shared/adapters/dynamodb/client.ts";
import { auditBooks } from "#shared/casework/audit-books.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import type { EventType, Status } from "#shared/domain/application.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import type { BatchId, FundId } from "#shared/kernel/ids.ts";
import { applyWith, caseOf, eventsOf, until } from "./city.ts";
import { aSentBatch, giveReturnAtDesk, returnOf, signIn } from "./desk.ts";
import type { BankRow } from "./disbursement-world.ts";

const surnames = ["慕容", "尉迟", "令狐", "宇文", "公孙", "司马"];
const givenNames = ["雪见", "云深", "听澜", "若溪", "知秋", "望舒"];
const nameOf = (number: number): string =>
  `${surnames[number % surnames.length]}${givenNames[Math.floor(number / 6) % givenNames.length]}`;

let people = 0;

/** Personal answers that occur nowhere else, so that finding one anywhere means that it leaked. */
const ownAnswers = (): Readonly<Record<string, string>> => {
  people += 1;
  const digits = String(people).padStart(4, "0");
  return {
    applicantName: nameOf(people * 3),
    studentName: nameOf(people * 3 + 1),
    patientName: nameOf(people * 3 + 2),
    phone: `1396174${digits}`,
    address: `示例市海棠巷${digits}号院`,
    school: `雪松示例大学${digits}`,
    diagnosis: `罕见示例病${digits}`,
  };
};

/** Applies with a programme's worked case as somebody unmistakable. */
export const applyAs = (
  city: Embedded,
  programmeId: string,
  options: Parameters<typeof applyWith>[2] = {},
): Promise<Applied> =>
  applyWith(city, programmeId, { ...options, answers: { ...ownAnswers(), ...options.answers } });

export const answersOf = async (city: Embedded, applied: Applied) => {
  const answers = await city.dependencies.cases.answers(await caseOf(city, applied));
  if (!answers) throw new Error("a case has answers");
  return answers;
};

/** The same person's application again, with other answers. */
export const applyAgain = async (
  city: Embedded,
  applied: Applied,
  changes: Readonly<Record<string, string>> = {},
): Promise<Applied> => {
  const { programmeId } = await caseOf(city, applied);
  const answers = { ...(await answersOf(city, applied)), ...changes };
  return applyWith(city, programmeId, { answers });
};

export const statusOf = async (city: Embedded, applied: Applied): Promise<Status> =>
  (await caseOf(city, applied)).status;

export const untilStatus = (city: Embedded, applied: Applied, status: Status): Promise<void> =>
  until(`the case is ${status}`, async () => (await statusOf(city, applied)) === status);

export const eventTypesOf = async (
  city: Embedded,
  applied: Applied,
): Promise<readonly EventType[]> => (await eventsOf(city, applied)).map(({ type }) => type);

/** Kinds of the mails about a case, oldest first: "received", "approval", "outcome:approved". */
export const mailsOf = (city: Embedded, { applicationId }: Applied): readonly string[] =>
  city.mailbox
    .mails()
    .filter(({ id }) => id.includes(applicationId))
    .map(({ id }) => {
      const [kind = ""] = id.split(":");
      return kind === "outcome" ? `${kind}:${id.split(":").at(-1)}` : kind;
    })
    .toReversed();

export const untilMailed = (city: Embedded, applied: Applied, kind: string): Promise<void> =>
  until(`${kind} is mailed`, () => mailsOf(city, applied).includes(kind));

/** Moves the clock past a case's notice, until it can be paid. */
export const endNotice = async (city: Embedded, applied: Applied): Promise<void> => {
  const { noticeEndsAt } = await caseOf(city, applied);
  if (noticeEndsAt === null) throw new Error("the case isn't noticed");
  await city.clock.advanceTo(noticeEndsAt);
  await untilStatus(city, applied, "reserved");
};

/** The finance officer and the second person, signed in. */
const financeOf = async (
  city: Embedded,
): Promise<{ readonly officer: Visitor; readonly authoriser: Visitor }> => ({
  officer: await signIn(city, "finance"),
  authoriser: await signIn(city, "authoriser"),
});

/** Finance looks at every mended card that waits for it, and finds it right. */
export const checkMendedCards = async (city: Embedded): Promise<void> =>
  checkCards((await financeOf(city)).officer);

/** Pays what a fund has payable, as the bank answers each line. @returns the batch. */
export const payOut = async (
  city: Embedded,
  fundId: string,
  says: (row: BankRow) => readonly [string, string] = () => ["成功", ""],
): Promise<BatchId> => {
  const { officer, authoriser } = await financeOf(city);
  const id = await aSentBatch(city, officer, authoriser, fundId);
  await giveReturnAtDesk(city, officer, id, await returnOf(city, id, says));
  return id;
};

/** A fund's balances in fen. */
export const balancesOf = async (city: Embedded, fundId: string) => {
  const fund = await city.dependencies.funds.get(fundId as FundId);
  if (!fund) throw new Error(`no fund ${fundId}`);
  const { grantedFen, availableFen, reservedFen, paidFen } = fund;
  return { grantedFen, availableFen, reservedFen, paidFen };
};

/** Every fund adds up, by its row and by its transfers; every case's events follow one from the other. */
export const expectBooksFit = async (city: Embedded, cases: readonly Applied[]): Promise<void> => {
  const { funds } = city.dependencies;
  expect((await funds.all()).map(fundFault)).toEqual((await funds.all()).map(() => null));
  expect((await auditBooks(city.dependencies)).findings).toEqual([]);
  for (const applied of cases) {
    const { version, chainHead, status } = await caseOf(city, applied);
    const events = await eventsOf(city, applied);
    expect(events.map((event) => event.version)).toEqual(events.map((_event, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ version, hash: chainHead, to: status });
  }
};

const isTask = (name: string): boolean => !name.startsWith("serve-");

/** Loads the handlers, and keeps what tasks and jobs were given and gave: what an execution's history shows. */
export const recordingHandlers =
  (payloads: string[]): LoadHandler =>
  async (functionName) => {
    const module = (await import(`../../functions/${functionName}/handler.ts`)) as HandlerModule;
    if (!isTask(functionName)) return module;
    const recorded =
      (handler: Handler): Handler =>
      async (event) => {
        payloads.push(JSON.stringify(event));
        const result = await handler(event);
        payloads.push(JSON.stringify(result));
        return result;
      };
    return { createHandler: (dependencies) => recorded(module.createHandler(dependencies)) };
  };

/** What a case's person typed that is personal, and the code that opens the case. */
export const secretsOf = async (city: Embedded, applied: Applied): Promise<readonly string[]> => {
  const { programmeId } = await caseOf(city, applied);
  const personal = Object.entries(await answersOf(city, applied))
    .filter(([name]) => isPersonalField(programmeId, name))
    .map(([, typed]) => typed);
  const code = applied.accessCode;
  return [...personal, code, code.replaceAll("-", "")].filter((text) => text !== "");
};

/** Every row of the run's table, as text. The endpoint is the one the functions are given. */
export const everyRow = async (): Promise<readonly string[]> => {
  const client = new DynamoDBClient({});
  const rows: string[] = [];
  for await (const page of paginateScan({ client }, { TableName: process.env["TABLE_NAME"] })) {
    for (const item of page.Items ?? []) {
      rows.push(
        JSON.stringify(fromItem(item), (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
        ),
      );
    }
  }
  client.destroy();
  return rows;
};

/** Names, inputs and outputs of all executions, as text. */
export const everyExecution = async (): Promise<readonly string[]> => {
  const client = new SFNClient({});
  const executions: string[] = [];
  for (const machine of ["APPLICATION", "DISBURSEMENT"]) {
    const stateMachineArn = process.env[`${machine}_MACHINE_ARN`];
    for await (const page of paginateListExecutions({ client }, { stateMachineArn })) {
      for (const { executionArn } of page.executions ?? []) {
        const shown = await client.send(new DescribeExecutionCommand({ executionArn }));
        executions.push(JSON.stringify([executionArn, shown.input, shown.output, shown.cause]));
      }
    }
  }
  client.destroy();
  return executions;
};

/** Worked case 11 on the fast track, its event within the days before the run's clock. */
export const burntOut = (city: Embedded): Promise<Applied> =>
  applyAs(city, "emergency", { example: "11:", answers: { eventDate: "2026-07-18" } });

/** What a fund's money has moved by, in fen. */
export const movedSince = async (
  city: Embedded,
  before: Awaited<ReturnType<typeof balancesOf>>,
  fundId = "union",
): Promise<Readonly<Record<"available" | "reserved" | "paid", number>>> => {
  const now = await balancesOf(city, fundId);
  return {
    available: now.availableFen - before.availableFen,
    reserved: now.reservedFen - before.reservedFen,
    paid: now.paidFen - before.paidFen,
  };
};
