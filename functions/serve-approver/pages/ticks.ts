/** The cases ticked in a list, as a form sends them, and what became of them, as an address holds it. */
import type { DecidedOne, Ticked, TogetherOutcome } from "#shared/casework/decide-several.ts";
import type { Approval } from "#shared/domain/approval.ts";
import type { Application } from "#shared/domain/application.ts";
import type { Tier } from "#shared/domain/organisation.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";

/** So many are shown, and may be decided, at a time: what a person can oversee, and a request can record. */
export const shownMax = 30;

const turnPattern =
  /^(?<id>SN[0-9A-HJKMNP-TV-Z]{10})\.(?<round>\d{1,3})\.(?<tier>station|district|grass_roots|bureau|industrial|city)\.(?<seat>\d{1,2})\.(?<version>\d{1,6})$/u;

/** Whose turn it is on the page: the case, its version, and the record that asks. */
export const turnOf = (
  { version }: Pick<Application, "version">,
  { applicationId, round, tier, seat }: Approval,
): string => [applicationId, round, tier, seat, version].join(".");

const readTurn = (text: string): Ticked | null => {
  const parts = turnPattern.exec(text)?.groups;
  if (!parts) return null;
  return {
    applicationId: parts["id"] as ApplicationId,
    round: Number(parts["round"]),
    tier: parts["tier"] as Tier,
    seat: Number(parts["seat"]),
    version: Number(parts["version"]),
  };
};

/** A tick's name in the form: each has its own, since a form is read by names. */
export const tickName = (id: ApplicationId): string => `case-${id}`;

/** The ticked cases, in the order of the page; what is no tick is left out. */
export const readTicks = (form: Readonly<Record<string, string>>): readonly Ticked[] =>
  Object.entries(form)
    .flatMap(([name, value]) => {
      const turn = readTurn(value);
      return turn && name === tickName(turn.applicationId) ? [turn] : [];
    })
    .slice(0, shownMax);

/** One letter each, so that thirty results stay a short address. */
const letters: Readonly<Record<TogetherOutcome, string>> = {
  recorded: "r",
  changed: "c",
  open_by_itself: "o",
  cap_exceeded: "m",
  not_eligible: "n",
};

const outcomes = Object.keys(letters) as readonly TogetherOutcome[];

/** Ids and outcomes only. What it says is looked up again when it is shown: a made-up one tells nothing. */
export const resultsText = (decided: readonly DecidedOne[]): string =>
  decided
    .map(({ applicationId, round, tier, seat, version, outcome }) =>
      [letters[outcome], applicationId, round, tier, seat, version].join("."),
    )
    .join("~");

export const readResults = (text: string): readonly DecidedOne[] =>
  text
    .split("~")
    .flatMap((part) => {
      const outcome = outcomes.find((one) => part.startsWith(`${letters[one]}.`));
      const turn = readTurn(part.slice(2));
      return outcome && turn ? [{ ...turn, outcome }] : [];
    })
    .slice(0, shownMax);
