/** One thing that the API does: its address, who may, how a request is read, and what answers. */
import type * as z from "zod";
import type { ApiClient, ApiScope } from "#shared/domain/api-client.ts";
import type { Application } from "#shared/domain/application.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { Locale, Text } from "#shared/kernel/text.ts";
import { inLocale } from "#shared/kernel/text.ts";
import type { ApiProblem } from "#shared/web/api-problem.ts";
import type { Uses } from "./uses.ts";

export type OperationId =
  | "listProgrammes"
  | "getProgramme"
  | "listUnits"
  | "checkAnswers"
  | "createApplication"
  | "getApplication"
  | "getAnswers"
  | "replaceAnswers"
  | "listPapers"
  | "permitUpload"
  | "submitApplication"
  | "giveInformation"
  | "correctAnswers"
  | "extendTime"
  | "mendCard"
  | "withdrawApplication"
  | "appeal"
  | "listNotices"
  | "getNotice"
  | "objectToNotice";

/** A request that names itself by an idempotency key. */
export interface NamedRequest {
  /** Keyed hash of client and key. */
  readonly key: string;
  readonly firstAt: Instant;
}

/** A call that may be made: by whom, in which language, and about which case. */
export interface Call {
  readonly uses: Uses;
  readonly client: ApiClient;
  readonly locale: Locale;
  /** What stands for `:name` in the address. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The case whose access code came along; null where none is asked for. */
  readonly own: Application | null;
  readonly named: NamedRequest | null;
}

/** What a body is about: the programme of its address or case; null where there is none, or none of that name. */
export interface About {
  readonly programme: EveryProgramme | null;
}

export type Answer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "problem"; readonly problem: ApiProblem };

export interface Operation {
  readonly id: OperationId;
  readonly method: "GET" | "POST" | "PUT";
  /** Segments after /api/v1; ":name" stands for any one. */
  readonly path: readonly string[];
  readonly scope: ApiScope;
  /** Asks for the access code of the case `:applicationId`. */
  readonly ofCase?: true;
  /** Query parameters it knows. */
  readonly query?: readonly string[];
  /** Creates or moves something, so that it asks for an idempotency key. */
  readonly once?: true;
  /** Changes what another device may be changing: it asks for If-Match. */
  readonly ofVersion?: true;
  /** How the body is read; absent where there is none. An absent body counts as `{}` where all of it is optional. */
  readonly body?: (about: About) => z.ZodType;
  readonly answer: (call: Call, body: unknown) => Promise<Answer>;
}

/** Declares an operation; what its body reads as is what its answer is given. */
export const operation = <Body = undefined>(
  declared: Omit<Operation, "body" | "answer"> & {
    readonly body?: (about: About) => z.ZodType<Body>;
    readonly answer: (call: Call, body: Body) => Promise<Answer>;
  },
): Operation => declared as Operation;

export const done = (
  body: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({ kind: "answer", status, body, headers });

export const refused = (problem: ApiProblem): Answer => ({ kind: "problem", problem });

/** Too often: the minutes of a limit as the header says them. */
export const tooOften = (minutes: number): Answer =>
  refused({
    code: "too_many_requests",
    headers: { "retry-after": String(minutes * 60) },
  });

export const say = ({ locale }: Pick<Call, "locale">, text: Text): string => inLocale(text, locale);

/** The case that the call's access code opened. */
export const ownCase = ({ own }: Pick<Call, "own">): Application => {
  invariant(own, "an operation on a case is called with its access code");
  return own;
};
