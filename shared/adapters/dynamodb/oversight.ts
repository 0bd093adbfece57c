/** Second looks, matches with other branches, and bars in the table. Words of people are sealed with the case's salt. */
import type { Bar } from "#shared/domain/bar.ts";
import type { FlaggedMatch } from "#shared/domain/branch-comparison.ts";
import type { SecondLook } from "#shared/domain/second-look.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import type { Oversight } from "#shared/ports/oversight.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { absent, getRow, putRow, queryPage, rowsUnder, updateRow } from "./client.ts";
import type { Key, Row, RowUpdate, Table } from "./client.ts";
import { applicationKey, applicationPartition } from "./keys.ts";
import {
  barKey,
  barsPartition,
  branchMatchKey,
  oversightQueueKey,
  secondLookKey,
} from "./oversight-keys.ts";
import { paymentHoldsIn } from "./payment-holds.ts";

/** The row of a look that was just drawn; it goes into the transaction of its decision. */
export const secondLookRow = (look: SecondLook): Row & Key => {
  const { applicationId, caseVersion, drawnAt } = look;
  const { decision, seedName, seed, drawn } = look;
  return {
    ...secondLookKey(applicationId, caseVersion),
    caseVersion,
    decision,
    drawnAt,
    seedName,
    seed,
    drawn,
    queueKey: oversightQueueKey("second-look"),
    queueSort: `${drawnAt}#${applicationId}`,
  };
};

const caseOf = ({ PK }: Row): ApplicationId => (PK as string).slice("APP#".length) as ApplicationId;

/** Seals and opens a row's words. Their place is part of the seal, so that they can't be moved to another row. */
const wordsIn = (table: Table, vault: Vault) => {
  const scope = async (key: Key, attribute: string, id: ApplicationId) => {
    const salt = (await getRow(table, applicationKey(id)))?.["salt"];
    return {
      owner: key.PK,
      attribute: `${key.SK}.${attribute}`,
      salt: typeof salt === "string" ? salt : "",
    };
  };
  return {
    seal: async (key: Key, attribute: string, id: ApplicationId, words: string): Promise<string> =>
      vault.seal(await scope(key, attribute, id), words),
    open: async (row: Row, attribute: string, id: ApplicationId): Promise<string> => {
      const sealed = row[attribute];
      if (typeof sealed !== "string") return "";
      const key = { PK: row["PK"] as string, SK: row["SK"] as string };
      return vault.open(await scope(key, attribute, id), sealed);
    },
  };
};

type Words = ReturnType<typeof wordsIn>;

/** The rows of a list, oldest first: the index names them, the table has them. */
const listedRows = async (
  table: Table,
  which: Parameters<typeof oversightQueueKey>[0],
  limit: number,
): Promise<readonly Row[]> => {
  const { rows } = await queryPage(table, {
    IndexName: "queue",
    KeyConditionExpression: "queueKey = :queue",
    values: { ":queue": oversightQueueKey(which) },
    Limit: limit,
  });
  const found = await Promise.all(
    rows.map(({ PK, SK }) => getRow(table, { PK: PK as string, SK: SK as string })),
  );
  // The index may lag behind: what has left its list since is left out.
  return found.filter(
    (row): row is Row => row !== null && row["queueKey"] === oversightQueueKey(which),
  );
};

const shownLooks = (
  table: Table,
  words: Words,
): Pick<Oversight, "openSecondLooks" | "openConcerns" | "secondLook" | "secondLooksOf"> => {
  const lookOf = async (row: Row): Promise<SecondLook> => {
    const {
      PK: _partition,
      SK: _sortKey,
      queueKey: _queueKey,
      queueSort: _queueSort,
      ...stored
    } = row;
    const applicationId = caseOf(row);
    return {
      lookedAt: null,
      lookedBy: null,
      finding: null,
      answeredAt: null,
      answeredBy: null,
      ...stored,
      applicationId,
      reason: await words.open(row, "reason", applicationId),
      answer: await words.open(row, "answer", applicationId),
    } as SecondLook;
  };
  return {
    openSecondLooks: async (limit) =>
      Promise.all((await listedRows(table, "second-look", limit)).map(lookOf)),
    openConcerns: async (limit) =>
      Promise.all((await listedRows(table, "concern", limit)).map(lookOf)),
    secondLook: async (id, caseVersion) => {
      const row = await getRow(table, secondLookKey(id, caseVersion));
      return row && lookOf(row);
    },
    secondLooksOf: async (id) =>
      Promise.all((await rowsUnder(table, applicationPartition(id), "SECONDLOOK#")).map(lookOf)),
  };
};

