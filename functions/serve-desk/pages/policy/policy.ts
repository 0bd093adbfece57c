/** The rules in force, and a draft of them tried on past cases. Nothing is adopted here. */
import {
  flyDraft,
  knownCases,
  loadPastCases,
  workedCases,
  type DraftFlight,
} from "#shared/casework/simulate-policy.ts";
import { checkPack, rehearse, type PolicyFinding } from "#shared/domain/policy-check.ts";
import { withDraft } from "#shared/domain/policy-draft.ts";
import { packAsOf } from "#shared/domain/policy-figures.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { localDateOf, parseLocalDate, type LocalDate } from "#shared/kernel/calendar.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { programmes } from "#workflows/registry.ts";
import { deskPage, say, type Desk } from "../../frame.ts";
import {
  draftForm,
  draftMax,
  faultsTable,
  findingsTable,
  type DraftProblem,
} from "./draft-form.ts";
import { flightView, type FlightCases } from "./flight-view.ts";
import { packView } from "./pack-view.ts";

const words = {
  title: { zh: "政策", en: "Policy" },
  present: { zh: "现行政策", en: "The rules in force" },
  check: { zh: "检查结果", en: "The check" },
} as const satisfies Record<string, Text>;

/** As many cases as a page can assess twice in its time. */
const casesMax = 1_000;

const todayOf = ({ uses }: Desk): LocalDate => localDateOf(uses.clock.now());

const policyPage = async (
  desk: Desk,
  result: {
    readonly status: number;
    readonly body: Html | null;
    readonly problem: DraftProblem | null;
  },
): Promise<PageResponse> =>
  deskPage(desk, {
    title: say(desk, words.title),
    status: result.status,
    body: html`<h1>${say(desk, words.title)}</h1>
      ${result.body}${await draftForm(desk, result.problem)}
      <h2>${say(desk, words.present)}</h2>
      ${packView(desk, desk.uses.policy, todayOf(desk))}`,
  });

export const showPolicy = (desk: Desk): Promise<PageResponse> =>
  policyPage(desk, { status: 200, body: null, problem: null });

const casesAtHand = async (desk: Desk, today: LocalDate) => {
  const ids = await knownCases(desk.uses, today, casesMax);
  const { cases, leftOut } = await loadPastCases(desk.uses, ids);
  const note: FlightCases = {
    areWorked: cases.length === 0,
    leftOut,
    isCut: ids.length >= casesMax,
  };
  return { cases: note.areWorked ? workedCases() : cases, note };
};

const notInForce = (on: LocalDate | null): PolicyFinding => ({
  level: "error",
  says: {
    zh: `${on ?? ""} 这一天有的政策还没有生效，请换一个日期。`,
    en: `On ${on ?? "that day"} some of the rules don't hold yet; choose another day.`,
  },
});

const flightOf = async (
  desk: Desk,
  draft: PolicyPack,
  on: LocalDate | null,
): Promise<{ readonly flight: DraftFlight; readonly note: FlightCases } | null> => {
  const today = todayOf(desk);
  const { cases, note } = await casesAtHand(desk, today);
  try {
    const packs = { present: desk.uses.policy, draft };
    return { flight: flyDraft(packs, cases, { on, today }), note };
  } catch (error) {
    if (error instanceof PolicyNotConfirmed) return null;
    throw error;
  }
};

const problemOf = (draft: string, on: string): DraftProblem | null => {
  if (draft.trim() === "") return "empty";
  if (draft.length > draftMax) return "tooLong";
  return on !== "" && parseLocalDate(on) === null ? "on" : null;
};

const tried = async (
  desk: Desk,
  draft: PolicyPack,
  on: LocalDate | null,
): Promise<PageResponse> => {
  const { uses, session } = desk;
  const today = todayOf(desk);
  const findings = checkPack(draft, programmes, { today, asDraft: true });
  const result = await flightOf(desk, draft, on);
  if (result === null) {
    const body = html`<h2>${say(desk, words.check)}</h2>
      ${findingsTable(desk, [notInForce(on), ...findings])}`;
    return policyPage(desk, { status: 422, body, problem: "faults" });
  }
  const { flight, note } = result;
  const { units } = await uses.directory.organisation();
  const rehearsed = rehearse(packAsOf(draft, flight.on), programmes);
  log.info("policy draft simulated", {
    function: "serve-desk",
    staffId: session.staff.id,
    count: flight.simulation.total.cases,
  });
  return policyPage(desk, {
    status: 200,
    body: html`<h2>${say(desk, words.check)}</h2>
      ${findingsTable(desk, [...findings, ...rehearsed])}${flightView(desk, flight, units, note)}`,
    problem: null,
  });
};

/** Checks the draft that was typed, and tries it on the cases at hand. */
export const tryDraft = async (desk: Desk): Promise<PageResponse> => {
  const { form } = desk.request;
  const [draft, on] = [form["draft"] ?? "", (form["on"] ?? "").trim()];
  const problem = problemOf(draft, on);
  if (problem !== null) return policyPage(desk, { status: 422, body: null, problem });
  const read = withDraft(desk.uses.policy, draft, programmes);
  if (read.kind === "faults") {
    const body = faultsTable(desk, read.faults);
    return policyPage(desk, { status: 422, body, problem: "faults" });
  }
  return tried(desk, read.pack, on === "" ? null : parseLocalDate(on));
};
