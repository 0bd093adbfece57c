/** What an approver does: opens the mail's link, reads, and decides with the PIN. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DecisionKind } from "#shared/domain/approval.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { createVisitor, expectStatus, formWith, type VisitedPage } from "./visitor.ts";

export interface ReadMail {
  readonly to: string;
  readonly text: string;
}

const waitMs = 20;
const waitsMax = 1_500;

/**
 * The link with which this tier decides this case, out of the mailbox; waits until the machine has sent it.
 * `round`: of this round of approvals only. @throws when nobody at the tier was asked within half a minute.
 */
export const linkFor = async (
  readMails: () => Promise<readonly ReadMail[]> | readonly ReadMail[],
  applicationId: ApplicationId,
  tier: Tier,
  round?: number,
): Promise<string> => {
  const pattern = new RegExp(
    `https?://\\S+/decide/${applicationId}\\.${round ?? "\\d+"}\\.${tier}\\.\\S+`,
    "u",
  );
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const links = (await readMails()).flatMap(({ text }) => pattern.exec(text) ?? []);
    if (links[0]) return links[0];
    await sleep(waitMs);
  }
  throw new Error(`nobody at ${tier} was asked to decide ${applicationId}`);
};

export interface GivenDecision {
  readonly kind: DecisionKind;
  readonly pin: string;
  readonly amount?: string;
  readonly reason?: string;
  readonly minutes?: string;
}

/** Decides through a link. @throws with the page's words unless the decision is taken. */
export const decideThrough = async (
  siteUrl: string,
  link: string,
  { kind, pin, amount, reason = "", minutes }: GivenDecision,
): Promise<VisitedPage> => {
  const visitor = createVisitor(siteUrl);
  const page = expectStatus(await visitor.get(link), 200, "the approver's page");
  const decided = await visitor.send(page, formWith(page, "action", "decide"), {
    decision: kind,
    pin,
    reason,
    ...(amount === undefined ? {} : { amount }),
    ...(minutes === undefined ? {} : { minutes }),
  });
  return expectStatus(decided, 200, "the decision");
};
