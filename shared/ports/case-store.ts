import type { Answers } from "#shared/domain/form.ts";
import type { Application, Claim, Paper, RecordedEvent } from "#shared/domain/application.ts";
import type { Approval, DecisionKind } from "#shared/domain/approval.ts";
import type { AccountLimits } from "#shared/domain/account-limits.ts";
import type { AwardAccount } from "#shared/domain/award-account.ts";
import type { ReservedUnder } from "#shared/domain/fund-fit.ts";
import type { Transfer } from "#shared/domain/ledger.ts";
import type { Step } from "#shared/domain/lifecycle.ts";
import type { Refund } from "#shared/domain/recovery.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { Objection } from "#shared/domain/public-notice.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, BlindIndex, UnitId } from "#shared/kernel/ids.ts";
import type { Fen } from "#shared/kernel/money.ts";

/** A decision given through a link, to be burnt in the same transaction as what it decides. */
export interface UsedLink {
  readonly approval: Approval;
  readonly decision: DecisionKind;
  readonly at: Instant;
}

/** What one transaction writes: the case's step, and whatever must stand or fall with it. */
export interface Commit {
  readonly step: Step;
  readonly usedLink?: UsedLink;
  readonly transfer?: Transfer;
  /** Under which terms of its fund a reservation is made, and what must stay in the fund. */
  readonly reservedUnder?: ReservedUnder;
  /** Money that came back, each part with what its payment was: no more of it comes back (quality I29). */
  readonly refunds?: readonly Refund[];
  /** All of them or none: the claim itself, and what may not be claimed twice by other ways (another household, an invoice). */
  readonly claims?: readonly Claim[];
  /** New answers, kept as version `step.after.answersVersion`; personal ones are sealed one by one. */
  readonly answers?: Answers;
  /** Frees claim sentinels, so that the person may apply again. */
  readonly releasedClaims?: readonly Claim[];
  /** The objection that holds the case from this step on; its words and contact are sealed. */
  readonly objection?: Objection;
  /** What holds the award within the household's year; a step that raises the year's account can't do without. */
  readonly accountLimits?: AccountLimits;
  /** The decision was drawn for a second look. */
  readonly secondLook?: SecondLook;
}

/** Why nothing was written, first cause first: the order in which quality B reads a cancelled transaction. */
export type CommitOutcome =
  | "committed"
  /** The same transfer is already booked: this very step was taken before. */
  | "already_done"
  /** A live claim of this subject, programme and period exists. */
  | "claim_exists"
  /** The link was used, has expired, or its PIN count moved. */
  | "link_spent"
  /** Someone else changed the case since it was read. */
  | "stale"
  /** The household's year, or the person's with that fund, doesn't leave that much any more. */
  | "cap_exceeded"
  /** The fund is short of it or closed; nothing else was wrong. */
  | "no_money";

/** An execution that waits for something that is no approval. */
export interface Wait {
  readonly taskToken: string;
  /** The version of the case at which the wait began: one wait, one mail. */
  readonly caseVersion: number;
}

/** What an execution waits for beside approvals: the applicant, a handler at the desk, money. */
export type WaitKind = "information" | "handling" | "funds";

/** Where a case waits; the index of work queues. A kind alone is all queues of that kind, one after the other. */
export type Queue =
  | { readonly kind: "unit"; readonly unitId?: UnitId }
  | { readonly kind: "status"; readonly status?: Application["status"] }
  | { readonly kind: "payable"; readonly fundId?: string }
  /** Cases that ended without money in a month of China ("2026-07"), and whose applicant knows it (ADR 0026). */
  | { readonly kind: "ended"; readonly month: string };

/** What a queue tells of a case without reading the case. */
export interface QueueEntry {
  readonly applicationId: ApplicationId;
  readonly status: Application["status"];
  readonly programmeId: string;
  readonly unitId: UnitId | null;
  readonly tier: Tier | null;
  readonly amountFen: Fen;
  readonly fastTrack: Application["fastTrack"];
  readonly advanceFen: Fen | null;
  readonly since: Instant;
  readonly deadlineAt: Instant | null;
  readonly submittedAt: Instant;
}

