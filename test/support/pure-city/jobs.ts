/** What the machine and its schedules try. */
import type { Assessment } from "#shared/domain/assessment.ts";
import { addAccounts, historyIn } from "#shared/domain/award-account.ts";
import { lapse } from "#shared/domain/lapse.ts";
import { noticeEnded, noticeEndFrom, reviewEnded } from "#shared/domain/notice.ts";
import { makeNotice, noticeBegan, noticeKindOf } from "#shared/domain/public-notice.ts";
import { reserveWaitingFrom } from "#shared/domain/reservation.ts";
import { assessmentStep, leftFrom } from "#shared/domain/screening.ts";
import { escalate, missed } from "#shared/domain/silence.ts";
import { fen, maxFen, minFen, yuan, zeroFen } from "#shared/kernel/money.ts";
import { units } from "#test/support/cases.ts";
import {
  accountLimitsOf,
  applicantOf,
  assessmentIn,
  caseAttempt,
  claimsHeldBy,
  firstWithMoney,
  fundsFor,
  oneOf,
  yearOfCase,
  type Command,
} from "./attempts.ts";
import { presentApproval } from "./links.ts";
import { identityOf, policy, type City, type Kept } from "./world.ts";

const amounts = [1_000, 2_000, 3_000, 4_000, 5_500, 7_000, 9_000].map(yuan);

/** Made up: a refusal now and then, else an amount, mostly within what the year leaves, as the rules would do it. */
const assessed = (city: City, kept: Kept, what: number): Assessment => {
  const { application, way } = kept;
  const previous = assessmentIn(kept);
  if (previous && what % 8 < 5) return previous;
  const { own, others } = yearOfCase(city, application);
  const history = historyIn(addAccounts(own, others), application);
  const beforeFen = oneOf(amounts, what)!;
  const capFen = maxFen(zeroFen, fen(policy.householdAnnualCapFen - history.householdYearFen));
  const amountFen = what % 3 === 0 ? beforeFen : minFen(beforeFen, capFen);
  const isRefused = what % 7 === 6 || amountFen === 0;
  return {
    programmeId: way.id,
    policyVersion: "made-up",
    category: "DEEP",
    recommendation: isRefused ? "refuse" : "approve",
    refusal: isRefused ? { code: "MADE_UP", says: { zh: "否", en: "No" } } : null,
    amountFen: isRefused ? zeroFen : amountFen,
    advanceFen: isRefused || !way.fastTrack ? zeroFen : minFen(amountFen, yuan(2_000)),
    fundOrder: isRefused ? [] : what % 2 === 0 ? ["DONATION", "UNION"] : ["UNION", "DONATION"],
    flags: [],
    steps: [
      {
        rule: "household.annualCap",
        inputs: { beforeFen },
        threshold: null,
        outcome: "applied",
        clause: "",
        says: { zh: "", en: "" },
      },
    ],
  };
};

/** As assess-application: by the archive of today, refused when another member holds the claim by now. */
export const assess: Command = (city, kept, { what }) => {
  const { application: read, way, events } = kept;
  if (read.status !== "submitted") return null;
  const identity = identityOf(city, way, applicantOf(city, read));
  const held = claimsHeldBy(city, read);
  const isHeld = ({ household, subject }: { household: string; subject: string }): boolean =>
    held.some((claim) => claim.household === household && claim.subject === subject);
  const moved = identity.fileId !== read.fileId;
  const { fileId, household, persons } = identity;
  const application = moved ? { ...read, fileId, household, persons } : read;
  const claims = moved
    ? identity.claims
        .filter((claim) => !isHeld(claim))
        .map((claim) => ({ ...claim, applicationId: read.id }))
    : [];
  const first = read.policyVersion === null;
  const assessment = assessed(city, { ...kept, application }, what);
  const frame = {
    application,
    previous: first ? null : assessmentIn(kept),
    left: first ? null : leftFrom(events),
    organisation: city.organisation,
    now: city.now,
    policy,
    advanceClock: way.fastTrack,
  };
  const refused = {
    ...assessment,
    recommendation: "refuse",
    refusal: { code: "CLAIMED_BY_HOUSEHOLD", says: { zh: "", en: "" } },
    amountFen: zeroFen,
    advanceFen: zeroFen,
    fundOrder: [],
  } as const;
  const step = assessmentStep({ ...frame, assessment });
  const otherwise = assessmentStep({ ...frame, assessment: refused });
  return (at) => {
    const outcome = caseAttempt({ step, claims })(at);
    return outcome === "claim_exists" ? caseAttempt({ step: otherwise })(at) : outcome;
  };
};

