/**
 * A draft's answers, a row for each page of questions (docs/adr/0022-drafts-are-kept-page-by-page.md): a page costs
 * one small write, and two devices that fill in two pages don't meet. Submitting writes the whole as one version.
 */
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import type { CaseStore, DraftPage } from "#shared/ports/case-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { answersRow, readAnswers, sealedAnswers, type IsPersonal } from "./case-answers.ts";
import { absent, getRow, putRow, queryRows, updateRow, type Row, type Table } from "./client.ts";
import { answersKey, applicationPartition, draftPageKey, timeToLive } from "./keys.ts";

/** An abandoned draft's answers are nobody's business for long. */
const keptMinutes = 30 * 24 * 60;

/** So often one page of one draft is written; it bounds what a script with a session of its own can cost. */
const savesMax = 300;

const saved = async (
  vault: Vault,
  application: Application,
  { answers, at }: DraftPage,
  isPersonal: IsPersonal,
) => {
  const { open, sealed } = await sealedAnswers(vault, application, answers, isPersonal);
  return {
    update:
      "SET #open = :open, sealed = :sealed, savedAt = :at, expiresAtSeconds = :expires ADD saves :one",
    expression: "attribute_not_exists(saves) OR saves < :max",
    names: { "#open": "open" },
    values: {
      ":open": open,
      ":sealed": sealed,
      ":at": at,
      ":expires": timeToLive(addMinutes(at, keptMinutes)),
      ":one": 1,
      ":max": savesMax,
    },
  };
};

const isSame = (one: Answers, other: Answers): boolean => {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
};

const pagesPrefix = "DRAFT#";

/** The pages and the versions before them, with one call: a draft has nothing between the two. */
const answerRows = async (table: Table, { id }: Application): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for await (const row of queryRows(table, {
    KeyConditionExpression: "PK = :pk AND SK BETWEEN :first AND :last",
    values: { ":pk": applicationPartition(id), ":first": pagesPrefix, ":last": "FORM#~" },
  })) {
    rows.push(row);
  }
  return rows;
};

const savedAt = (row: Row): string => String(row["savedAt"]);

export const draftPagesIn = (
  table: Table,
  vault: Vault,
  isPersonal: IsPersonal,
): Pick<CaseStore, "saveDraftPage" | "keepAnswers" | "draftAnswers"> => ({
  saveDraftPage: async (application, page) => {
    const update = await saved(vault, application, page, isPersonal);
    return (await updateRow(table, draftPageKey(application.id, page.page), update)) !== null;
  },
  keepAnswers: async (application, version, answers) => {
    const row = await answersRow(vault, application, version, answers, isPersonal);
    if (await putRow(table, row, absent)) return true;
    const there = await getRow(table, answersKey(application.id, version));
    return there !== null && isSame(await readAnswers(vault, application, there), answers);
  },
  draftAnswers: async (application) => {
    const rows = await answerRows(table, application);
    const isPage = ({ SK: sortKey }: Row): boolean => String(sortKey).startsWith(pagesPrefix);
    const { SK } = answersKey(application.id, application.answersVersion);
    const base = rows.find((row) => row["SK"] === SK) ?? null;
    const pages = rows.filter(isPage);
    const inOrder = [
      ...(base ? [base] : []),
      ...pages.toSorted((one, other) => (savedAt(one) < savedAt(other) ? -1 : 1)),
    ];
    const opened = await Promise.all(inOrder.map((row) => readAnswers(vault, application, row)));
    const here = base ? opened.slice(1) : opened;
    return {
      answers: opened.reduce<Answers>((before, page) => ({ ...before, ...page }), {}),
      answeredHere: [...new Set(here.flatMap((page) => Object.keys(page)))],
      stored: base !== null && pages.length === 0,
      version: application.answersVersion + (base !== null && pages.length > 0 ? 1 : 0),
    };
  },
});
