/** A case's rows: how the domain's records lie in the table, sealed where they are personal. */
import { createHash } from "node:crypto";
import type {
  Application,
  CaseEvent,
  EventConfidential,
  Paper,
  RecordedEvent,
} from "#shared/domain/application.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { ReservedUnder } from "#shared/domain/fund-fit.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import { balanceChanges } from "#shared/domain/ledger.ts";
import { chainText } from "#shared/domain/trail.ts";
import type { Vault } from "#shared/ports/vault.ts";
import type { Condition, Row, RowUpdate, TransactionItem } from "./client.ts";
import { absent } from "./client.ts";
import {
  applicationKey,
  applicationPartition,
  approvalKey,
  eventKey,
  fundKey,
  ledgerIndex,
  paperKey,
  queueIndex,
  transferKey,
} from "./keys.ts";

/** What a row leaves out when it is empty, so that a case stays within one write unit (1 KB). */
const emptyCase = {
  submittedAt: null,
  deadlineAt: null,
  unitId: null,
  line: null,
  atUnitId: null,
  fileId: null,
  household: null,
  enteredBy: null,
  renewedFrom: null,
  tier: null,
  category: null,
  recommendation: null,
  refusalCode: null,
  cause: null,
  policyVersion: null,
  fastTrack: null,
  advanceFen: null,
  fundId: null,
  batchId: null,
  failureCode: null,
  noticeEndsAt: null,
  minutesNumber: null,
  outcomeMailedAt: null,
  coApprovedBy: [],
  excluded: [],
} satisfies Partial<Application>;

export const applicationRow = (application: Application): Row & { PK: string; SK: string } => {
  const { id, persons, coApprovedBy, excluded, ...rest } = application;
  return {
    ...applicationKey(id),
    ...rest,
    coApprovedBy: coApprovedBy.length > 0 ? coApprovedBy : null,
    excluded: excluded.length > 0 ? excluded : null,
    // Without a file the household's key is the applicant's, who is one of the persons: it is not stored twice.
    persons: persons.filter((person) => person !== application.household),
    ...queueIndex(application),
  };
};

const ofTheRow: ReadonlySet<string> = new Set(["PK", "SK", "queueKey", "queueSort"]);

export const applicationOf = (row: Row): Application => {
  // One by one: to leave attributes out of thirty by destructuring takes ten times as long.
  const attributes: Record<string, unknown> = { ...emptyCase };
  for (const name of Object.keys(row)) if (!ofTheRow.has(name)) attributes[name] = row[name];
  attributes["id"] = (row["PK"] as string).slice("APP#".length);
  const { household, fileId, persons } = attributes as unknown as Application;
  if (household && fileId === null) attributes["persons"] = [household, ...persons];
  return attributes as unknown as Application;
};

/** The hash of an event: of the one before it and of all it says, sealed parts as they are sealed. */
export const eventHash = (
  previousHash: string,
  event: Omit<CaseEvent, "confidential">,
  sealed: string | null,
): string =>
  createHash("sha256")
    .update(chainText(previousHash, { ...event, sealed }))
    .digest("base64url");

/** A sealed text as bytes: a third shorter, and a row is paid for by the kilobyte. */
export const packed = (sealed: string): Uint8Array => {
  const [format = "", body = ""] = sealed.split(".");
  return Buffer.concat([Buffer.from(format, "latin1"), Buffer.from(body, "base64url")]);
};

const formatLength = 2;
export const unpacked = (bytes: Uint8Array): string =>
  [
    Buffer.from(bytes.subarray(0, formatLength)).toString("latin1"),
    Buffer.from(bytes.subarray(formatLength)).toString("base64url"),
  ].join(".");

const confidentialScope = (application: Pick<Application, "id" | "salt">, version: number) => ({
  owner: applicationPartition(application.id),
  attribute: `event.${version}`,
  salt: application.salt,
});

/** The event's row, chained to the case's last one, and the case's new chain head. */
export const sealEvent = async (
  vault: Vault,
  before: Application,
  event: CaseEvent,
): Promise<{ readonly row: Row & { PK: string; SK: string }; readonly hash: string }> => {
  const { confidential, ...open } = event;
  const sealed = confidential
    ? await vault.seal(confidentialScope(before, event.version), JSON.stringify(confidential))
    : null;
  const hash = eventHash(before.chainHead, open, sealed);
  const { applicationId, version, ...said } = open;
  return {
    hash,
    row: {
      ...eventKey(applicationId, version),
      ...said,
      sealed: sealed && packed(sealed),
      previousHash: before.chainHead,
      hash,
    },
  };
};

/** The sealed part of an event's row as the chain's hash covers it. */
export const sealedText = (row: Row): string | null =>
  row["sealed"] instanceof Uint8Array ? unpacked(row["sealed"]) : null;

export const eventOf = async (
  vault: Vault,
  application: Application,
  row: Row,
): Promise<RecordedEvent> => {
  const { SK, sealed, PK: _partition, ...said } = row as Row & { SK: string; sealed?: Uint8Array };
  const version = Number(SK.slice("EV#".length));
  const confidential = sealed
    ? (JSON.parse(
        await vault.open(confidentialScope(application, version), unpacked(sealed)),
      ) as EventConfidential)
    : null;
  return {
    ...(said as unknown as Omit<RecordedEvent, "applicationId" | "version" | "confidential">),
    applicationId: application.id,
    version,
    confidential,
  };
};

