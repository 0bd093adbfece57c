/** What a public notice (公示) shows (policy 7), and what people may say against it. Pure. */
import type { Instant } from "../kernel/calendar.ts";
import type { ApplicationId, UnitId } from "../kernel/ids.ts";
import type { Fen } from "../kernel/money.ts";
import type { Locale, Text } from "../kernel/text.ts";
import type { Application, CaseEvent } from "./application.ts";
import type { Category } from "./assessment.ts";
import { maskedName } from "./masking.ts";
import type { Unit } from "./organisation.ts";

/** Which notice: of the base office before the case goes up, of the deciding tier before payment, or after it. */
export type NoticeKind = "grass_roots" | "final" | "after_payment";

/** A notice as it was published: nothing in it names a person (policy 7). Never changed, never deleted. */
export interface Notice {
  readonly applicationId: ApplicationId;
  /** The case's version by the event that began the notice: one notice each, whatever happens while it stands. */
  readonly caseVersion: number;
  readonly kind: NoticeKind;
  /** "王*". */
  readonly maskedName: string;
  readonly unitId: UnitId;
  readonly unitName: Text;
  readonly programmeId: string;
  readonly category: Category | null;
  readonly amountFen: Fen;
  readonly publishedAt: Instant;
  readonly endsAt: Instant;
}

/** An objection (异议). Whoever raised it stays confidential; the answer is in writing. */
export interface Objection {
  readonly applicationId: ApplicationId;
  /** 1, 2 …: with the case's reference it is the receipt. */
  readonly number: number;
  readonly raisedAt: Instant;
  readonly noticeKind: NoticeKind;
  /** The case's version while it was held for this objection: the next answer is the answer to it. */
  readonly caseVersion: number;
  /** Hash of the form it was sent with, so that one sent twice is one. */
  readonly formKey: string;
  /** The language it was raised in, and is answered in. */
  readonly locale: Locale;
  /** Sealed at rest. */
  readonly words: string;
  /** How to reach the objector, if they wish an answer; sealed at rest, shown to no one but who answers. */
  readonly contact: string;
  /** When the answer was mailed; null where there is none yet, or no address to mail it to. */
  readonly answeredAt: Instant | null;
}

/**
 * Which notice a case stands under, or null for none. Before payment the money tells: the base office's notice
 * comes before any is reserved, the deciding tier's after it.
 */
export const noticeKindOf = ({
  status,
  fundId,
}: Pick<Application, "status" | "fundId">): NoticeKind | null => {
  if (status === "post_review") return "after_payment";
  if (status !== "public_notice") return null;
  return fundId === null ? "grass_roots" : "final";
};

type Moved = Pick<CaseEvent, "from" | "to" | "version">;

/** The version by which the case's present notice began. An objection only interrupts it. Null when there was none. */
export const noticeBegan = (events: readonly Moved[]): number | null =>
  events.findLast(
    ({ from, to }) => (to === "public_notice" || to === "post_review") && from !== "objection",
  )?.version ?? null;

/** What a notice is made of. */
export interface Noticed {
  readonly application: Application;
  readonly kind: NoticeKind;
  readonly caseVersion: number;
  /** Of the worker who applies, never of a student or a patient (policy 7). */
  readonly applicantName: string;
  readonly unit: Pick<Unit, "id" | "name">;
  readonly publishedAt: Instant;
  readonly endsAt: Instant;
}

/** The notice as policy 7 allows it: no number, no address, no diagnosis, and only the family name. */
export const makeNotice = ({ application, applicantName, unit, ...noticed }: Noticed): Notice => ({
  ...noticed,
  applicationId: application.id,
  maskedName: maskedName(applicantName.trim()),
  unitId: unit.id,
  unitName: unit.name,
  programmeId: application.programmeId,
  category: application.category,
  amountFen: application.amountFen,
});

/** While an objection is looked into the notice still stands: others may have something to say. */
const mayStand = (notice: Notice, application: Pick<Application, "status" | "fundId">): boolean =>
  application.status === "objection" || noticeKindOf(application) === notice.kind;

/**
 * The one of a case's notices (oldest first) that is shown now, or null: it is taken down when its time is over,
 * and at once when the case is withdrawn or decided otherwise.
 */
export const standingNotice = (
  application: Pick<Application, "status" | "fundId">,
  notices: readonly Notice[],
  now: Instant,
): Notice | null => {
  const last = notices.at(-1);
  return last && last.endsAt > now && mayStand(last, application) ? last : null;
};

/** The event that answers an objection: the first answer after it was raised. Null while it is looked into. */
export const answerTo = <Event extends Pick<CaseEvent, "type" | "version">>(
  { caseVersion }: Pick<Objection, "caseVersion">,
  events: readonly Event[],
): Event | null =>
  events.find(
    ({ type, version }) =>
      version > caseVersion && (type === "objection_upheld" || type === "objection_dismissed"),
  ) ?? null;

export const objectionWordsMaxLength = 1000;
export const objectionContactMaxLength = 100;

export type ObjectionProblem = "words_required" | "words_too_long" | "contact_too_long";

/** Characters as a person counts them. */
const lengthOf = (typed: string): number => Array.from(typed).length;

/** What is wrong with an objection as typed; every problem at once. */
export const objectionProblems = ({
  words,
  contact,
}: Pick<Objection, "words" | "contact">): readonly ObjectionProblem[] => [
  ...(words === "" ? (["words_required"] as const) : []),
  ...(lengthOf(words) > objectionWordsMaxLength ? (["words_too_long"] as const) : []),
  ...(lengthOf(contact) > objectionContactMaxLength ? (["contact_too_long"] as const) : []),
];
