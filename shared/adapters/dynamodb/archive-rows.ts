/** A hardship file's rows: what may be decided on lies open, what it says of people is sealed in its versions. */
import { createHash } from "node:crypto";
import type { FileVersion, HardshipFile, RecordedVersion } from "#shared/domain/hardship-file.ts";
import { chainText } from "#shared/domain/trail.ts";
import type { FileId } from "#shared/kernel/ids.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { packed, unpacked } from "./case-rows.ts";
import type { Key, Row } from "./client.ts";
import { fileKey, fileListKey, filePartition, fileVersionKey } from "./keys.ts";

/** The day a file stands in its unit's list under; a closed one stands in none. */
const dueOf = (file: HardshipFile): string | null => {
  if (file.state === "closed") return null;
  return file.state === "open" ? file.validUntil : (file.verifiedOn ?? file.declaredOn);
};

export const fileRow = (file: HardshipFile): Row & Key => {
  const due = dueOf(file);
  const { id, ...rest } = file;
  return {
    ...fileKey(id),
    ...rest,
    queueKey: due === null ? null : fileListKey(file.unitId, file.state),
    queueSort: due === null ? null : `${due}#${id}`,
  };
};

export const fileIdOfRow = (row: Row): FileId =>
  (row["PK"] as string).slice("FILE#".length) as FileId;

export const fileOfRow = (row: Row): HardshipFile => {
  const { PK: _partition, SK: _sort, queueKey: _queue, queueSort: _order, ...stored } = row;
  return {
    verifiedOn: null,
    closedFor: null,
    remindedOf: null,
    ...stored,
    id: fileIdOfRow(row),
  } as unknown as HardshipFile;
};

const versionScope = (file: Pick<HardshipFile, "id" | "salt">, version: number) => ({
  owner: filePartition(file.id),
  attribute: `version.${version}`,
  salt: file.salt,
});

/** The hash of a version: of the one before it and of all it says, sealed parts as they are sealed. */
const versionHash = (
  previousHash: string,
  open: Omit<FileVersion, "content" | "reason">,
  sealed: string,
): string =>
  createHash("sha256")
    .update(chainText(previousHash, { ...open, sealed }))
    .digest("base64url");

/** The version's row, chained to the file's last one, and the file's new chain head. */
export const sealVersion = async (
  vault: Vault,
  file: Pick<HardshipFile, "id" | "salt" | "chainHead">,
  { content, reason, ...open }: FileVersion,
): Promise<{ readonly row: Row & Key; readonly hash: string }> => {
  const sealed = await vault.seal(
    versionScope(file, open.version),
    JSON.stringify({ content, reason }),
  );
  const hash = versionHash(file.chainHead, open, sealed);
  const { fileId: _file, version, ...said } = open;
  return {
    hash,
    row: {
      ...fileVersionKey(file.id, version),
      ...said,
      sealed: packed(sealed),
      previousHash: file.chainHead,
      hash,
    },
  };
};

export const versionOfRow = async (
  vault: Vault,
  file: Pick<HardshipFile, "id" | "salt">,
  row: Row,
): Promise<RecordedVersion> => {
  const { PK: _partition, SK, sealed, ...said } = row as Row & { SK: string; sealed: Uint8Array };
  const version = Number(SK.slice("V#".length));
  const opened = JSON.parse(
    await vault.open(versionScope(file, version), unpacked(sealed)),
  ) as Pick<FileVersion, "content" | "reason">;
  return { ...said, ...opened, fileId: file.id, version } as unknown as RecordedVersion;
};

/** Whether a file's versions follow one from the other up to its head: a changed byte in any row breaks it. */
export const versionFault = (row: Row, fileId: FileId, previousHash: string): boolean => {
  const {
    PK: _partition,
    SK,
    sealed,
    hash,
    previousHash: claimed,
    ...said
  } = row as Row & {
    SK: string;
    sealed: Uint8Array;
  };
  const open = { ...said, fileId, version: Number(SK.slice("V#".length)) };
  const computed = versionHash(
    previousHash,
    open as unknown as Omit<FileVersion, "content" | "reason">,
    unpacked(sealed),
  );
  return claimed !== previousHash || computed !== hash;
};