/** The case in its new state, on the condition that it stands as it was read. */
export const applicationPut = (before: Application, after: Application): TransactionItem => ({
  put: applicationRow(after),
  condition: {
    expression: "#version = :version AND #answers = :answers AND #status = :status",
    names: { "#version": "version", "#answers": "answersVersion", "#status": "status" },
    values: {
      ":version": before.version,
      ":answers": before.answersVersion,
      ":status": before.status,
    },
  },
});

export const transferPut = (transfer: Transfer): TransactionItem => ({
  put: { ...transferKey(transfer), ...transfer, ...ledgerIndex(transfer) },
  condition: absent,
});

export const transferOf = (row: Row): Transfer => {
  const {
    PK: _partition,
    SK: _sortKey,
    ledgerKey: _ledgerKey,
    ledgerSort: _ledgerSort,
    ...stored
  } = row;
  return { applicationId: null, by: null, ...stored } as unknown as Transfer;
};

const balanceCondition = (
  transfers: readonly Transfer[],
  under: ReservedUnder | undefined,
): Condition => {
  const takes = (account: Transfer["credit"]): number =>
    transfers.reduce((sum, { credit, amountFen }) => sum + (credit === account ? amountFen : 0), 0);
  const conditions = ["attribute_exists(PK)"];
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  for (const account of ["available", "reserved", "paid"] as const) {
    if (takes(account) === 0) continue;
    conditions.push(`#${account}Fen >= :takes_${account}`);
    values[`:takes_${account}`] =
      takes(account) + (account === "available" ? (under?.keepFen ?? 0) : 0);
    names[`#${account}Fen`] = `${account}Fen`;
  }
  // A frozen fund takes no new reservations; what is under way still settles and releases.
  if (transfers.some(({ kind }) => kind === "reserve")) {
    conditions.push("#open = :open");
    values[":open"] = true;
    names["#open"] = "open";
  }
  // Terms that changed since they were read refuse it: the next look at the funds goes by the new ones.
  if (under) {
    conditions.push("(attribute_not_exists(termsVersion) OR termsVersion <= :terms)");
    values[":terms"] = under.termsVersion;
  }
  return { expression: conditions.join(" AND "), values, names };
};

/**
 * Moves a fund's balances by transfers of that fund, all in one write. The conditions keep every balance at
 * zero or above in the store itself, whoever else writes at the same time.
 */
export const balanceUpdate = (
  transfers: readonly [Transfer, ...Transfer[]],
  under?: ReservedUnder,
): TransactionItem & { readonly change: RowUpdate } => {
  const condition = balanceCondition(transfers, under);
  const sum = { granted: 0, available: 0, reserved: 0, paid: 0 };
  for (const transfer of transfers) {
    const change = balanceChanges(transfer);
    for (const account of ["granted", "available", "reserved", "paid"] as const) {
      sum[account] += change[account];
    }
  }
  const changed = (["granted", "available", "reserved", "paid"] as const).filter(
    (account) => sum[account] !== 0,
  );
  return {
    update: fundKey(transfers[0].fundId),
    change: {
      update: `SET ${changed.map((account) => `#${account}Fen = #${account}Fen + :by_${account}`).join(", ")}`,
      expression: condition.expression,
      names: {
        ...condition.names,
        ...Object.fromEntries(changed.map((account) => [`#${account}Fen`, `${account}Fen`])),
      },
      values: {
        ...condition.values,
        ...Object.fromEntries(changed.map((account) => [`:by_${account}`, sum[account]])),
      },
    },
  };
};

/** No new batch of a fund with a finding: the fund's row, which the batch doesn't write, says so (ADR 0036). */
export const notFrozen = (fundId: Transfer["fundId"]): TransactionItem => ({
  check: fundKey(fundId),
  condition: { expression: "attribute_not_exists(frozen)" },
});

export const approvalRow = (approval: Approval): Row & { PK: string; SK: string } => {
  const { applicationId, round, tier, seat, ...rest } = approval;
  return { ...approvalKey(applicationId, round, tier, seat), ...rest };
};

export const approvalOf = (row: Row): Approval => {
  const { PK, SK, ...stored } = row as Row & { PK: string; SK: string };
  const [, round, tier, seat = "1"] = SK.split("#");
  return {
    mailedAt: null,
    remindedAt: null,
    insteadOf: null,
    decidedAt: null,
    decision: null,
    ...stored,
    applicationId: PK.slice("APP#".length),
    round: Number(round),
    tier,
    seat: Number(seat),
  } as unknown as Approval;
};

export const paperRow = (paper: Paper): Row & { PK: string; SK: string } => {
  const { applicationId, number, ...rest } = paper;
  return { ...paperKey(applicationId, number), ...rest };
};

export const paperOf = (row: Row): Paper => {
  const { PK, SK, ...stored } = row as Row & { PK: string; SK: string };
  return {
    ...stored,
    applicationId: PK.slice("APP#".length),
    number: Number(SK.slice("DOC#".length)),
  } as unknown as Paper;
};
