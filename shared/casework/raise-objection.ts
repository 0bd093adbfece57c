/** An objection (异议) to a standing notice: kept sealed, holds that case only, and somebody is asked to answer. */
import { raiseObjection } from "#shared/domain/notice.ts";
import type { Application } from "#shared/domain/application.ts";
import { standingNotice, type Notice, type Objection } from "#shared/domain/public-notice.ts";
import { StoreContended } from "#shared/kernel/errors.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { askApprover } from "./ask-approver.ts";
import { policyOf } from "./load.ts";
import { resume } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  | "cases"
  | "directory"
  | "notices"
  | "vault"
  | "mailer"
  | "workflow"
  | "clock"
  | "siteUrl"
  | "policy"
>;

/** What somebody says against a notice, as it was read and found complete. */
export type Said = Pick<Objection, "words" | "contact" | "formKey" | "locale">;

export type Raised =
  | { readonly kind: "raised"; readonly objection: Objection }
  /** No notice of this case stands: its time is over, or there never was one. */
  | { readonly kind: "no_notice" };

/** A notice that stands now, with its case. */
export interface Standing {
  readonly application: Application;
  readonly notice: Notice;
}

/** @returns null when no notice of this case stands. */
export const standingOf = async (
  { cases, notices, clock }: Pick<Uses, "cases" | "notices" | "clock">,
  id: ApplicationId,
): Promise<Standing | null> => {
  const application = await cases.get(id);
  if (!application) return null;
  const notice = standingNotice(application, await notices.noticesOf(id), clock.now());
  return notice && { application, notice };
};

/** The objection on the case as it stands, and the first one with the step that holds it. */
const keep = async (
  uses: Uses,
  { application, notice }: Standing,
  said: Said,
  earlier: readonly Objection[],
): Promise<{ readonly objection: Objection; readonly held: Application | null } | null> => {
  const now = uses.clock.now();
  const objection = (caseVersion: number): Objection => ({
    ...said,
    applicationId: application.id,
    number: earlier.length + 1,
    raisedAt: now,
    noticeKind: notice.kind,
    caseVersion,
    answeredAt: null,
  });
  if (application.status === "objection") {
    const further = objection(application.version);
    return (await uses.notices.addObjection(further)) ? { objection: further, held: null } : null;
  }
  const taken = raiseObjection(application, now, policyOf(uses, application));
  if (taken.kind === "refused") return null;
  const first = objection(taken.step.after.version);
  const outcome = await uses.cases.commit({ step: taken.step, objection: first });
  return outcome === "committed" ? { objection: first, held: taken.step.after } : null;
};

/**
 * Sees to it that somebody is asked for the answer. The objection stands whatever fails here: then the case's
 * execution asks, and resume-stalled starts it where it could not be started now.
 */
const ask = async (uses: Uses, held: Application): Promise<void> => {
  try {
    await askApprover(uses, held, "");
  } catch {
    await resume(uses, held).catch(() => null);
  }
};

/** Many people at the same moment each take the next number; whoever loses one takes the one after it. */
const triesMax = 20;

/**
 * Raises an objection. The same form sent twice with the same words is one objection; a further one while the
 * case is held is answered together with it. Nothing of it stands in the case's trail but that there was one.
 * @throws StoreContended when the case keeps moving.
 */
export const objectTo = async (uses: Uses, id: ApplicationId, said: Said): Promise<Raised> => {
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const earlier = await uses.notices.objectionsOf(id);
    const same = earlier.find(
      ({ formKey, words }) => formKey === said.formKey && words === said.words,
    );
    if (same) return { kind: "raised", objection: same };
    const standing = await standingOf(uses, id);
    if (!standing) return { kind: "no_notice" };
    const kept = await keep(uses, standing, said, earlier);
    if (!kept) continue;
    if (kept.held) await ask(uses, kept.held);
    return { kind: "raised", objection: kept.objection };
  }
  throw new StoreContended("the case kept moving while an objection was raised", null);
};
