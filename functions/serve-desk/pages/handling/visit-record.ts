/** The record of a home visit (入户核实): who went, whom they met, what they found. Works on a phone in a flat. */
import { acceptFiles, areConverting, filesChosen } from "#shared/casework/paper-files.ts";
import { policyOf } from "#shared/casework/load.ts";
import { saveVisit } from "#shared/casework/record-visit.ts";
import { branchAbove } from "#shared/domain/acceptance.ts";
import type { Visit } from "#shared/domain/application.ts";
import { mayHandle } from "#shared/domain/approver.ts";
import type { Staff } from "#shared/domain/organisation.ts";
import {
  mayVisit,
  visitNotBefore,
  visitProblems,
  type TypedVisit,
  type VisitProblem,
} from "#shared/domain/visit.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { PageResponse } from "#shared/web/page.ts";
import type { Desk } from "../../frame.ts";
import { afterStep, toCase } from "./actions.ts";
import { changedSince, loadHandled, type HandledCase } from "./load.ts";
import { readVisit } from "./visit-fields.ts";
import { visitForm } from "./visit-form.ts";
import { landedAtVisit } from "./visit-papers.ts";

/** Who may have visited: people of the case's office, of the offices above that handle it, and of one's own. */
const offeredVisitors = (
  { application, organisation }: HandledCase,
  own: Staff,
): readonly Staff[] => {
  const [base] = application.unitId ? branchAbove(organisation, application.unitId) : [];
  return organisation.staff.filter(
    (person) =>
      (person.unitId === base?.id || person.unitId === own.unitId) &&
      person.roles.some((role) => role === "handler" || role === "approver") &&
      mayHandle(application, person),
  );
};

const show = async (
  desk: Desk,
  loaded: HandledCase,
  typed: TypedVisit | null,
  problems: readonly VisitProblem[],
): Promise<PageResponse> =>
  visitForm(desk, {
    application: loaded.application,
    offered: offeredVisitors(loaded, desk.session.staff),
    landed: await landedAtVisit(desk, loaded.application),
    visitorsMin: policyOf(desk.uses, loaded.application).visitorsMin,
    typed,
    problems,
  });

export const showVisitRecord = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  if (loaded.kind === "refused") return loaded.page;
  return mayVisit(loaded.application) ? show(desk, loaded, null, []) : toCase(loaded.application);
};

/** The record, once nothing is wrong with what was typed. */
const visitFrom = (typed: TypedVisit, paperNumbers: readonly number[]): Visit => {
  const { visitedOn, confirmed, staffIds, others, metWith, findings } = typed;
  invariant(visitedOn !== null && confirmed !== null, "a visit that was checked has both");
  return { visitedOn, confirmed, staffIds, others, metWith, findings, paperNumbers };
};

export const saveVisitRecord = async (desk: Desk, id: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, id);
  if (loaded.kind === "refused") return loaded.page;
  const { application } = loaded;
  const { uses, request, session } = desk;
  // Pressed twice, or somebody else was first: the case as it stands says so.
  if (!mayVisit(application)) return toCase(application);
  if (request.form["version"] !== String(application.version)) {
    return changedSince(desk, application.id);
  }
  const offered = offeredVisitors(loaded, session.staff).map((person) => person.id);
  const landed = await landedAtVisit(desk, application);
  const files = filesChosen(landed, []);
  const typed = readVisit(request.form, files.length);
  if (areConverting(landed)) return show(desk, loaded, typed, ["paper_converting"]);
  const problems = visitProblems(typed, {
    now: uses.clock.now(),
    notBefore: visitNotBefore(application, await uses.cases.events(application)),
    visitorsMin: policyOf(uses, application).visitorsMin,
    offered,
  });
  if (problems.length > 0) return show(desk, loaded, typed, problems);
  const papers = await acceptFiles(uses, application, files);
  if (papers.refused > 0) return show(desk, loaded, typed, ["paper_unusable"]);
  if (papers.numbers.length === 0) {
    return show(desk, loaded, { ...typed, papers: 0 }, ["paper_required"]);
  }
  const visit = visitFrom(typed, papers.numbers);
  return afterStep(desk, application, await saveVisit(uses, application, session.staff.id, visit));
};
