/**
 * The nightly audit's cases and accounts (quality I4, I5, I8, I29; policy 3.5): what each case says of its money against
 * its transfers, and the year of each household against its cases. Cases are read a few hundred at a time.
 */
import { countedPart, type CountedCase } from "#shared/domain/account-audit.ts";
import type { Application } from "#shared/domain/application.ts";
import { addAccounts, emptyAccount } from "#shared/domain/award-account.ts";
import {
  caseFinding,
  cycleFinding,
  type CycleSums,
  type Finding,
} from "#shared/domain/ledger-audit.ts";
import {
  localDate,
  localDateOf,
  startOfDay,
  yearOf,
  type Instant,
} from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { auditAccounts, cyclesNow, refundedFen, type Account } from "./audit-accounts.ts";
import { entriesIn } from "./queued-cases.ts";
import { settledFindings, type Look } from "./settled-findings.ts";

type Uses = Pick<Dependencies, "cases" | "funds" | "policy">;

const casesAtOnce = 500;

export interface CasesAudit {
  readonly findings: readonly Finding[];
  readonly cases: number;
  readonly accounts: number;
  readonly unsettled: number;
}

/**
 * What has come back of a case for good. What came back after a success and was set aside anew (退票) is not among it:
 * all its cycles together then still hold what the case counts.
 */
const findingsOf = (application: Application, cycles: readonly CycleSums[]): readonly Finding[] => {
  const own = cycles.flatMap((cycle) => cycleFinding(cycle) ?? []);
  return own.length > 0 ? own : [caseFinding(application, cycles) ?? []].flat();
};

const lookAtCase = async (uses: Uses, id: ApplicationId): Promise<Look> => {
  const before = await uses.cases.get(id);
  if (before === null) return { mark: "", findings: [] };
  const cycles = await cyclesNow(uses, before);
  const after = await uses.cases.get(id);
  return {
    mark: `${before.version} ${after?.version ?? ""} ${JSON.stringify(cycles)}`,
    findings: findingsOf(before, cycles),
  };
};

interface Pass {
  readonly accounts: Map<string, Account>;
  readonly suspects: Set<ApplicationId>;
  readonly findings: Finding[];
  readonly fromYear: number;
  cases: number;
}

/** The account with one case more; cases of earlier years are in accounts that were looked at then. */
const noteAccount = (pass: Pass, counted: CountedCase, cycles: readonly CycleSums[]): void => {
  const { id, household, submittedAt, fundId } = counted.application;
  if (household === null || submittedAt === null) return;
  const year = yearOf(localDateOf(submittedAt));
  const usedFundId = fundId ?? cycles[0]?.fundId;
  if (year < pass.fromYear || usedFundId === undefined) return;
  const key = `${household} ${year}`;
  const known = pass.accounts.get(key);
  pass.accounts.set(key, {
    household,
    year,
    fundId: usedFundId,
    ids: [...(known?.ids ?? []), id],
    counted: addAccounts(known?.counted ?? emptyAccount, countedPart(counted)),
  });
};

const passCases = async (
  uses: Uses,
  ids: readonly ApplicationId[],
  byCase: ReadonlyMap<ApplicationId, readonly CycleSums[]>,
  pass: Pass,
): Promise<void> => {
  const read = new Set<ApplicationId>();
  for (const application of await uses.cases.getAll(ids)) {
    read.add(application.id);
    const cycles = byCase.get(application.id) ?? [];
    if (findingsOf(application, cycles).length > 0) pass.suspects.add(application.id);
    noteAccount(pass, { application, refundedFen: refundedFen(application, cycles) }, cycles);
  }
  pass.cases += read.size;
  for (const id of ids) {
    const fundId = byCase.get(id)?.[0]?.fundId;
    if (read.has(id) || fundId === undefined) continue;
    const place = { kind: "case", id } as const;
    pass.findings.push({
      code: "case_missing",
      fundId,
      place,
      detail: "",
      unit: "count",
      expected: 1,
      found: 0,
    });
  }
};

/** Cases whose money moved since the year before began, and those that wait for money, which have no transfer. */
const idsToRead = async (
  uses: Uses,
  byCase: ReadonlyMap<ApplicationId, readonly CycleSums[]>,
  since: Instant,
): Promise<readonly ApplicationId[]> => {
  const ids = new Set<ApplicationId>();
  for (const [id, cycles] of byCase) {
    if (cycles.some(({ lastAt }) => lastAt >= since)) ids.add(id);
  }
  const waiting = { kind: "status", status: "waiting_for_funds" } as const;
  for await (const { applicationId } of entriesIn(uses, waiting)) ids.add(applicationId);
  return [...ids];
};

/** Looks at every payment by its transfers, and at every case and account of this year and the last. */
export const auditCases = async (
  uses: Uses,
  cycles: ReadonlyMap<string, CycleSums>,
  now: Instant,
): Promise<CasesAudit> => {
  const byCase = Map.groupBy(cycles.values(), ({ applicationId }) => applicationId);
  const fromYear = yearOf(localDateOf(now)) - 1;
  const since = startOfDay(localDate(`${fromYear}-01-01`));
  const pass: Pass = {
    accounts: new Map(),
    suspects: new Set(),
    findings: [],
    fromYear,
    cases: 0,
  };
  for (const cycle of cycles.values()) {
    if (cycleFinding(cycle)) pass.suspects.add(cycle.applicationId);
  }
  const ids = await idsToRead(uses, byCase, since);
  for (let first = 0; first < ids.length; first += casesAtOnce) {
    await passCases(uses, ids.slice(first, first + casesAtOnce), byCase, pass);
  }
  let unsettled = 0;
  for (const id of pass.suspects) {
    const settled = await settledFindings(() => lookAtCase(uses, id));
    if (settled === null) unsettled += 1;
    else pass.findings.push(...settled);
  }
  const { accounts } = pass;
  const ofAccounts = await auditAccounts(uses, [...accounts.values()], now);
  return {
    findings: [...pass.findings, ...ofAccounts.findings],
    cases: pass.cases,
    accounts: accounts.size,
    unsettled: unsettled + ofAccounts.unsettled,
  };
};