const changedLooks = (
  table: Table,
  words: Words,
): Pick<Oversight, "closeSecondLook" | "answerConcern"> => {
  const change = async (
    { applicationId, caseVersion }: SecondLook,
    made: (key: Key) => Promise<RowUpdate>,
  ): Promise<boolean> => {
    const key = secondLookKey(applicationId, caseVersion);
    return (await updateRow(table, key, await made(key))) !== null;
  };
  return {
    closeSecondLook: (look, finding, { at, by, words: said }) =>
      change(look, async (key) => ({
        update: `SET lookedAt = :at, lookedBy = :by, finding = :finding, reason = :reason${
          finding === "concern" ? ", queueKey = :queue" : " REMOVE queueKey, queueSort"
        }`,
        expression: "attribute_exists(PK) AND attribute_not_exists(lookedAt)",
        values: {
          ":at": at,
          ":by": by,
          ":finding": finding,
          ":reason": await words.seal(key, "reason", look.applicationId, said),
          ...(finding === "concern" ? { ":queue": oversightQueueKey("concern") } : {}),
        },
      })),
    answerConcern: (look, { at, by, words: said }) =>
      change(look, async (key) => ({
        update:
          "SET answeredAt = :at, answeredBy = :by, answer = :answer REMOVE queueKey, queueSort",
        expression: "finding = :concern AND attribute_not_exists(answeredAt)",
        values: {
          ":at": at,
          ":by": by,
          ":answer": await words.seal(key, "answer", look.applicationId, said),
          ":concern": "concern",
        },
      })),
  };
};

const matchesIn = (
  table: Table,
  words: Words,
): Pick<Oversight, "putMatch" | "matchesOf" | "openMatches" | "closeMatch"> => {
  const matchOf = async (row: Row): Promise<FlaggedMatch> => {
    const applicationId = caseOf(row);
    const { programmeId, period, branch, foundAt, foundBy, closedAt, closedBy } = row;
    return {
      programmeId,
      period,
      branch,
      foundAt,
      foundBy,
      applicationId,
      closedAt: closedAt ?? null,
      closedBy: closedBy ?? null,
      outcome: await words.open(row, "outcome", applicationId),
    } as FlaggedMatch;
  };
  return {
    putMatch: ({ applicationId, programmeId, period, branch, foundAt, foundBy }) =>
      putRow(
        table,
        {
          ...branchMatchKey(applicationId, { branch, programmeId, period }),
          programmeId,
          period,
          branch,
          foundAt,
          foundBy,
          queueKey: oversightQueueKey("match"),
          queueSort: `${foundAt}#${applicationId}`,
        },
        absent,
      ),
    matchesOf: async (id) =>
      (
        await Promise.all((await rowsUnder(table, applicationPartition(id), "MATCH#")).map(matchOf))
      ).toSorted((a, b) => (a.foundAt < b.foundAt ? -1 : 1)),
    openMatches: async (limit) =>
      Promise.all((await listedRows(table, "match", limit)).map(matchOf)),
    closeMatch: async (match, { at, by, words: said }) => {
      const key = branchMatchKey(match.applicationId, match);
      const closed = await updateRow(table, key, {
        update: "SET closedAt = :at, closedBy = :by, outcome = :outcome REMOVE queueKey, queueSort",
        expression: "attribute_exists(PK) AND attribute_not_exists(closedAt)",
        values: {
          ":at": at,
          ":by": by,
          ":outcome": await words.seal(key, "outcome", match.applicationId, said),
        },
      });
      return closed !== null;
    },
  };
};

const barsIn = (
  table: Table,
  words: Words,
): Pick<Oversight, "putBar" | "barsOf" | "bars" | "liftBar"> => {
  const barOf = async (row: Row): Promise<Bar> => {
    const { SK, PK: _partition, ...stored } = row as Row & { readonly SK: string };
    const [person] = SK.split("#");
    const applicationId = stored["applicationId"] as ApplicationId;
    return {
      liftedAt: null,
      liftedBy: null,
      ...stored,
      person,
      reason: await words.open(row, "reason", applicationId),
      liftReason: await words.open(row, "liftReason", applicationId),
    } as Bar;
  };
  const under = async (prefix: string): Promise<readonly Bar[]> =>
    Promise.all((await rowsUnder(table, barsPartition, prefix)).map(barOf));
  return {
    putBar: async ({ person, reason, liftedAt: _at, liftedBy: _by, liftReason: _why, ...bar }) => {
      const key = barKey(person, bar.from);
      const sealed = await words.seal(key, "reason", bar.applicationId, reason);
      return putRow(table, { ...key, ...bar, reason: sealed }, absent);
    },
    barsOf: (person) => under(`${person}#`),
    bars: async (limit) =>
      (await under("")).toSorted((a, b) => (a.until > b.until ? -1 : 1)).slice(0, limit),
    liftBar: async (bar, { at, by, words: said }) => {
      const key = barKey(bar.person, bar.from);
      const lifted = await updateRow(table, key, {
        update: "SET liftedAt = :at, liftedBy = :by, liftReason = :reason",
        expression: "attribute_exists(PK) AND attribute_not_exists(liftedAt)",
        values: {
          ":at": at,
          ":by": by,
          ":reason": await words.seal(key, "liftReason", bar.applicationId, said),
        },
      });
      return lifted !== null;
    },
  };
};

export const createOversight = (table: Table, vault: Vault): Oversight => {
  const words = wordsIn(table, vault);
  return {
    ...shownLooks(table, words),
    ...changedLooks(table, words),
    ...matchesIn(table, words),
    ...barsIn(table, words),
    ...paymentHoldsIn(table, vault),
  };
};
