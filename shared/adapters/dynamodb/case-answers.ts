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

export const answersRow = async (
  vault: Vault,
  application: Application,
  version: number,
  answers: Answers,
  isPersonal: IsPersonal,
): Promise<Row & Key> => {
  const open: Record<string, string> = {};
  const sealed: Record<string, string> = {};
  for (const [name, typed] of Object.entries(answers)) {
    if (typed === "") continue;
    if (isPersonal(application.programmeId, name)) {
      sealed[name] = await vault.seal(answerScope(application, name), typed);
    } else open[name] = typed;
  }
  return { ...answersKey(application.id, version), open, sealed };
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
