/** Loading a case with what its decisions look at. */
import type { Application } from "#shared/domain/application.ts";
import type { AwardHistory } from "#shared/domain/assessment.ts";
import { commonPolicies, type CommonPolicy } from "#shared/domain/common-policy.ts";
import { readForm } from "#shared/domain/form.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { awardHistoryOf } from "#shared/domain/award-history.ts";
import { inForce } from "#shared/domain/policy.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { ApplicationNotFound } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { programmeById } from "#workflows/registry.ts";

/** @throws ApplicationNotFound */
export const loadCase = async (
  { cases }: Pick<Dependencies, "cases">,
  id: ApplicationId,
): Promise<Application> => {
  const application = await cases.get(id);
  if (!application) throw new ApplicationNotFound();
  return application;
};

export const programmeOf = (application: Application): EveryProgramme => {
  const programme = programmeById(application.programmeId);
  invariant(programme, "a case belongs to a programme of the registry");
  return programme;
};

/** The common policy a case began under (design: a case keeps the version it began under). */
export const policyOf = (application: Application): CommonPolicy => {
  invariant(application.submittedAt, "a case that was sent has a day of application");
  return inForce(commonPolicies, localDateOf(application.submittedAt)).figures;
};

/** The facts of a case as its form reads them. They were checked when it was sent, so they must read. */
export const loadFacts = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
): Promise<CommonFacts> => {
  const answers = await cases.answers(application);
  invariant(answers, "a case has the answers it stands on");
  const reading = readForm(programmeOf(application).form, answers);
  invariant(reading.kind === "facts", "the answers of a sent case read as facts");
  return reading.facts;
};

/** What the household's other cases of the year take from this one's limits. */
export const loadHistory = async (
  { cases }: Pick<Dependencies, "cases">,
  application: Application,
  submittedAt: Instant,
): Promise<AwardHistory> => {
  if (application.household === null) return awardHistoryOf(application, submittedAt, []);
  const claims = await cases.claimsOf(application.household);
  const others = claims.filter(({ applicationId }) => applicationId !== application.id);
  const loaded = await Promise.all(others.map(({ applicationId }) => cases.get(applicationId)));
  return awardHistoryOf(
    application,
    submittedAt,
    loaded.filter((other) => other !== null),
  );
};
