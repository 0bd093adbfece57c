/** The code that an applicant follows a case with: what is kept of it, and whose case it opens. */
import type { Application } from "#shared/domain/application.ts";
import { parseAccessCode, parseApplicationId } from "#shared/kernel/ids.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/**
 * What is kept of an access code. It has 60 random bits, so that a keyed hash is enough: nobody without the
 * master key can try codes on it, and a slow hash would only make every page slower.
 */
export const codeHash = (
  { vault }: Pick<Dependencies, "vault">,
  id: string,
  code: string,
): Promise<string> => vault.sign("access-code", `${id}|${code}`);

/**
 * The case that this code opens, or null. Neither the answer nor the work done tells whether there is such a case.
 * @param typedId the reference, as typed.
 * @param typedCode the access code, as typed.
 */
export const caseOpenedBy = async (
  { cases, vault }: Pick<Dependencies, "cases" | "vault">,
  typedId: string,
  typedCode: string,
): Promise<Application | null> => {
  const id = parseApplicationId(typedId);
  const application = id && (await cases.get(id));
  const hash = await codeHash({ vault }, id ?? "", parseAccessCode(typedCode) ?? "");
  // Digests are compared, so that the time taken tells nothing of the hash.
  const { digest } = vault;
  return application && digest(hash) === digest(application.accessCodeHash) ? application : null;
};
