/** Builders for cases, people and offices: a small city with both lines. */
import type { Application } from "#shared/domain/application.ts";
import type { Approval, Decision } from "#shared/domain/approval.ts";
import { commonPolicies } from "#workflows/policy-pack.ts";
import type { DecisionContext } from "#shared/domain/decision.ts";
import { emptyFund, plainTerms, type Fund, type FundCode } from "#shared/domain/fund.ts";
import type { Organisation, Staff, Tier, Unit } from "#shared/domain/organisation.ts";
import { instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";

export const monday = instant("2026-07-20T01:00:00Z");
export const commonPolicy = commonPolicies[0]!.figures;

const unit = (id: string, tier: Tier, line: Unit["line"], parentId: string | null): Unit => ({
  id: id as UnitId,
  name: { zh: id, en: id },
  tier,
  line,
  parentId: parentId as UnitId | null,
});

export const units: readonly Unit[] = [
  unit("city", "city", null, null),
  unit("east", "district", "territorial", "city"),
  unit("spring", "station", "territorial", "east"),
  unit("metal", "industrial", "industrial", "city"),
  unit("steel", "bureau", "industrial", "metal"),
  unit("furnace", "grass_roots", "industrial", "steel"),
];

export const staff = (id: string, unitId: string, changes: Partial<Staff> = {}): Staff => ({
  id: id as StaffId,
  name: id,
  email: `${id}@example.org`,
  unitId: unitId as UnitId,
  roles: ["approver"],
  locale: "zh-CN",
  active: true,
  kin: [],
  absence: null,
  identity: null,
  pinHash: "k1.x.y",
  pinTries: 0,
  totpSealed: null,
  ...changes,
});

export const organisation: Organisation = {
  units,
  staff: units.flatMap(({ id }) => [staff(`${id}-1`, id), staff(`${id}-2`, id)]),
};

export const applicationIdOf = (number: number): ApplicationId =>
  `SN${String(number).padStart(10, "0")}` as ApplicationId;

/** A case before the district, which decides finally: the station has approved it. */
export const aCase = (number: number, changes: Partial<Application> = {}): Application => ({
  id: applicationIdOf(number),
  version: 3,
  status: "in_approval",
  programmeId: "golden-autumn",
  locale: "zh-CN",
  createdAt: monday,
  submittedAt: monday,
  since: monday,
  deadlineAt: null,
  unitId: "spring" as UnitId,
  line: "territorial",
  atUnitId: "east" as UnitId,
  answersVersion: 1,
  fileId: null,
  household: `household${number}` as BlindIndex,
  persons: [`household${number}` as BlindIndex],
  enteredBy: null,
  renewedFrom: null,
  round: 1,
  tier: "district",
  decidedBy: { station: "spring-1" as StaffId },
  coApprovedBy: [],
  excluded: [],
  category: "DEEP",
  recommendation: "approve",
  refusalCode: null,
  cause: null,
  policyVersion: "golden-autumn-2025 common-2025 L-2025",
  amountFen: yuan(5_000),
  fastTrack: null,
  advanceFen: null,
  fundOrder: ["CENTRAL", "FISCAL_MATCH", "UNION"],
  fundId: null,
  cycle: 1,
  attempt: 1,
  batchId: null,
  failureCode: null,
  noticeEndsAt: null,
  minutesNumber: null,
  outcomeMailedAt: null,
  accessCodeHash: "k1.c2FsdHNhbHRzYWx0.aGFzaGhhc2hoYXNoaGFzaA",
  salt: "c2FsdHNhbHRzYWx0c2FsdA",
  chainHead: "",
  ...changes,
});

export const anApproval = (
  application: Application,
  changes: Partial<Approval> = {},
): Approval => ({
  applicationId: application.id,
  round: application.round,
  tier: application.tier ?? "station",
  seat: 1,
  ask: 1,
  approverId: "east-1" as StaffId,
  caseVersion: application.version,
  linkHash: `link-of-${application.id}`,
  replaced: [],
  expiresAt: instant("2026-08-01T00:00:00Z"),
  requestedAt: monday,
  mailedAt: monday,
  remindedAt: null,
  insteadOf: null,
  taskToken: "token",
  pinTries: 0,
  decidedAt: null,
  decision: null,
  ...changes,
});

export const approve: Decision = {
  kind: "approve",
  amountFen: yuan(5_000),
  reason: "",
  minutesNumber: null,
};

export const deciding = (
  application: Application,
  changes: Partial<DecisionContext> = {},
): DecisionContext => ({
  application,
  staffId: "east-1" as StaffId,
  decision: approve,
  now: instant("2026-07-21T01:00:00Z"),
  policy: commonPolicy,
  organisation,
  grassRootsNotice: false,
  finalNotice: "before_payment",
  delivery: null,
  season: null,
  advanceClock: null,
  ...changes,
});

export const aFund = (id: string, code: FundCode = "CENTRAL"): Fund =>
  emptyFund(id as FundId, { ...plainTerms(code), name: { zh: id, en: id } }, monday);
