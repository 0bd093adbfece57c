/** What came of a case and why, as its applicant is told; null while nothing has been decided (PIPL 24). */
import { policyOf } from "#shared/casework/load.ts";
import { appealable } from "#shared/domain/appeal.ts";
import type { Application, RecordedEvent } from "#shared/domain/application.ts";
import type { RuleStep } from "#shared/domain/assessment.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import { outcomeReasons, type OutcomeReasons } from "#shared/domain/reasons.ts";
import { isReturnedByBank, leftToPayBackFen } from "#shared/domain/recovery.ts";
import { kindWords } from "#shared/web/outcome-words.ts";
import { say, type Call } from "../operation.ts";
import type { OutcomeBody } from "../document/schemas.ts";

const amounts = (
  application: Application,
  events: readonly RecordedEvent[],
  { kind, assessment }: OutcomeReasons,
): Pick<OutcomeBody, "amountFen" | "computedFen" | "toPayBackFen"> => ({
  amountFen: kind === "approved" || kind === "lowered" ? application.amountFen : null,
  computedFen: kind === "lowered" ? (assessment?.amountFen ?? null) : null,
  toPayBackFen:
    kind === "recovery_due" && !isReturnedByBank(events)
      ? leftToPayBackFen(application, events)
      : null,
});

/** What was withdrawn was never decided: the rules had only recommended. */
const steps = ({ kind, conditions, computed, lookedInto }: OutcomeReasons): readonly RuleStep[] =>
  kind === "withdrawn"
    ? []
    : [...conditions, ...(kind === "lapsed" ? [] : computed), ...lookedInto];

const appealOf = (
  { uses }: Call,
  application: Application,
  events: readonly RecordedEvent[],
): OutcomeBody["appeal"] => {
  const policy = policyOf(uses, application);
  const appeal = appealable(application, events, uses.clock.now(), policy);
  return { state: appeal.kind, until: "until" in appeal ? appeal.until : null };
};

export const outcomeBody = (
  call: Call,
  application: Application,
  events: readonly RecordedEvent[],
): OutcomeBody | null => {
  const reasons = outcomeReasons(application, events);
  if (!reasons) return null;
  const { kind, tier, assessment } = reasons;
  const byRules = kind === "refused_by_rules" || kind === "appeal_dismissed";
  const refusal = byRules ? assessment?.refusal : null;
  return {
    kind,
    words: say(call, kindWords[kind]),
    decidedAt: reasons.decidedAt,
    decidedBy: tier && say(call, tierTitles[tier]),
    ...amounts(application, events, reasons),
    reason: refusal ? say(call, refusal.says) : null,
    reasons: steps(reasons).map(({ outcome, says, clause }) => ({
      outcome,
      words: say(call, says),
      clause,
    })),
    said: reasons.said.map((said) => ({
      at: said.at,
      by: said.tier && say(call, tierTitles[said.tier]),
      words: said.words,
    })),
    policyVersion: assessment?.policyVersion ?? null,
    appeal: appealOf(call, application, events),
  };
};
