/** The keyed hashes that people and households are known by; the numbers themselves stand in no key. */
import type { BlindIndex, FileId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** What keeps hashes of ID numbers apart from those of cards and phones. */
const personKind = "id-number";

/** The keyed hash of an ID number, as a form or a file has read it. */
export const personIndex = (
  { vault }: Pick<Dependencies, "vault">,
  idNumber: string,
): Promise<BlindIndex> => vault.blindIndex(personKind, idNumber);

/** The account of a household with a file: under it stand the claims of all its members. */
export const fileAccountOf = (
  { vault }: Pick<Dependencies, "vault">,
  fileId: FileId,
): Promise<BlindIndex> => vault.blindIndex("hardship-file", fileId);
