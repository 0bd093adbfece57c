/** People who share a name and birth date, a card or a phone with the applicant: shown to whoever decides. */
import { nearDuplicatesOf } from "#shared/casework/near-duplicates.ts";
import type { Html } from "#shared/web/html.ts";
import { nearPart } from "#shared/web/near-part.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

/** Masked names and numbers of cases and files; nothing where there is nothing to look at. */
export const nearNotice = async (uses: Uses, { link, locale }: CaseView): Promise<Html | null> => {
  const found = await nearDuplicatesOf(uses, link.application);
  if (found.length === 0) return null;
  const { staff } = await uses.directory.organisation();
  const names = new Map(staff.map(({ id, name }) => [id as string, name]));
  return nearPart({ found, names, locale });
};
