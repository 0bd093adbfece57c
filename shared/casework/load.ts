/** Loading a case with what its decisions look at. */
import type { Application } from "#shared/domain/application.ts";
import type { CommonPolicy } from "#shared/domain/common-policy.ts";
import { readForm } from "#shared/domain/form.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import type { Window } from "#shared/domain/policy.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import type {
  Delivery,
  EveryProgramme,
  FastTrackClock,
  PolicyDay,
} from "#shared/domain/programme.ts";
import { seasonOfCase } from "#shared/domain/season.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
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
export const policyOf = (
  { policy }: Pick<Dependencies, "policy">,
  application: Application,
): CommonPolicy => {
  invariant(application.submittedAt, "a case that was sent has a day of application");
  return commonPolicyOn(policy, localDateOf(application.submittedAt));
};

/** The day of a case's application with the rules as data; of a draft, today. */
export const policyDayOf = (
  { policy, clock }: Pick<Dependencies, "policy" | "clock">,
  application: Pick<Application, "submittedAt">,
): PolicyDay => ({
  appliedOn: localDateOf(application.submittedAt ?? clock.now()),
  pack: policy,
});

/** The season in which a case was sent, or null where its programme takes applications all year. */
export const seasonOf = (
  { policy, clock }: Pick<Dependencies, "policy" | "clock">,
  application: Application,
): Window | null =>
  seasonOfCase(programmeOf(application), application.submittedAt ?? clock.now(), policy);

/** The days between which the money of a case is to arrive, where its programme has its own. */
export const deliveryOf = (
  uses: Pick<Dependencies, "policy" | "clock">,
  application: Application,
): Delivery | null => programmeOf(application).delivery?.(policyDayOf(uses, application)) ?? null;

/** The limits of the fast track a case's programme has (policy 8.5 `er.advance`), or null without one. */
export const fastTrackOf = (
  uses: Pick<Dependencies, "policy" | "clock">,
  application: Application,
): FastTrackClock | null =>
  programmeOf(application).fastTrack?.(policyDayOf(uses, application)) ?? null;

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