/** An advance of the fast track, measured (policy 8.5 `er.advance`). */
export interface AdvanceTime {
  readonly applicationId: ApplicationId;
  /** When the money was set aside. */
  readonly at: Instant;
  readonly minutes: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** A page of a draft's questions as it was answered; what was left empty is there as "". */
export interface DraftPage {
  readonly page: string;
  readonly answers: Answers;
  readonly at: Instant;
}

/** What was answered of a draft up to now. */
export interface DraftAnswers {
  /** By field; "" where a question was shown and left empty, absent where it was not reached. */
  readonly answers: Answers;
  /** Which of them were answered on the draft's own pages, not taken over from elsewhere. */
  readonly answeredHere: readonly string[];
  /** Whether all of it stands in the draft's own answers row already. */
  readonly stored: boolean;
  /** The version under which they stand, or will when the draft is sent. */
  readonly version: number;
}

/** Applications with their answers, papers, approvals and events. Reads are strong except for queues. */
export interface CaseStore {
  readonly get: (id: ApplicationId) => Promise<Application | null>;
  /** Many cases, each once; those that are there, in no order. */
  readonly getAll: (ids: readonly ApplicationId[]) => Promise<readonly Application[]>;
  /** Writes a new draft with its first answers. */
  readonly createDraft: (application: Application, answers: Answers) => Promise<void>;
  /**
   * Keeps what was answered on one page of a draft, in one write; to each question the newest answer counts. Pages of
   * a case that was sent are nobody's answers. @returns false when the page was saved too often.
   */
  readonly saveDraftPage: (application: Application, page: DraftPage) => Promise<boolean>;
  /**
   * Writes a draft's answers as a version beforehand, where none stands yet: outside the transaction that sends it
   * they cost half. @returns false when other answers stand there; then the transaction has to write them.
   */
  readonly keepAnswers: (
    application: Application,
    version: number,
    answers: Answers,
  ) => Promise<boolean>;
  readonly draftAnswers: (application: Application) => Promise<DraftAnswers>;
  /** The answers as typed. @returns null when there is no such version. */
  readonly answers: (application: Application, version?: number) => Promise<Answers | null>;
  /** Of many cases, by id: the salt under which what is personal was sealed. */
  readonly salts: (ids: readonly ApplicationId[]) => Promise<ReadonlyMap<ApplicationId, string>>;
  /** Of many cases, by id: the present answers to these fields alone. */
  readonly answersOf: (
    applications: readonly Application[],
    fields: readonly string[],
  ) => Promise<ReadonlyMap<ApplicationId, Answers>>;
  /** Which of many cases hold a live claim in their household's account. */
  readonly holdingClaim: (
    applications: readonly Application[],
  ) => Promise<ReadonlySet<ApplicationId>>;
  /** Writes case, event and whatever goes with them in one transaction. */
  readonly commit: (commit: Commit) => Promise<CommitOutcome>;
  readonly events: (application: Application) => Promise<readonly RecordedEvent[]>;
  readonly papers: (id: ApplicationId) => Promise<readonly Paper[]>;
  /** @returns false when that number is taken. */
  readonly addPaper: (paper: Paper) => Promise<boolean>;
  readonly approval: (
    id: ApplicationId,
    round: number,
    tier: Tier,
    seat: number,
  ) => Promise<Approval | null>;
  /**
   * Writes an approval record over `previous` (null: there must be none).
   * @returns false when another one stands there by now.
   */
  readonly putApproval: (approval: Approval, previous: Approval | null) => Promise<boolean>;
  readonly markMailed: (approval: Approval, at: Instant) => Promise<void>;
  /** Takes down that the person asked was reminded; a link that was replaced meanwhile is left alone. */
  readonly markReminded: (approval: Approval, at: Instant) => Promise<void>;
  /** Uses up one PIN guess. @returns false when another guess took it first: its answer must not be told. */
  readonly useUpPinTry: (approval: Approval) => Promise<boolean>;
  /** Keeps the token of a wait that is no approval. */
  readonly putWait: (id: ApplicationId, kind: WaitKind, wait: Wait) => Promise<void>;
  readonly wait: (id: ApplicationId, kind: WaitKind) => Promise<Wait | null>;
  /** Tokens of every task that ever waited for this case, the newest first; all but one are spent. */
  readonly waitingTokens: (id: ApplicationId) => Promise<readonly string[]>;
  /** Takes down that the applicant was told of the state the case is in; an ended case then leaves its queue. */
  readonly markOutcomeMailed: (application: Application, at: Instant) => Promise<void>;
  readonly claimsOf: (household: BlindIndex) => Promise<readonly Claim[]>;
  /** What each of these households was granted in a policy year. */
  readonly awardAccounts: (
    households: readonly BlindIndex[],
    year: number,
  ) => Promise<ReadonlyMap<BlindIndex, AwardAccount>>;
  /** How long each advance of a year took from the form until its money was set aside, oldest first. */
  readonly advanceTimes: (year: number) => Promise<readonly AdvanceTime[]>;
  /** Eventually consistent: for showing and for finding work, never for deciding about money. Oldest first. */
  readonly queue: (queue: Queue, limit: number, after?: string) => Promise<Page<QueueEntry>>;
}
