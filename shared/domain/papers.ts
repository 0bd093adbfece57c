/** The papers that go with an application (policy 2.7, 3): lists in the policy pack, and for which answers each counts. */
import type { CommonPolicy } from "./common-policy.ts";
import { papersFor, type PaperRule } from "./paper-rules.ts";
import { inForce } from "./policy.ts";
import { commonPolicyOn, programmePolicies } from "./policy-pack.ts";
import type { PaperRequirement, PolicyDay } from "./programme.ts";

/** The part of a programme's figures that says which papers it wants. */
export interface PaperFigures {
  readonly papers: readonly PaperRule[];
  /** Of the common papers only these kinds are required at once; null: as the common list has it. */
  readonly commonPapersRequired: readonly string[] | null;
}

type Facts = Readonly<Record<string, unknown>>;

const commonPapers = (
  { papers }: Pick<CommonPolicy, "papers">,
  requiredKinds: readonly string[] | null,
  facts: Facts,
): readonly PaperRequirement[] =>
  papersFor(papers, facts).map((paper) =>
    requiredKinds === null ? paper : { ...paper, required: requiredKinds.includes(paper.kind) },
  );

/**
 * A programme's paper list: its own papers, then those that every programme wants, as the pack of the day has
 * them. @throws PolicyNotConfirmed when none is in force on that day.
 */
export const papersOf =
  (programmeId: string) =>
  (facts: object, { appliedOn, pack }: PolicyDay): readonly PaperRequirement[] => {
    const { figures } = inForce(programmePolicies<PaperFigures>(pack, programmeId), appliedOn);
    const given = facts as Facts;
    return paperList(
      papersFor(figures.papers, given),
      commonPapers(commonPolicyOn(pack, appliedOn), figures.commonPapersRequired, given),
    );
  };

/** Lists drawn together: each kind once, in the order of first mention, required if any list requires it. */
export const paperList = (
  ...lists: readonly (readonly PaperRequirement[])[]
): readonly PaperRequirement[] => {
  const byKind = new Map<string, PaperRequirement>();
  for (const paper of lists.flat()) {
    const known = byKind.get(paper.kind);
    byKind.set(paper.kind, {
      ...paper,
      ...known,
      required: paper.required || known?.required === true,
    });
  }
  return [...byKind.values()];
};
