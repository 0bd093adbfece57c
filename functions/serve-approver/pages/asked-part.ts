/** Why this person is asked: one of several who must agree, or in somebody's stead. */
import { isAdvance } from "#shared/domain/fast-track.ts";
import { approversNeeded } from "#shared/domain/route.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

const seats = (needed: number, names: readonly string[]): Text => ({
  zh: `本级须${needed}人同意。${
    names.length > 0
      ? `已同意：${names.join("、")}。您如调低金额，他们须就新金额重新同意。`
      : "您是第一位。"
  }任何一位都可以退回或不同意。`,
  en: `${needed} people of this tier must agree. ${
    names.length > 0
      ? `So far: ${names.join(", ")}. If you lower the amount, they are asked about the new one.`
      : "You are the first."
  } Any one of them may return or reject it.`,
});

const standIn = (name: string): Text => ({
  zh: `您代替${name}办理此案（不在岗或逾期未办）。`,
  en: `You are asked instead of ${name}, who is away or did not answer in time.`,
});

const namesOf = async (uses: Uses, ids: readonly StaffId[]): Promise<readonly string[]> => {
  const people = await Promise.all(ids.map((id) => uses.directory.staff(id)));
  return people.flatMap((person) => (person ? [person.name] : []));
};

/** @returns null where one person of the tier decides, and it is this one's turn. */
export const askedNotice = async (uses: Uses, view: CaseView): Promise<Html | null> => {
  const { link, locale, policy } = view;
  const { application, approval, insteadOf } = link;
  const needed = isAdvance(application) ? 1 : approversNeeded(approval.tier, policy.route);
  const several =
    application.status === "in_approval" && application.recommendation === "approve" && needed > 1;
  if (!several && !insteadOf) return null;
  const names = await namesOf(uses, application.coApprovedBy);
  return html`<div class="notice">
    ${insteadOf ? html`<p>${inLocale(standIn(insteadOf.name), locale)}</p>` : null}
    ${several ? html`<p>${inLocale(seats(needed, names), locale)}</p>` : null}
  </div>`;
};