export const publish: Command = (city, { application, events, notices }) => {
  const [began, kind] = [noticeBegan(events), noticeKindOf(application)];
  if (began === null || kind === null) return null;
  if (notices.some(({ caseVersion }) => caseVersion === began)) return null;
  const notice = makeNotice({
    application,
    kind,
    caseVersion: began,
    applicantName: "Somebody",
    unit: units[2]!,
    publishedAt: city.now,
    endsAt: noticeEndFrom(city.now, kind, application, policy),
  });
  // A notice is a row of its own: it is no step of the case.
  notices.push(notice);
  return null;
};

/** The job that ends notices, mostly when this one's days are over. */
export const endNotice: Command = (city, { application, events, notices }, { what }) => {
  const began = noticeBegan(events);
  const notice = notices.find(({ caseVersion }) => caseVersion === began) ?? null;
  if (notice && what % 3 > 0 && notice.endsAt > city.now) city.now = notice.endsAt;
  const { now, organisation } = city;
  const end = { application, notice, now, policy, organisation, delivery: null };
  const step = noticeEnded(end) ?? reviewEnded(end);
  return step && caseAttempt({ step });
};

export const answerSilence: Command = (city, kept) => {
  const { application, events, way } = kept;
  if (application.tier === null) return null;
  const waits = ["in_approval", "objection", "under_appeal"].includes(application.status);
  if (!waits) return null;
  const silence = {
    application,
    approval: presentApproval(kept),
    events,
    organisation: city.organisation,
    policy,
    advanceClock: way.fastTrack,
    now: city.now,
  };
  const answer = missed(silence);
  if (answer.kind === "not_yet") return null;
  const step = answer.kind === "nobody" ? escalate(silence) : answer.step;
  return step && caseAttempt({ step });
};

/** The job that ends what nobody answered, mostly just when this one is due. */
export const closeOverdue: Command = (city, { application }, { what }) => {
  const { deadlineAt } = application;
  if (what % 3 > 0 && deadlineAt !== null && deadlineAt > city.now) city.now = deadlineAt;
  const lapsing = lapse(application, city.now, policy);
  if (!lapsing) return null;
  const ended = lapsing.step.after.status === "lapsed";
  return caseAttempt({
    ...lapsing,
    releasedClaims: ended ? claimsHeldBy(city, application) : [],
  });
};

/** Money for a waiting case: all of its award, or a share of it, the advance never. */
export const reserveWaiting: Command = (city, kept, { what }) => {
  const { application, way } = kept;
  const share = what % 4 === 0 && application.fastTrack === null ? 2 : 1;
  const amountFen = fen(Math.trunc(application.amountFen / share));
  const { finalNotice } = way;
  const reservation = { now: city.now, finalNotice, policy, delivery: null };
  const accountLimits = accountLimitsOf(city, kept);
  const commits = fundsFor(city, application).flatMap((fund) => {
    const reserving = reserveWaitingFrom(
      application,
      { fund, amountFen, allocationId: share === 2 ? "A1" : null },
      reservation,
    );
    return reserving ? [{ ...reserving, accountLimits }] : [];
  });
  return commits.length > 0 ? firstWithMoney(commits) : null;
};
