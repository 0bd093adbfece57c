/** The fast track as people go it: the advance decided and paid within hours, then the papers. */
import { setTimeout as sleep } from "node:timers/promises";
import { demoTotpSecret } from "#infra/local/demo-city.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import type { Application, Status } from "#shared/domain/application.ts";
import { isAdvance } from "#shared/domain/fast-track.ts";
import type { Line, Tier } from "#shared/domain/organisation.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { paths } from "#shared/web/paths.ts";
import { follow, uploadPapers, type Applied } from "./applicant.ts";
import { decideThrough, linkFor } from "./approver.ts";
import {
  assembleBatch,
  authoriseBatch,
  bookReturn,
  bringReturn,
  minutesBetweenCodes,
  signInToDesk,
  siteOf,
  type Desk,
} from "./desk.ts";
import { expectStatus, formTo } from "./visitor.ts";

const waitMs = 20;
const waitsMax = 1_500;

const caseOf = async (run: Embedded, id: ApplicationId): Promise<Application> => {
  const application = await run.dependencies.cases.get(id);
  if (!application) throw new Error(`there is no case ${id}`);
  return application;
};

const untilStatus = async (
  run: Embedded,
  id: ApplicationId,
  ...wanted: readonly Status[]
): Promise<Application> => {
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const application = await caseOf(run, id);
    if (wanted.includes(application.status)) return application;
    await sleep(waitMs);
  }
  throw new Error(`${id} did not become ${wanted.join(" or ")}`);
};

/** Who decides an advance: the base office, then whoever decides small awards. */
const advanceTiers: Readonly<Record<Line, readonly Tier[]>> = {
  territorial: ["station", "district"],
  industrial: ["grass_roots", "industrial"],
};

/** Both offices approve the advance through their mails. */
export const approveAdvance = async (
  run: Embedded,
  id: ApplicationId,
  pin: string,
): Promise<void> => {
  const { line, round } = await untilStatus(run, id, "in_approval");
  if (line === null) throw new Error("a case that was sent stands on a line");
  for (const tier of advanceTiers[line]) {
    const link = await linkFor(() => run.mailbox.mails(), id, tier, round);
    await decideThrough(run.url, link, { kind: "approve", pin });
  }
  await untilStatus(run, id, "reserved");
};

const signInOnce = async (run: Embedded, email: string) => {
  const signIn = () => signInToDesk(siteOf(run), email, demoTotpSecret);
  return signIn().catch(async () => {
    // The authenticator's code was used just now, elsewhere: the next one comes in a minute.
    await run.clock.advanceTo(addMinutes(run.clock.now(), minutesBetweenCodes));
    return signIn();
  });
};

/** The finance officer and the second person. */
export const financeDesk = async (run: Embedded): Promise<Desk> => ({
  officer: await signInOnce(run, "finance@example.org"),
  authoriser: await signInOnce(run, "authoriser@example.org"),
});

/** Pays what the case's fund has payable; the bank takes everything. */
export const payCase = async (run: Embedded, id: ApplicationId): Promise<void> => {
  const { fundId } = await untilStatus(run, id, "reserved");
  if (fundId === null) throw new Error("a case whose money is set aside names its fund");
  const { officer, authoriser } = await financeDesk(run);
  const batchId = await assembleBatch(officer, fundId);
  await authoriseBatch(authoriser, batchId);
  const { page } = await bringReturn(officer, batchId, () => true);
  await bookReturn(officer, batchId, page);
};

/** Sends every paper that is asked for after the advance. */
export const sendFollowingPapers = async (run: Embedded, applied: Applied): Promise<void> => {
  const { visitor } = await follow(run.url, applied);
  const asked = await visitor.get(paths.information(applied.applicationId));
  const uploaded = await uploadPapers(visitor, expectStatus(asked, 200, "what is asked for"));
  const handed = await visitor.send(uploaded, formTo(uploaded, "/information"));
  expectStatus(handed, 200, "the papers");
};

/**
 * Takes a case of the fast track to where every other case is from the start: its advance paid, its papers in and
 * before its handlers. Any other case is left as it is. @returns whether there was an advance.
 */
export const passAdvance = async (
  run: Embedded,
  applied: Applied,
  pin: string,
): Promise<boolean> => {
  const id = applied.applicationId;
  const first = await untilStatus(run, id, "in_approval", "in_acceptance");
  if (!isAdvance(first)) return false;
  await approveAdvance(run, id, pin);
  await payCase(run, id);
  await untilStatus(run, id, "needs_information");
  await sendFollowingPapers(run, applied);
  await untilStatus(run, id, "in_acceptance");
  return true;
};
