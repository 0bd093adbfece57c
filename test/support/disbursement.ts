/** Builders for batches, their items and cases on their way to the bank. */
import type { Application } from "#shared/domain/application.ts";
import {
  itemReference,
  newBatch,
  type Batch,
  type BatchItem,
} from "#shared/domain/disbursement.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BatchId, FundId, StaffId } from "#shared/kernel/ids.ts";
import { fen } from "#shared/kernel/money.ts";

const unionFund = "union-2026" as FundId;
export const maker = "ST0000MAKE" as StaffId;
export const checker = "ST0000CHCK" as StaffId;
export const monday = instant("2026-07-20T01:00:00Z");

const applicationIdOf = (number: number): ApplicationId =>
  `SN${String(number).padStart(10, "0")}` as ApplicationId;

export const aBatch = (changes: Partial<Batch> = {}): Batch => ({
  ...newBatch("B20260720-4K7P2Q" as BatchId, { fundId: unionFund, makerId: maker, at: monday }),
  ...changes,
});

export const anItem = (number: number, changes: Partial<BatchItem> = {}): BatchItem => ({
  batchId: "B20260720-4K7P2Q" as BatchId,
  applicationId: applicationIdOf(number),
  cycle: 1,
  attempt: 1,
  reference: itemReference(applicationIdOf(number), 1),
  amountFen: fen(500_000),
  isAdvance: false,
  status: "ready",
  failureCode: null,
  settledBy: null,
  payeeHash: "",
  lateReturn: null,
  mailedAt: null,
  ...changes,
});

/** A case whose money is reserved and that waits to be paid. */
export const aReservedCase = (number: number, changes: Partial<Application> = {}): Application => ({
  id: applicationIdOf(number),
  version: 5,
  status: "reserved",
  programmeId: "winter-warmth",
  locale: "zh-CN",
  createdAt: monday,
  // Of the winter before, whose money may have left since 16 December.
  submittedAt: instant("2025-12-08T01:00:00Z"),
  since: monday,
  deadlineAt: null,
  unitId: null,
  line: "territorial",
  atUnitId: null,
  answersVersion: 1,
  fileId: null,
  household: null,
  persons: [],
  enteredBy: null,
  renewedFrom: null,
  round: 1,
  tier: null,
  decidedBy: {},
  coApprovedBy: [],
  excluded: [],
  category: "DEEP",
  recommendation: "approve",
  refusalCode: null,
  cause: null,
  policyVersion: null,
  amountFen: fen(500_000),
  fastTrack: null,
  advanceFen: null,
  fundOrder: ["UNION"],
  fundId: unionFund,
  cycle: 1,
  attempt: 1,
  batchId: null,
  failureCode: null,
  noticeEndsAt: null,
  minutesNumber: null,
  outcomeMailedAt: null,
  accessCodeHash: "",
  salt: "c2FsdA",
  chainHead: "",
  ...changes,
});
