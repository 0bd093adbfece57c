/**
 * Many people whose money is set aside, as one real case left it: the same steps, the same rows, with each person's own
 * numbers, names and keys. Made row by row through the stores' own row builders.
 */
import { createHash } from "node:crypto";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { answersRow } from "#shared/adapters/dynamodb/case-answers.ts";
import { applicationRow, sealEvent, transferPut } from "#shared/adapters/dynamodb/case-rows.ts";
import type { Key, Row } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey, claimKey } from "#shared/adapters/dynamodb/keys.ts";
import { codeHash } from "#shared/casework/access-code.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import type { Application, Claim, RecordedEvent } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { newApplicationId, newFileId, type BlindIndex } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";
import type { Vault } from "#shared/ports/vault.ts";

/** A real case whose money is set aside, with all that payment looks at. */
export interface Template {
  readonly programme: EveryProgramme;
  readonly application: Application;
  readonly answers: Answers;
  readonly events: readonly RecordedEvent[];
  readonly claims: readonly Claim[];
  /** The household's account of the year, as its row says. */
  readonly account: Row & Key;
  readonly year: number;
  readonly transfer: Transfer;
}

/** Who stands in the template's place. The template's own names give the template's own rows. */
export interface Named {
  readonly id: Application["id"];
  readonly fileId: Application["fileId"];
  readonly salt: string;
  readonly accessCodeHash: string;
  readonly amountFen: Application["amountFen"];
  readonly answers: Answers;
  readonly of: (one: BlindIndex) => BlindIndex;
}

/** The access code of all of them. */
export const payoutCode = "AAAA-BBBB-CCCC";

/** From here on people's numbers are nobody's of the demo city. */
const firstPerson = 1_000;
/** Awards that differ, so that one taken for another shows in a sum. */
const amountsCount = 1_000;

const digestOf = (text: string): Buffer => createHash("sha256").update(text).digest();

/** The n-th of them. */
export const namedPerson = async (
  { vault }: { readonly vault: Vault },
  { programme, application, answers }: Omit<Template, "account">,
  number: number,
): Promise<Named> => {
  const id = newApplicationId(digestOf(`payout|${number}`));
  const [example] = programme.examples;
  if (!example) throw new Error("every programme has a worked case");
  const person = demoApplicant(firstPerson + number);
  const own = answersFor(programme, example, person, application.unitId ?? "");
  return {
    id,
    fileId: application.fileId && newFileId(digestOf(`payout-file|${number}`)),
    salt: digestOf(`payout-salt|${number}`).subarray(0, 12).toString("base64url"),
    accessCodeHash: await codeHash({ vault }, id, payoutCode),
    amountFen: fen(application.amountFen - (number % amountsCount) * 100),
    answers: { ...answers, ...own, bankName: answers["bankName"] ?? "" },
    of: (one) =>
      digestOf(`payout-index|${number}|${one}`).subarray(0, 16).toString("base64url") as BlindIndex,
  };
};

export const namedAsTemplate = ({ application, answers }: Template): Named => ({
  id: application.id,
  fileId: application.fileId,
  salt: application.salt,
  accessCodeHash: application.accessCodeHash,
  amountFen: application.amountFen,
  answers,
  of: (one) => one,
});

/** The award's figures wherever a row speaks of them. */
const withAmount = <Record_ extends Readonly<Record<string, unknown>>>(
  record: Record_,
  beforeFen: number,
  afterFen: number,
): Record_ =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, value === beforeFen ? afterFen : value]),
  ) as Record_;

/** Long reasoning is compressed for milliseconds, which a hundred thousand people needn't wait for. */
const shortened = (event: RecordedEvent): RecordedEvent => {
  const assessment = event.confidential?.assessment;
  return assessment
    ? {
        ...event,
        confidential: { ...event.confidential, assessment: { ...assessment, steps: [] } },
      }
    : event;
};

/** All events, each on the hash of the one before. */
const eventRows = async (
  vault: Vault,
  { application: { amountFen }, events }: Template,
  named: Named,
): Promise<{ readonly rows: readonly (Row & Key)[]; readonly head: string }> => {
  const rows: (Row & Key)[] = [];
  let chainHead = "";
  for (const recorded of events) {
    const { previousHash: _previous, hash: _hash, ...event } = shortened(recorded);
    const sealed = await sealEvent(
      vault,
      { id: named.id, salt: named.salt, chainHead } as Application,
      {
        ...event,
        applicationId: named.id,
        detail: withAmount(event.detail, amountFen, named.amountFen),
      },
    );
    rows.push(sealed.row);
    chainHead = sealed.hash;
  }
  return { rows, head: chainHead };
};

/** What a person's case lies in the table as. `claims`: as they were written by the case itself. */
export const rowsOf = async (
  vault: Vault,
  template: Template,
  named: Named,
): Promise<{ readonly rows: readonly (Row & Key)[]; readonly transfer: Transfer }> => {
  const { application, claims, account, year } = template;
  const { id, fileId, salt, accessCodeHash, amountFen, of } = named;
  const events = await eventRows(vault, template, named);
  const household = application.household && of(application.household);
  const after: Application = {
    ...application,
    id,
    fileId,
    salt,
    accessCodeHash,
    amountFen,
    household,
    persons: application.persons.map(of),
    chainHead: events.head,
  };
  const booked: Transfer = {
    ...template.transfer,
    subject: template.transfer.subject.replace(application.id, id),
    applicationId: id,
    amountFen,
  };
  const { answersVersion } = application;
  const transfer = transferPut(booked);
  if (!("put" in transfer)) throw new Error("a transfer is a row of its own");
  return {
    transfer: booked,
    rows: [
      applicationRow(after),
      await answersRow(vault, after, answersVersion, named.answers, isPersonalField),
      ...events.rows,
      ...claims.map((claim) => ({
        ...claimKey(of(claim.household), claim.programmeId, claim.period, of(claim.subject)),
        applicationId: id,
      })),
      {
        ...withAmount(account, application.amountFen, amountFen),
        ...awardAccountKey(household ?? ("" as BlindIndex), year),
      },
      transfer.put,
    ],
  };
};
