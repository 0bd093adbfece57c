/** The acceptance check's two buttons. Pressed twice, or too late, nothing happens a second time. */
import {
  acceptApplication,
  returnForPapers,
  type Handled,
} from "#shared/casework/accept-application.ts";
import { loadFacts, policyDayOf, programmeOf } from "#shared/casework/load.ts";
import { withEntrustment } from "#shared/domain/entrustment.ts";
import { isHandled, missingListProblem } from "#shared/domain/acceptance.ts";
import type { Application } from "#shared/domain/application.ts";
import { log } from "#shared/lambda/logging.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";
import { handledPage } from "./case.ts";
import { changedSince, loadHandled } from "./load.ts";
import { readMissingList } from "./missing-list.ts";

export const toCase = ({ id }: Pick<Application, "id">): PageResponse =>
  redirect(paths.desk("handling", id));

/** After a step: the case as it stands now. That nobody was told yet is taken down; the sweep tells them. */
export const afterStep = (desk: Desk, application: Application, handled: Handled): PageResponse => {
  if (handled.kind === "moved") return changedSince(desk, application.id);
  if (handled.told === "left") {
    log.warn("left to the sweep", { function: "serve-desk", applicationId: application.id });
  }
  return toCase(application);
};

const isAsShown = ({ request }: Desk, { version }: Application): boolean =>
  request.form["version"] === String(version);

export const acceptCase = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  if (loaded.kind === "refused") return loaded.page;
  const { application } = loaded;
  // The same button pressed twice: it is done, and once.
  const { id: staffId } = desk.session.staff;
  const wasMine = application.excluded.includes(staffId) && application.status !== "in_acceptance";
  if (wasMine) return toCase(application);
  if (!isAsShown(desk, application)) return changedSince(desk, application.id);
  return afterStep(desk, application, await acceptApplication(desk.uses, application, staffId));
};

export const returnCase = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const loaded = await loadHandled(desk, typed);
  if (loaded.kind === "refused") return loaded.page;
  const { application } = loaded;
  const { id: staffId } = desk.session.staff;
  const wasMine = application.excluded.includes(staffId) && !isHandled(application.status);
  if (wasMine) return toCase(application);
  if (!isAsShown(desk, application)) return changedSince(desk, application.id);
  const list = readMissingList(desk.request.form);
  const papers = programmeOf(application).papers(
    await loadFacts(desk.uses, application),
    policyDayOf(desk.uses, application),
  );
  const listed = withEntrustment(application, papers).map(({ kind }) => kind);
  const problem = missingListProblem(list, listed);
  if (problem) return handledPage(desk, loaded, { list, problem });
  return afterStep(desk, application, await returnForPapers(desk.uses, application, staffId, list));
};
