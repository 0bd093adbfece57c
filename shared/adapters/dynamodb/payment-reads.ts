/** What is asked of many cases at once before they are paid: a batch has thousands, and each call costs as much as ten rows. */
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { CaseStore } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { readAnswers } from "./case-answers.ts";
import { rowsUnder, type Row, type Table } from "./client.ts";
import { accountPartition, answersKey, applicationKey, claimKey } from "./keys.ts";
import { getManyRows, type Projection } from "./rows-by-key.ts";

type Reads = Pick<CaseStore, "salts" | "answersOf" | "holdingClaim">;

const idOf = ({ PK }: Row): ApplicationId => (PK as string).slice("APP#".length) as ApplicationId;

/** Only these answers of a row: the others needn't travel, nor be opened. */
const onlyAnswers = (fields: readonly string[]): Projection => {
  const names = Object.fromEntries(fields.map((field, index) => [`#f${index}`, field]));
  const wanted = Object.keys(names).flatMap((name) => [`#open.${name}`, `#sealed.${name}`]);
  return {
    expression: ["PK", ...wanted].join(", "),
    names: { ...names, "#open": "open", "#sealed": "sealed" },
  };
};

/** Where a claim of a programme was found: for which period, and for whom (0: the household, then its people). */
interface Place {
  readonly period: string;
  readonly person: number;
}

/** So many places are tried before a household's claims are listed; the others were found longer ago. */
const placesMax = 3;
const queriesAtOnce = 16;

const peopleOf = ({ household, persons }: Application) =>
  household === null ? [] : [household, ...persons];

const isHeldBy = (row: Row, id: ApplicationId): boolean =>
  row["applicationId"] === id && row["released"] !== true;

/**
 * A claim's key names period and subject, which a case doesn't repeat. Where the claims of a programme were found
 * before, the next ones are looked for first, a hundred with one call; what isn't found there is listed by its
 * household, so that only a list says that a claim is gone.
 */
const claimsIn = (table: Table): Reads["holdingClaim"] => {
  const placesOf = new Map<string, readonly Place[]>();
  const remember = (programmeId: string, place: Place): void => {
    const others = (placesOf.get(programmeId) ?? []).filter(
      ({ period, person }) => period !== place.period || person !== place.person,
    );
    placesOf.set(programmeId, [place, ...others].slice(0, placesMax));
  };
  const guessed = async (applications: readonly Application[]): Promise<readonly Row[]> => {
    const keys = applications.flatMap((application) => {
      const { household, programmeId } = application;
      return (placesOf.get(programmeId) ?? []).flatMap(({ period, person }) => {
        const subject = peopleOf(application)[person];
        return household && subject ? claimKey(household, programmeId, period, subject) : [];
      });
    });
    const distinct = new Map(keys.map((key) => [`${key.PK} ${key.SK}`, key]));
    return getManyRows(table, [...distinct.values()]);
  };
  const listed = async (application: Application): Promise<boolean> => {
    if (application.household === null) return false;
    const rows = await rowsUnder(table, accountPartition(application.household), "CLAIM#");
    const held = rows.find((row) => isHeldBy(row, application.id));
    if (!held) return false;
    const [, programmeId = "", period = "", subject] = (held["SK"] as string).split("#");
    const person = peopleOf(application).findIndex((one) => one === subject);
    if (person >= 0) remember(programmeId, { period, person });
    return true;
  };
  return async (applications) => {
    const holding = new Set<ApplicationId>();
    const accounts = new Map(
      applications.map(({ id, household }) => [id, household && accountPartition(household)]),
    );
    const take = async (those: readonly Application[]): Promise<void> => {
      for (const row of await guessed(those)) {
        const id = row["applicationId"] as ApplicationId;
        if (accounts.get(id) === row["PK"] && isHeldBy(row, id)) holding.add(id);
      }
    };
    await take(applications);
    const left = applications.filter(({ id }) => !holding.has(id));
    // The first of each programme shows where the others are to be looked for.
    const firsts = [...new Map(left.map((one) => [one.programmeId, one])).values()];
    for (const first of firsts) if (await listed(first)) holding.add(first.id);
    const others = left.filter((one) => !firsts.includes(one));
    await take(others);
    const missing = others.filter(({ id }) => !holding.has(id));
    const found = await inParallel(missing, queriesAtOnce, listed);
    for (const [index, one] of missing.entries()) if (found[index]) holding.add(one.id);
    return holding;
  };
};

/** Strong reads, a hundred rows a call. */
export const paymentReadsIn = (table: Table, vault: Vault): Reads => ({
  salts: async (ids) => {
    const rows = await getManyRows(table, [...new Set(ids)].map(applicationKey), {
      expression: "PK, salt",
    });
    return new Map(rows.map((row) => [idOf(row), row["salt"] as string]));
  },
  answersOf: async (applications, fields) => {
    const byId = new Map(applications.map((one) => [one.id, one]));
    const keys = [...byId.values()].map(({ id, answersVersion }) => answersKey(id, answersVersion));
    const rows = await getManyRows(table, keys, onlyAnswers(fields));
    const read = await Promise.all(
      rows.flatMap((row) => {
        const application = byId.get(idOf(row));
        const whole = { open: {}, sealed: {}, ...row };
        return application
          ? [readAnswers(vault, application, whole).then((answers) => [application.id, answers])]
          : [];
      }),
    );
    return new Map(read as [ApplicationId, Answers][]);
  },
  holdingClaim: claimsIn(table),
});
