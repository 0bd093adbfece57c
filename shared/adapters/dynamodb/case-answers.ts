/** A case's answers as rows: one a version, written once; personal ones sealed one by one. */
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Vault } from "#shared/ports/vault.ts";
import type { Key, Row } from "./client.ts";
import { answersKey, applicationPartition } from "./keys.ts";

const answerScope = (application: Pick<Application, "id" | "salt">, name: string) => ({
  owner: applicationPartition(application.id),
  attribute: `answer.${name}`,
  salt: application.salt,
});

/** Whether a programme's field is personal; a field it doesn't know must be. */
export type IsPersonal = (programmeId: string, field: string) => boolean;

interface StoredAnswers {
  readonly open: Readonly<Record<string, string>>;
  readonly sealed: Readonly<Record<string, string>>;
}

/** Answers as they are stored: personal ones sealed one by one. An empty one has nothing to seal. */
export const sealedAnswers = async (
  vault: Vault,
  application: Application,
  answers: Answers,
  isPersonal: IsPersonal,
): Promise<StoredAnswers> => {
  const open: Record<string, string> = {};
  const sealed: Record<string, string> = {};
  for (const [name, typed] of Object.entries(answers)) {
    if (typed !== "" && isPersonal(application.programmeId, name)) {
      sealed[name] = await vault.seal(answerScope(application, name), typed);
    } else open[name] = typed;
  }
  return { open, sealed };
};

export const answersRow = async (
  vault: Vault,
  application: Application,
  version: number,
  answers: Answers,
  isPersonal: IsPersonal,
): Promise<Row & Key> => {
  const given = Object.fromEntries(Object.entries(answers).filter(([, typed]) => typed !== ""));
  return {
    ...answersKey(application.id, version),
    ...(await sealedAnswers(vault, application, given, isPersonal)),
  };
};

export const readAnswers = async (
  vault: Vault,
  application: Application,
  row: Row,
): Promise<Answers> => {
  const { open, sealed } = row as { open: Record<string, string>; sealed: Record<string, string> };
  const opened = await Promise.all(
    Object.entries(sealed).map(async ([name, text]) => [
      name,
      await vault.open(answerScope(application, name), text),
    ]),
  );
  return { ...open, ...(Object.fromEntries(opened) as Record<string, string>) };
};
