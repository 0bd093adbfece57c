/** Cases that came under notice by a decision, as the store has them, and objections as people raise them. */
import { putRow } from "#shared/adapters/dynamodb/client.ts";
import { applicationRow } from "#shared/adapters/dynamodb/case-rows.ts";
import { noAccountLimits } from "#shared/domain/account-limits.ts";
import type { Application } from "#shared/domain/application.ts";
import { caseTransfer } from "#shared/domain/ledger.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import type { Notice, NoticeKind } from "#shared/domain/public-notice.ts";
import type { Said } from "#shared/casework/raise-objection.ts";
import { deadlineAfter, instant } from "#shared/kernel/calendar.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { aCase, monday } from "./cases.ts";
import { caseOf, grantTo, storeCase, type CaseworkWorld } from "./casework-world.ts";

/** Five working days after Monday 20 July 2026, to the end of the last one in China. */
export const noticeEndsAt = instant("2026-07-27T16:00:00Z");

const fundId = "central" as FundId;

/** The case just before the decision that puts it under notice, and that decision. */
const decisions = {
  grass_roots: {
    before: { status: "in_approval", tier: "station", atUnitId: "spring" as UnitId, decidedBy: {} },
    type: "tier_approved",
    to: "public_notice",
    changes: { decidedBy: { station: "spring-1" as StaffId } },
  },
  final: {
    before: { status: "in_approval", tier: "district" },
    type: "approved",
    to: "public_notice",
    changes: { fundId, fundOrder: ["CENTRAL"], atUnitId: null },
  },
  after_payment: {
    before: {
      status: "batched",
      tier: "district",
      programmeId: "emergency",
      fundId,
      outcomeMailedAt: monday,
    },
    type: "paid",
    to: "post_review",
    changes: {},
  },
} as const;

type Uses = CaseworkWorld["uses"];

/** Stores a case as the step that puts it under notice leaves it; the notice isn't published yet. */
export const storeNoticed = async (
  uses: Uses,
  number: number,
  kind: NoticeKind = "final",
  changes: Partial<Application> = {},
): Promise<Application> => {
  const decision = decisions[kind];
  const before = await storeCase(
    uses,
    aCase(number, { ...(decision.before as Partial<Application>), version: 2, ...changes }),
  );
  await grantTo(uses, fundId, "CENTRAL", 5_000);
  const input = {
    type: decision.type,
    at: monday,
    actor: { kind: "staff", staffId: "east-1" as StaffId },
  } as const;
  const taken = takeStep(before, decision.to, input, {
    ...(decision.changes as Partial<Application>),
    noticeEndsAt,
    deadlineAt: noticeEndsAt,
  });
  if (taken.kind === "refused") throw new Error(taken.code);
  const { id, amountFen } = before;
  const reserve = { kind: "reserve", fundId, amountFen, at: monday } as const;
  const outcome = await uses.cases.commit({
    step: taken.step,
    accountLimits: noAccountLimits,
    ...(kind === "final" ? { transfer: caseTransfer(id, 1, reserve) } : {}),
  });
  if (outcome !== "committed") throw new Error(`not noticed: ${outcome}`);
  return caseOf(uses, before);
};

/** Moves a stored case by hand, as another function would have. */
export const moveTo = async (
  uses: Uses,
  application: Application,
  changes: Partial<Application>,
): Promise<Application> => {
  const moved = { ...application, ...changes };
  await putRow(uses.table, applicationRow(moved));
  return moved;
};

/** A notice as published on that Monday. */
export const aNotice = (application: Application, changes: Partial<Notice> = {}): Notice => ({
  applicationId: application.id,
  caseVersion: application.version,
  kind: "final",
  maskedName: "张*",
  unitId: "spring" as UnitId,
  unitName: { zh: "春风街道工会服务站", en: "Spring Street Service Station" },
  programmeId: application.programmeId,
  category: "DEEP",
  amountFen: application.amountFen,
  publishedAt: monday,
  endsAt: deadlineAfter(monday, 5),
  ...changes,
});

let forms = 0;

/** What somebody says, sent with a form of its own. */
export const said = (words: string, changes: Partial<Said> = {}): Said => {
  forms += 1;
  return { words, contact: "", formKey: `form-${forms}`, locale: "zh-CN", ...changes };
};
