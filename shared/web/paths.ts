/** Every address of the pages, built and read in one place. Nothing personal stands in any of them. */
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import type { PageRequest } from "./page.ts";

const path = (...segments: readonly string[]): string =>
  `/${segments.map(encodeURIComponent).join("/")}`;

export const paths = {
  home: "/",
  asset: (file: string): string => path("assets", file),
  /** The form of a programme. */
  apply: (programmeId: string): string => path("apply", programmeId),
  /** Some questions that tell whether applying may be worth it; nothing of it is kept. */
  preCheck: (programmeId: string): string => path("pre-check", programmeId),
  /** A draft: its papers, and the button that sends it. */
  papers: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "papers"),
  /** A draft: its answers again, to be changed. */
  answers: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "answers"),
  /** One page of a draft's questions. */
  question: (programmeId: string, id: ApplicationId, page: string): string =>
    path("apply", programmeId, id, "questions", page),
  /** A draft: all answers to be looked over, each with a way to change it. */
  check: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "check"),
  /** A draft: how to go on with it later. */
  saved: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "saved"),
  submit: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "submit"),
  receipt: (programmeId: string, id: ApplicationId): string =>
    path("apply", programmeId, id, "receipt"),
  /** Where reference and access code are typed. */
  status: "/status",
  case: (id: ApplicationId): string => path("status", id),
  /** What was asked for: further papers, and the answers to be changed. */
  information: (id: ApplicationId): string => path("status", id, "information"),
  /** The answers of a case that was returned, to be corrected. */
  correct: (id: ApplicationId): string => path("status", id, "correct"),
  card: (id: ApplicationId): string => path("status", id, "card"),
  withdraw: (id: ApplicationId): string => path("status", id, "withdraw"),
  leave: (id: ApplicationId): string => path("status", id, "leave"),
  /** Applying again with what was told for an earlier case. */
  renewal: (id: ApplicationId): string => path("status", id, "renewal"),
  /** Asking for a review of a refusal by somebody who took no part in it (复议). */
  appeal: (id: ApplicationId): string => path("status", id, "appeal"),
  /** After the payment: whether the money came, and how it was (满意度). */
  feedback: (id: ApplicationId): string => path("status", id, "feedback"),
  /** One extension of the time to send what is missing (policy 8.6). */
  extend: (id: ApplicationId): string => path("status", id, "extend"),
  /** Public notices (公示) that stand today. */
  notices: "/notices",
  notice: (id: ApplicationId): string => path("notices", id),
  objection: (id: ApplicationId): string => path("notices", id, "objection"),
  /** An approver's link; the secret is 256 random bits and a locator only. */
  decide: (secret: string): string => path("decide", secret),
  /** A paper of the case behind an approver's link. */
  decidePaper: (secret: string, number: number): string =>
    path("decide", secret, "papers", String(number)),
  /** Its page, where it stands large with the next one at hand. */
  decidePaperPage: (secret: string, number: number): string =>
    path("decide", secret, "papers", String(number), "page"),
  /** What waits for one approver; the locator is a mailed secret, or that of a case's link. */
  decideQueue: (locator: string): string => path("decide", "queue", locator),
  /** What became of the cases that were decided together. */
  decidedTogether: (locator: string, results: string): string =>
    path("decide", "queue", locator, results),
  /** Where an approver asks for a mail to set the decision PIN. */
  pin: "/pin",
  /** The mailed link that sets it. */
  setPin: (secret: string): string => path("pin", secret),
  /** What a program of others can do, for the people who write it. */
  api: "/api",
  /** The same as an OpenAPI document. */
  openApi: "/api/openapi.json",
  /** What a problem of the API means. */
  apiProblem: (code: string): string => path("api", "problems", code),
  /** Addresses of the API: apiV1("applications", id). */
  apiV1: (...segments: readonly string[]): string => path("api", "v1", ...segments),
  /** Pages of the desk: desk("batches", id). */
  desk: (...segments: readonly string[]): string => path("desk", ...segments),
} as const;

/** The page a request asked for, without its query: what a language switch leads back to. */
export const pathOf = (request: Pick<PageRequest, "path">): string =>
  path(...request.path.filter(Boolean));

/** A mailed link is built from the configured address, never from a request's host. */
export const absolute = (siteUrl: string, relative: string): string => `${siteUrl}${relative}`;

/** Pages for workers, by address. */
export type ApplicantRoute =
  | { readonly kind: "home" }
  | { readonly kind: "asset"; readonly file: string }
  | { readonly kind: "apply" | "preCheck"; readonly programmeId: string }
  | {
      readonly kind: "question";
      readonly programmeId: string;
      readonly id: ApplicationId;
      readonly page: string;
    }
  | {
      readonly kind: "papers" | "answers" | "check" | "saved" | "submit" | "receipt";
      readonly programmeId: string;
      readonly id: ApplicationId;
    }
  | { readonly kind: "status" }
  | {
      readonly kind:
        | "case"
        | "information"
        | "correct"
        | "card"
        | "withdraw"
        | "leave"
        | "renewal"
        | "appeal"
        | "feedback"
        | "extend";
      readonly id: ApplicationId;
    }
  | { readonly kind: "notices" }
  | { readonly kind: "notice" | "objection"; readonly noticedId: ApplicationId };

const draftPages = ["papers", "answers", "check", "saved", "submit", "receipt"] as const;
const casePages = [
  "information",
  "correct",
  "card",
  "withdraw",
  "leave",
  "renewal",
  "appeal",
  "extend",
  "feedback",
] as const;

const readApply = (segments: readonly string[]): ApplicantRoute | null => {
  const [programmeId, typedId, page, question] = segments;
  if (programmeId === undefined) return segments.length === 0 ? { kind: "home" } : null;
  if (typedId === undefined) return { kind: "apply", programmeId };
  const id = parseApplicationId(typedId);
  if (id && page === "questions" && question !== undefined && segments.length === 4) {
    return { kind: "question", programmeId, id, page: question };
  }
  const kind = draftPages.find((name) => name === page);
  return id && kind && segments.length === 3 ? { kind, programmeId, id } : null;
};

const readStatus = (segments: readonly string[]): ApplicantRoute | null => {
  const [typedId, page] = segments;
  if (typedId === undefined) return { kind: "status" };
  const id = parseApplicationId(typedId);
  if (!id || segments.length > 2) return null;
  if (page === undefined) return { kind: "case", id };
  const kind = casePages.find((name) => name === page);
  return kind ? { kind, id } : null;
};

const readNotices = (segments: readonly string[]): ApplicantRoute | null => {
  const [typedId, page] = segments;
  if (typedId === undefined) return { kind: "notices" };
  const noticedId = parseApplicationId(typedId);
  if (!noticedId || segments.length > 2) return null;
  if (page === undefined) return { kind: "notice", noticedId };
  return page === "objection" ? { kind: "objection", noticedId } : null;
};

/** @returns null when no page for workers has this address. */
export const readApplicantPath = (segments: readonly string[]): ApplicantRoute | null => {
  const [first, ...rest] = segments;
  if (first === undefined) return { kind: "home" };
  if (first === "apply") return readApply(rest);
  if (first === "status") return readStatus(rest);
  if (first === "notices") return readNotices(rest);
  const [file] = rest;
  if (first === "pre-check" && file !== undefined && rest.length === 1) {
    return { kind: "preCheck", programmeId: file };
  }
  return first === "assets" && file !== undefined && rest.length === 1
    ? { kind: "asset", file }
    : null;
};
