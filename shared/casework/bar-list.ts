/** Who may get no help for a time: asked when an application is sent and again before it is paid. */
import { barUntil, lastingBar, type Bar, type BarCode } from "#shared/domain/bar.ts";
import type { Application } from "#shared/domain/application.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { personIndex } from "./person-index.ts";
import { loadFacts } from "./load.ts";

/**
 * The bar that keeps any of these people from help on a day, the longest of them; null where none does.
 * `persons`: keyed hashes of ID numbers, as `Application.persons` holds them.
 */
export const isBarred = async (
  { oversight }: Pick<Dependencies, "oversight">,
  persons: readonly BlindIndex[],
  on: LocalDate,
): Promise<Bar | null> => {
  const bars = await Promise.all([...new Set(persons)].map((person) => oversight.barsOf(person)));
  return lastingBar(bars.flat(), on);
};

type Uses = Pick<Dependencies, "oversight" | "cases" | "vault" | "clock" | "policy">;

/**
 * Bars the applicant of a case from today on, for the months of today's policy (8.1 `fraud`).
 * @returns the bar; the one that stands when today's was set before.
 */
export const barApplicant = async (
  uses: Uses,
  application: Application,
  given: { readonly code: BarCode; readonly reason: string; readonly by: StaffId },
): Promise<Bar> => {
  const { applicantIdNumber } = await loadFacts(uses, application);
  const person = await personIndex(uses, applicantIdNumber);
  const setAt = uses.clock.now();
  const from = localDateOf(setAt);
  const bar: Bar = {
    person,
    from,
    until: barUntil(from, commonPolicyOn(uses.policy, from)),
    code: given.code,
    applicationId: application.id,
    setAt,
    setBy: given.by,
    reason: given.reason,
    liftedAt: null,
    liftedBy: null,
    liftReason: "",
  };
  if (await uses.oversight.putBar(bar)) return bar;
  const bars = await uses.oversight.barsOf(person);
  return bars.find((standing) => standing.from === from) ?? bar;
};
