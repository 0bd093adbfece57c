import { afterAll, beforeAll, expect, test } from "vitest";
import { answersFor } from "#infra/local/demo/applicant.ts";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { startDraft } from "#shared/casework/applicant-session.ts";
import { identify } from "#shared/casework/identify.ts";
import { programmeOf } from "#shared/casework/load.ts";
import { answersToRenew } from "#shared/casework/renewal.ts";
import type { Application } from "#shared/domain/application.ts";
import { readForm } from "#shared/domain/form.ts";
import { baseUnitOf, submitDraft } from "#shared/domain/intake.ts";
import { instant, localDateOf } from "#shared/kernel/calendar.ts";
import { commonPolicy, units } from "#test/support/cases.ts";
import { startCaseworkWorld } from "#test/support/casework-world.ts";

type World = Awaited<ReturnType<typeof startCaseworkWorld>>;

let world: World;
beforeAll(async () => {
  world = await startCaseworkWorld();
});
afterAll(() => world.stop());

const clockAt = (text: string) => ({ now: () => instant(text) });
const lastSummer = clockAt("2026-07-20T01:00:00Z");
const thisSummer = clockAt("2027-07-20T01:00:00Z");

let people = 60;

/** A case of golden autumn, sent last summer, as it stands when it was paid. */
const paidCase = async (programmeId = "golden-autumn"): Promise<Application> => {
  people += 1;
  const uses = { ...world.uses, clock: lastSummer };
  const programme = programmeOf({ programmeId } as Application);
  const [example] = programme.examples;
  if (!example) throw new Error("no worked case");
  const answers = answersFor(programme, example, demoApplicant(people), "spring");
  const { draft } = await startDraft(uses, { programmeId, locale: "zh-CN", answers });
  const reading = readForm(programme.form, answers);
  const unit = baseUnitOf(units, "spring");
  if (reading.kind !== "facts" || !unit) throw new Error("not a whole form");
  const now = lastSummer.now();
  const day = { appliedOn: localDateOf(now), pack: uses.policy };
  const identity = await identify(uses, programme, reading.facts, day);
  const { flowClock, calendar } = commonPolicy;
  const moment = { now, flowClock, calendar };
  const sent = submitDraft(draft, { unit, identity, papers: 0, moment });
  if (sent.kind === "refused") throw new Error(sent.code);
  expect(await uses.cases.commit(sent)).toBe("committed");
  return { ...sent.step.after, status: "paid" };
};

const renewedAt = (application: Application, clock: typeof thisSummer) =>
  answersToRenew({ ...world.uses, clock }, application);

test("a paid case of last summer can be renewed this summer, without consents and the year's own answers", async () => {
  const answers = await renewedAt(await paidCase(), thisSummer);

  expect(answers).toMatchObject({ applicantName: expect.any(String), annualIncome: "54000.00" });
  for (const name of ["consentPublicNotice", "enrolment", "schoolLevel", "otherGrant"]) {
    expect(answers).not.toHaveProperty(name);
  }
});

test("not in the season it was for: its claim is held", async () => {
  expect(await renewedAt(await paidCase(), clockAt("2026-08-20T01:00:00Z"))).toBeNull();
});

test("not while applications are closed", async () => {
  expect(await renewedAt(await paidCase(), clockAt("2027-05-20T01:00:00Z"))).toBeNull();
});

test("not before it was paid, and not where a programme has nothing to renew", async () => {
  const application = await paidCase();
  expect(await renewedAt({ ...application, status: "in_approval" }, thisSummer)).toBeNull();
  expect(await renewedAt(await paidCase("emergency"), thisSummer)).toBeNull();
});
