/** The demo city in an embedded run of its own, and what people do in it over HTTP. */
import { startEmbedded, type Embedded, type EmbeddedOptions } from "#infra/local/embedded.ts";
import { answersFor, apply, type Applied } from "#infra/local/demo/applicant.ts";
import { fileFor, wantsFile } from "#infra/local/demo/archive.ts";
import { decideThrough, linkFor, type GivenDecision } from "#infra/local/demo/approver.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { demoPin } from "#infra/local/demo-city.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { programmeById } from "#workflows/registry.ts";
import { bringBefore } from "./handling.ts";

/** A Monday morning on which three programmes take applications; winter warmth opens in November. */
export const summer = instant("2026-07-20T01:00:00Z");
/** The first day on which winter warmth's money may leave; it takes applications to the end of the year. */
export const winter = instant("2026-12-16T01:00:00Z");

export const startCity = (options: Partial<EmbeddedOptions> = {}): Promise<Embedded> =>
  startEmbedded({ dataDir: null, seed: true, meter: true, now: summer, ...options });

let people = 100;

/** Applies with a programme's worked case (the first approved one unless named), as a new person. */
export const applyWith = async (
  city: Embedded,
  programmeId: string,
  options: {
    readonly example?: string;
    readonly unitId?: string;
    readonly answers?: Readonly<Record<string, string>>;
    /** Without a file the case goes in the second lane; a household of a worked case that wants one has it. */
    readonly onFile?: boolean;
    /** Called when all is filled in and uploaded, before the button is pressed. */
    readonly beforeSending?: () => void;
  } = {},
): Promise<Applied> => {
  const programme = programmeById(programmeId);
  const example = programme?.examples.find(({ name, expected }) =>
    options.example ? name.startsWith(options.example) : expected.recommendation === "approve",
  );
  if (!programme || !example)
    throw new Error(`no worked case ${options.example} of ${programmeId}`);
  people += 1;
  const unitId = options.unitId ?? (example.line === "territorial" ? "chunfeng" : "liangang");
  const answers = answersFor(programme, example, demoApplicant(people), unitId);
  // An invoice is used once, ever: each person has their own.
  const invoices = Object.keys(answers).filter((name) => name.startsWith("invoice"));
  const own = Object.fromEntries(invoices.map((name) => [name, `2026${people}0001`]));
  const typed = { ...answers, ...own, ...options.answers };
  if (options.onFile ?? wantsFile(example)) await fileFor(city.dependencies, programme, typed);
  return apply(city.url, programme, typed, options.beforeSending);
};

/** The link with which a tier decides, once the case has come before it: accepted, visited, noticed. */
export const linkOf = async (city: Embedded, applied: Applied, tier: Tier): Promise<string> => {
  await bringBefore(city, applied, tier);
  const { round } = await caseOf(city, applied);
  return linkFor(() => city.mailbox.mails(), applied.applicationId, tier, round);
};

/** A tier decides through its mail: approves unless told otherwise. */
export const decideAt = async (
  city: Embedded,
  applied: Applied,
  tier: Tier,
  decision: Partial<GivenDecision> = {},
) =>
  decideThrough(city.url, await linkOf(city, applied, tier), {
    kind: "approve",
    pin: demoPin,
    ...decision,
  });

export const caseOf = async (city: Embedded, applied: Applied) => {
  const application = await city.dependencies.cases.get(applied.applicationId);
  if (!application) throw new Error("the case is gone");
  return application;
};

export const eventsOf = async (city: Embedded, applied: Applied) =>
  city.dependencies.cases.events(await caseOf(city, applied));

const tries = 500;
const waitMs = 20;

/** Waits until something holds that the machine brings about by itself. @throws after ten seconds. */
export const until = async (
  what: string,
  holds: () => Promise<boolean> | boolean,
): Promise<void> => {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
  throw new Error(`still not so: ${what}`);
};
