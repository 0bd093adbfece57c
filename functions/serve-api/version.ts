/** The version of a case, as ETag and If-Match carry it. */
import type { Application } from "#shared/domain/application.ts";
import type { Answers } from "#shared/domain/form.ts";
import type { Uses } from "./uses.ts";

const hashLength = 22;

const inOrder = (answers: Answers): string =>
  JSON.stringify(
    Object.entries(answers)
      .filter(([, typed]) => typed !== "")
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/**
 * A sent case is as its version says; of a draft what counts is what was answered, of which a keyed hash is told:
 * a plain one would let somebody try ID numbers on it.
 * @param known a draft's answers, where they were read already.
 */
export const versionOf = async (
  { cases, vault }: Pick<Uses, "cases" | "vault">,
  application: Application,
  known?: Answers,
): Promise<string> => {
  const { id, status, version } = application;
  if (status !== "draft") return `v${version}`;
  const answers = known ?? (await cases.draftAnswers(application)).answers;
  const hash = await vault.sign("api-version", `${id}|${inOrder(answers)}`);
  return `d${hash.slice(0, hashLength)}`;
};

export const etagOf = (version: string): string => `"${version}"`;

/** Whether an If-Match header names this version (RFC 9110, 13.1.1). */
export const matches = (header: string, version: string): boolean =>
  header.trim() === "*" || header.split(",").some((tag) => tag.trim() === etagOf(version));
