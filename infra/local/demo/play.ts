/** One case of the demonstration: applied for as its worked case says, decided tier by tier, and measured. */
import type { Embedded } from "#infra/local/embedded.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { EveryProgramme, Example } from "#shared/domain/programme.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { daysBetween, localDateOf } from "#shared/kernel/calendar.ts";
import { answersFor, apply, type Applied } from "./applicant.ts";
import { fileFor, wantsFile } from "./archive.ts";
import { decideThrough, linkFor } from "./approver.ts";
import { passAdvance } from "./fast-track.ts";
import { handleCase } from "./handler.ts";
import { demoApplicant, type DemoApplicant } from "./people.ts";
import { tell, type CaseFigures } from "./telling.ts";

export interface PlayedCase {
  readonly programme: EveryProgramme;
  readonly example: Example<CommonFacts>;
  readonly person: DemoApplicant;
  readonly applied: Applied;
}

/** Base offices of the demo city, by line. */
const officeOf = { territorial: "chunfeng", industrial: "liangang" } as const;

export const applyCase = async (
  run: Embedded,
  programme: EveryProgramme,
  number: number,
): Promise<PlayedCase> => {
  const example = programme.examples.find(({ expected }) => expected.recommendation === "approve");
  if (!example) throw new Error(`${programme.id} has no worked case that is approved`);
  const person = demoApplicant(number);
  const answers = answersFor(programme, example, person, officeOf[example.line]);
  if (wantsFile(example)) {
    await fileFor(run.dependencies, programme, answers);
    tell("建立困难职工档案", "a hardship file is opened");
  }
  const applied = await apply(run.url, programme, answers);
  tell(
    `${programme.title.zh}：申请 ${applied.applicationId} 已提交（${example.name}）`,
    `${programme.title.en}: application ${applied.applicationId} is in`,
  );
  return { programme, example, person, applied };
};

const mails = (run: Embedded) => (): readonly { to: string; text: string }[] => run.mailbox.mails();

/** Every tier of the worked case decides through its mail, the city with minutes where they are needed. */
export const approveCase = async (
  run: Embedded,
  played: PlayedCase,
  pin: string,
): Promise<void> => {
  const { example, applied } = played;
  if (await passAdvance(run, applied, pin)) {
    tell(
      "  先行救助金两级批准并发放，材料随后补齐",
      "  an advance is approved by two people and paid; the papers follow",
    );
  }
  await handleCase(run, applied.applicationId);
  tell("  经办人受理，两人入户核实", "  a handler accepts it, and two people visit the home");
  for (const tier of example.expected.tiers) {
    await passBaseNotice(run, applied);
    const { round } = (await run.dependencies.cases.get(applied.applicationId)) ?? {};
    const link = await linkFor(mails(run), applied.applicationId, tier, round);
    const minutes = minutesFor(example, tier);
    await decideThrough(run.url, link, { kind: "approve", pin, ...minutes });
    tell(`  ${tier} 同意`, `  ${tier} approves through the link in its mail`);
  }
};

/** A programme may have its base office post a notice first: the clock is moved to its end. */
const passBaseNotice = async (run: Embedded, { applicationId }: Applied): Promise<void> => {
  const application = await run.dependencies.cases.get(applicationId);
  if (application?.status !== "public_notice" || application.fundId !== null) return;
  const { noticeEndsAt } = application;
  if (noticeEndsAt === null) return;
  tell("  基层公示，时钟拨到公示期满", "  the base office's notice: the clock is moved to its end");
  await run.clock.advanceTo(noticeEndsAt);
};

const minutesFor = ({ expected }: Example<CommonFacts>, tier: Tier): { minutes?: string } =>
  expected.needsMinutes && tier === "city" ? { minutes: "示总办〔2026〕12号" } : {};

export const caseFigures = async (run: Embedded, played: PlayedCase): Promise<CaseFigures> => {
  const { applicationId } = played.applied;
  const application = await run.dependencies.cases.get(applicationId);
  if (!application) throw new Error(`${applicationId} is gone`);
  const events = await run.dependencies.cases.events(application);
  const at = (type: string) => events.findLast((event) => event.type === type)?.at;
  const [sent, paid] = [at("submitted"), at("paid")];
  // An advance was another decision than the award that followed it.
  const award = events.slice(events.findLastIndex(({ type }) => type === "advance_paid") + 1);
  const decided = award.filter(({ type }) => type === "tier_approved" || type === "approved");
  const { expected } = played.example;
  const tiers = decided.map(({ detail }) => detail["tier"] as Tier);
  const own = run.executions().filter(({ name }) => name.startsWith(applicationId));
  const fund = application.fundOrder[0] ?? "-";
  return {
    applicationId,
    programme: played.programme.title.zh,
    category: application.category ?? "-",
    amountFen: application.amountFen,
    tiers,
    fund,
    days: sent && paid ? daysBetween(localDateOf(sent), localDateOf(paid)) : -1,
    status: application.status,
    transitions: own.reduce((sum, { transitions }) => sum + transitions, 0),
    writeUnits: Math.round(run.writeUnits()?.byApplication[applicationId] ?? 0),
    mails: run.mailbox.mails().filter(({ id }) => id.includes(applicationId)).length,
    asExpected:
      application.category === expected.category &&
      application.amountFen === expected.amountFen &&
      tiers.join() === expected.tiers.join() &&
      fund === expected.fund,
  };
};
