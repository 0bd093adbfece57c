/** Who is asked to decide, and with what link (casework/ask-approver.ts). */
import type { Application } from "#shared/domain/application.ts";
import { seatOf, type Approval } from "#shared/domain/approval.ts";
import {
  eligibleApprovers,
  isOfOffice,
  mayDecide,
  whomToAsk,
  type Choice,
} from "#shared/domain/approver.ts";
import { isReviewed, whoReviews } from "#shared/domain/review.ts";
import { standInEnds, standInNow } from "#shared/domain/silence.ts";
import { deadlineAfter, localDateOf } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { oneOf, someone, type Drawn } from "./attempts.ts";
import { approvalKeyOf } from "./store.ts";
import { policy, type City, type Kept } from "./world.ts";

const isAsked = ({ status }: Application): boolean =>
  status === "in_approval" || isReviewed(status);

export const presentApproval = ({ application, approvals }: Kept): Approval | null => {
  const { round, tier } = application;
  if (tier === null) return null;
  return approvals.get(approvalKeyOf({ round, tier, seat: seatOf(application) })) ?? null;
};

export const staffWith = (city: City, id: StaffId | null) =>
  city.organisation.staff.find((person) => person.id === id) ?? null;

const chooseApprover = (city: City, kept: Kept, previous: Approval | null): Choice | null => {
  const { application, events } = kept;
  const { tier, version } = application;
  if (tier === null) return null;
  const named = previous?.decidedAt === null && previous.caseVersion === version - 1;
  const standIn = named ? standInNow(events) : null;
  const staff = staffWith(city, standIn?.standInId ?? null);
  if (standIn && staff && mayDecide(application, staff, tier)) {
    return { staff, insteadOf: standIn.silentId };
  }
  const { organisation } = city;
  const today = { today: localDateOf(city.now), avoid: [] };
  if (isReviewed(application.status)) {
    return whoReviews({ application, events, organisation, policy, ...today });
  }
  const [away] = eligibleApprovers(organisation, application, tier);
  return (
    whomToAsk(organisation, application, tier, today) ??
    (away ? { staff: away, insteadOf: null } : null)
  );
};

const stillAsks = (city: City, { application }: Kept, approval: Approval): boolean => {
  const staff = staffWith(city, approval.approverId);
  const insteadOf = staffWith(city, approval.insteadOf);
  return (
    approval.decidedAt === null &&
    approval.caseVersion === application.version &&
    approval.expiresAt > city.now &&
    staff !== null &&
    mayDecide(application, staff, approval.tier) &&
    isOfOffice({ application, approval, staff, insteadOf })
  );
};

/** Sees to it that somebody has a link, as `askApprover` does. Null where nobody may be asked. */
const asked = (city: City, kept: Kept, { who }: Drawn): Approval | null => {
  const { application } = kept;
  const { tier, round, deadlineAt, version } = application;
  if (!isAsked(application) || tier === null) return null;
  const previous = presentApproval(kept);
  if (previous && (previous.decidedAt ?? null) !== null && previous.caseVersion >= version)
    return null;
  if (previous && stillAsks(city, kept, previous)) return previous;
  const choice = city.without.has("eligible")
    ? { staff: someone(city, who), insteadOf: null }
    : chooseApprover(city, kept, previous);
  if (!choice) return null;
  const late = deadlineAt !== null && deadlineAt <= city.now;
  city.serial += 1;
  const approval: Approval = {
    applicationId: application.id,
    round,
    tier,
    seat: seatOf(application),
    ask: (previous?.ask ?? 0) + 1,
    approverId: choice.staff.id,
    caseVersion: version,
    linkHash: `link ${city.serial}`,
    replaced: [],
    expiresAt: late
      ? standInEnds(application, city.now, policy, kept.way.fastTrack)
      : (deadlineAt ?? deadlineAfter(city.now, 1, policy.calendar)),
    requestedAt: city.now,
    mailedAt: city.now,
    remindedAt: null,
    insteadOf: choice.insteadOf,
    taskToken: "",
    pinTries: 0,
    decidedAt: null,
    decision: null,
  };
  kept.approvals.set(approvalKeyOf(approval), approval);
  kept.links.push(approval);
  return approval;
};

/** By the link that was mailed last, or by any that ever was. */
export const openedLink = (city: City, kept: Kept, drawn: Drawn): Approval | null => {
  const present = asked(city, kept, drawn);
  const old = drawn.who % 8 === 0 ? oneOf(kept.links, drawn.who) : undefined;
  const link = old ?? present;
  const stands = link && kept.approvals.get(approvalKeyOf(link));
  return stands?.linkHash === link?.linkHash ? (stands ?? null) : null;
};
