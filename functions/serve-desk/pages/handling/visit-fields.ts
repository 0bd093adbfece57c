/** The fields of the visit's form: their names, and how they are read. */
import type { TypedVisit } from "#shared/domain/visit.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";

const visitorPrefix = "visitor-";

export const visitorField = (id: StaffId): string => `${visitorPrefix}${id}`;

/** Names in one field, as people separate them. */
const namesIn = (text: string): readonly string[] =>
  text
    .split(/[、，,;；\n]/u)
    .map((name) => name.trim())
    .filter(Boolean);

const confirmedIn = (typed: string | undefined): boolean | null => {
  if (typed === "yes") return true;
  return typed === "no" ? false : null;
};

/** Reads a visit as posted; `papers` usable files have landed for it. */
export const readVisit = (form: Readonly<Record<string, string>>, papers: number): TypedVisit => ({
  visitedOn: parseLocalDate((form["visitedOn"] ?? "").trim()),
  staffIds: Object.keys(form)
    .filter((name) => name.startsWith(visitorPrefix) && form[name] === "yes")
    .map((name) => name.slice(visitorPrefix.length) as StaffId),
  others: namesIn(form["others"] ?? ""),
  metWith: (form["metWith"] ?? "").trim(),
  findings: (form["findings"] ?? "").trim(),
  confirmed: confirmedIn(form["confirmed"]),
  papers,
});
