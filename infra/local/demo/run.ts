/**
 * `npm run demo`: one application of each programme, played over HTTP as people would, from the form to the
 * settled payment, with one refused card that is mended and paid. Exits 0 only if every case ended as it should.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmbedded } from "#infra/local/embedded.ts";
import { demoPin, demoTotpSecret } from "#infra/local/demo-city.ts";
import { deliveryOf } from "#shared/casework/load.ts";
import type { Application } from "#shared/domain/application.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import { instant, localDateOf, startOfDay, type Instant } from "#shared/kernel/calendar.ts";
import { addFen, displayYuan } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { programmes } from "#workflows/registry.ts";
import { checkCards } from "./cards.ts";
import { paymentsOf, signInToDesk, siteOf, exportDisbursements } from "./desk.ts";
import { applyCase, approveCase, caseFigures, type PlayedCase } from "./play.ts";
import { mendCard } from "./applicant.ts";
import { tell, tellFigures } from "./telling.ts";

const outDirectory = join("out", "demo");
/** A day on which a programme takes applications: the first worked case's day, of all but the winter's in summer. */
const start = instant("2026-07-20T01:00:00Z");

const mustBe = (held: boolean, what: string): void => {
  if (!held) throw new Error(`the demonstration did not end as it should: ${what}`);
};

const demoRun = () => startEmbedded({ dataDir: null, seed: true, meter: true, now: start });
type Run = Awaited<ReturnType<typeof demoRun>>;

const moveTo = async (run: Run, target: Instant, why: Text): Promise<void> => {
  if (target <= run.clock.now()) return;
  await run.clock.advanceTo(target);
  const day = localDateOf(target);
  tell(`时钟拨到 ${day}（${why.zh}）`, `the clock is moved to ${day} (${why.en})`);
};

/** The day its season opens, or now. */
const opening = (run: Run, programme: (typeof programmes)[number]): Instant => {
  const window = programme.window(Number(run.clock.now().slice(0, 4)), run.dependencies.policy);
  if (window === null) return run.clock.now();
  const opens = instant(`${window.opens}T01:00:00Z`);
  return opens > run.clock.now() ? opens : run.clock.now();
};

/** Pays the cases of a season; in the first the bank refuses one card, which its applicant mends. */
const playPayments = async (
  run: Run,
  cases: readonly PlayedCase[],
  refusesOne: boolean,
): Promise<void> => {
  const officer = await signInToDesk(siteOf(run), "finance@example.org", demoTotpSecret);
  const authoriser = await signInToDesk(siteOf(run), "authoriser@example.org", demoTotpSecret);
  const desk = { officer, authoriser };
  const refused = refusesOne ? cases[0] : undefined;
  const refusedId: string | undefined = refused?.applied.applicationId;
  await paymentsOf(run, desk, outDirectory, ({ applicationId }) => applicationId !== refusedId);
  if (!refused) return;
  tell(
    `${refusedId} 的银行卡被退回，申请人更换银行卡，财务核对`,
    `the card of ${refusedId} was refused; its applicant mends it, and finance checks it`,
  );
  await mendCard(run.url, refused.applied, refused.person.mendedCardNumber);
  await checkCards(officer);
  await paymentsOf(run, desk, outDirectory, () => true);
};

/** The first moment at which a case may be paid: after its notice, and not before its programme's days of delivery. */
const payableFrom = (run: Run, application: Application | null): readonly Instant[] => {
  const from = application && deliveryOf(run.dependencies, application)?.from;
  return [application?.noticeEndsAt, from && startOfDay(from)].flatMap((at) => at ?? []);
};

/** Waits until the last notice has ended, then pays. */
const payAll = async (
  run: Run,
  cases: readonly PlayedCase[],
  refusesOne: boolean,
): Promise<void> => {
  const loaded = await Promise.all(
    cases.map(({ applied }) => run.dependencies.cases.get(applied.applicationId)),
  );
  const until = loaded
    .flatMap((application) => payableFrom(run, application))
    .toSorted()
    .at(-1);
  if (until !== undefined && until > run.clock.now()) {
    await moveTo(run, until, { zh: "公示期满", en: "the notice ends" });
  }
  await playPayments(run, cases, refusesOne);
};

const play = async (run: Run): Promise<readonly PlayedCase[]> => {
  const played: PlayedCase[] = [];
  let unpaid: PlayedCase[] = [];
  const seasons = programmes.toSorted((a, b) => (opening(run, a) < opening(run, b) ? -1 : 1));
  for (const [index, programme] of seasons.entries()) {
    const opens = opening(run, programme);
    if (opens > run.clock.now()) {
      await payAll(run, unpaid, played.length === unpaid.length);
      unpaid = [];
      await moveTo(run, opens, { zh: "下一季开放", en: "the next season opens" });
    }
    const one = await applyCase(run, programme, index + 1);
    await approveCase(run, one, demoPin);
    played.push(one);
    unpaid.push(one);
  }
  await payAll(run, unpaid, played.length === unpaid.length);
  return played;
};

const main = async (): Promise<void> => {
  mkdirSync(outDirectory, { recursive: true });
  const run = await demoRun();
  try {
    const played = await play(run);
    const figures = await Promise.all(played.map((one) => caseFigures(run, one)));
    tellFigures(figures);
    const paid = addFen(...figures.map(({ amountFen }) => amountFen));
    for (const figure of figures) {
      // After an emergency's payment its notice stands (发放后公示), and then the case closes.
      const isPaid = ["paid", "post_review", "closed"].includes(figure.status);
      mustBe(isPaid, `${figure.applicationId} is ${figure.status}, not paid`);
      mustBe(figure.asExpected, `${figure.applicationId} differs from its worked case`);
    }
    const funds = await run.dependencies.funds.all();
    mustBe(
      funds.every((fund) => fundFault(fund) === null),
      "a fund doesn't add up",
    );
    mustBe(
      funds.every(({ reservedFen }) => reservedFen === 0),
      "money is still reserved",
    );
    const booked = addFen(...funds.map(({ paidFen }) => paidFen));
    mustBe(booked === paid, "the ledger paid another sum");
    const files = await exportDisbursements(run, demoTotpSecret, outDirectory);
    writeFileSync(join(outDirectory, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
    tell(
      `账目相符：共发放 ${displayYuan(booked)} 元；文件在 ${outDirectory}/`,
      `the books agree; files are in ${outDirectory}/: ${files.join(", ")}`,
    );
  } finally {
    await run.stop();
  }
};

await main();
