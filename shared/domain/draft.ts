/** A new application, before it is sent: it claims nothing, and nobody waits for it. */
import { zeroFen } from "../kernel/money.ts";
import type { Application } from "./application.ts";

/** What only the caller can know of a new case. */
export type DraftStart = Pick<
  Application,
  "id" | "programmeId" | "locale" | "createdAt" | "accessCodeHash" | "salt"
> &
  Partial<Pick<Application, "enteredBy" | "renewedFrom">>;

export const newDraft = (start: DraftStart): Application => ({
  enteredBy: null,
  renewedFrom: null,
  ...start,
  version: 0,
  status: "draft",
  since: start.createdAt,
  submittedAt: null,
  deadlineAt: null,
  unitId: null,
  line: null,
  atUnitId: null,
  answersVersion: 1,
  fileId: null,
  household: null,
  persons: [],
  round: 1,
  tier: null,
  decidedBy: {},
  coApprovedBy: [],
  excluded: [],
  category: null,
  recommendation: null,
  refusalCode: null,
  cause: null,
  policyVersion: null,
  amountFen: zeroFen,
  fastTrack: null,
  advanceFen: null,
  fundOrder: [],
  fundId: null,
  cycle: 1,
  attempt: 1,
  batchId: null,
  failureCode: null,
  noticeEndsAt: null,
  minutesNumber: null,
  outcomeMailedAt: null,
  chainHead: "",
});
