/**
 * Finding a person's cases by a number that only the person's own papers tell: ID, bank card or phone. The number
 * becomes a keyed hash here and goes no further; what is found are references.
 */
import type { Application } from "#shared/domain/application.ts";
import { bankCard, phone } from "#shared/domain/contact-fields.ts";
import { idNumber } from "#shared/domain/form.ts";
import { normalisedCard, normalisedPhone } from "#shared/domain/near-duplicate.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import {
  parseApplicationId,
  parseFileId,
  type ApplicationId,
  type BlindIndex,
  type FileId,
} from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { nearHash } from "./near-duplicates.ts";
import { personIndex } from "./person-index.ts";

/** What a person is looked for by: which number, and its keyed hash. */
export interface PersonKey {
  readonly kind: "id_number" | "card" | "phone";
  readonly hash: BlindIndex;
}

const label = { label: { zh: "号码", en: "Number" } };
const [idField, cardField, phoneField] = [idNumber(label), bankCard(label), phone(label)];

/** Reads a typed number; an ID number is told from a card's by its own check digit. @returns null when it is none. */
export const personKeyOf = async (
  uses: Pick<Dependencies, "vault">,
  typed: string,
): Promise<PersonKey | null> => {
  const id = idField.schema.safeParse(typed);
  if (id.success) return { kind: "id_number", hash: await personIndex(uses, id.data) };
  const card = cardField.schema.safeParse(typed);
  if (card.success) {
    return { kind: "card", hash: await nearHash(uses, "card", normalisedCard(card.data)) };
  }
  const read = phoneField.schema.safeParse(typed);
  if (!read.success) return null;
  return { kind: "phone", hash: await nearHash(uses, "phone", normalisedPhone(read.data)) };
};

type Uses = Pick<Dependencies, "archive" | "cases">;

/** Never more than a reader can look through. */
const foundMax = 50;
const readsAtOnce = 8;

const claimedIn = async ({ cases }: Uses, account: BlindIndex): Promise<readonly ApplicationId[]> =>
  (await cases.claimsOf(account)).map(({ applicationId }) => applicationId);

/** Claims of a household stand under its file's account. */
const claimedOnFile = async (uses: Uses, id: FileId): Promise<readonly ApplicationId[]> => {
  const file = await uses.archive.get(id);
  return file ? claimedIn(uses, file.account) : [];
};

const idsOf = async (uses: Uses, { kind, hash }: PersonKey): Promise<readonly ApplicationId[]> => {
  if (kind === "id_number") {
    const file = await uses.archive.fileOf(hash);
    const own = await claimedIn(uses, hash);
    return file ? [...own, ...(await claimedIn(uses, file.account))] : own;
  }
  const records = await uses.archive.near({ kind, hash });
  const found = await inParallel(records.slice(0, foundMax), readsAtOnce, ({ subject }) => {
    const fileId = parseFileId(subject);
    const id = parseApplicationId(subject);
    if (fileId) return claimedOnFile(uses, fileId);
    return Promise.resolve(id ? [id] : []);
  });
  return found.flat();
};

/** The cases of a person and of the household of the person's file, the newest first; ended ones too. */
export const casesOfPerson = async (
  uses: Uses,
  key: PersonKey,
): Promise<readonly Application[]> => {
  const ids = [...new Set(await idsOf(uses, key))].slice(0, foundMax);
  const read = await inParallel(ids, readsAtOnce, (id) => uses.cases.get(id));
  return read
    .filter((application) => application !== null)
    .filter(({ status }) => status !== "draft")
    .toSorted((a, b) => ((a.submittedAt ?? "") < (b.submittedAt ?? "") ? 1 : -1));
};
