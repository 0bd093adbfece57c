/** Notices and objections as rows of their case; what an objector said and who they are is sealed under its salt. */
import type { Application } from "#shared/domain/application.ts";
import type { Notice, Objection } from "#shared/domain/public-notice.ts";
import type { Vault } from "#shared/ports/vault.ts";
import type { Key, Row } from "./client.ts";
import { applicationPartition, noticeKey, objectionKey } from "./keys.ts";

export const noticeRow = ({ applicationId, caseVersion, ...rest }: Notice): Row & Key => ({
  ...noticeKey(applicationId, caseVersion),
  ...rest,
});

export const noticeOf = (row: Row): Notice => {
  const { PK, SK, ...stored } = row as Row & Key;
  return {
    category: null,
    ...stored,
    applicationId: PK.slice("APP#".length),
    caseVersion: Number(SK.slice("NOTICE#".length)),
  } as unknown as Notice;
};

type Sealing = Pick<Application, "id" | "salt">;

const scopeOf = ({ id, salt }: Sealing, number: number) => ({
  owner: applicationPartition(id),
  attribute: `objection.${number}`,
  salt,
});

export const objectionRow = async (
  vault: Vault,
  application: Sealing,
  objection: Objection,
): Promise<Row & Key> => {
  const { applicationId, number, words, contact, ...open } = objection;
  const sealed = await vault.seal(scopeOf(application, number), JSON.stringify({ words, contact }));
  return { ...objectionKey(applicationId, number), ...open, sealed };
};

export const objectionOf = async (
  vault: Vault,
  application: Sealing,
  row: Row,
): Promise<Objection> => {
  const { PK: _partition, SK, sealed, ...open } = row as Row & Key & { sealed: string };
  const number = Number(SK.slice("OBJECTION#".length));
  const opened = await vault.open(scopeOf(application, number), sealed);
  return {
    answeredAt: null,
    ...open,
    applicationId: application.id,
    number,
    ...(JSON.parse(opened) as Pick<Objection, "words" | "contact">),
  } as unknown as Objection;
};
