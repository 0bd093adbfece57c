/** The form of a person: shown with what stands or what was typed, and read. ID numbers leave it as keyed hashes. */
import type { Absence, Organisation, Role, Staff } from "#shared/domain/organisation.ts";
import { allRoles, roleTitles } from "#shared/domain/staffing.ts";
import { idNumber } from "#shared/domain/form.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import type { BlindIndex, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { displayYuan, parseYuan } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, say, type Desk } from "../../frame.ts";
import { linesField, selectField, textField, ticksField, type FormView } from "./fields.ts";
import { seenField, seenStaff } from "./stale.ts";
import { idNumberProblem, staffProblemWords, words } from "./words.ts";

const roleBox = (role: Role): string => `role_${role}`;

export const emptyValues: FormView["values"] = { active: "yes", locale: "zh-CN" };

export const valuesOf = (person: Staff): FormView["values"] => ({
  name: person.name,
  email: person.email,
  unitId: person.unitId,
  locale: person.locale,
  active: person.active ? "yes" : "",
  ...Object.fromEntries(person.roles.map((role) => [roleBox(role), "yes"])),
  absenceFrom: person.absence?.from ?? "",
  absenceTo: person.absence?.to ?? "",
  standInId: person.absence?.standInId ?? "",
  standInMax:
    typeof person.absence?.standInMaxFen === "number"
      ? displayYuan(person.absence.standInMaxFen).replaceAll(",", "")
      : "",
});

const absencePart = (desk: Desk, { staff }: Organisation, view: FormView, own: string): Html => {
  const standIns = staff
    .filter(({ active, roles, id }) => active && roles.includes("approver") && id !== own)
    .map(({ id, name, email }) => ({ value: id as string, label: `${name} · ${email}` }));
  return html`<h2>${say(desk, words.absence)}</h2>
    ${textField(desk, view, "absenceFrom", { label: words.absenceFrom, hint: words.absenceHint, maxLength: 10 })}
    ${textField(desk, view, "absenceTo", { label: words.absenceTo, maxLength: 10 })}
    ${selectField(desk, view, "standInId", {
      label: words.standIn,
      hint: words.standInHint,
      options: [{ value: "", label: say(desk, words.nobody) }, ...standIns],
    })}
    ${textField(desk, view, "standInMax", { label: words.standInMax, hint: words.standInMaxHint, maxLength: 16 })}`;
};

const kinPart = (desk: Desk, person: Staff | null, view: FormView): Html =>
  html`${textField(desk, view, "ownIdNumber", { label: words.identity, hint: words.identityHint, maxLength: 24 })}
  ${linesField(desk, view, "kinIdNumbers", { label: words.kin, hint: words.kinHint })}
  ${
    person && person.kin.length > 0
      ? html`<p class="soft">${say(desk, words.kinKnown)}: ${String(person.kin.length)}</p>
          ${ticksField(desk, view, "kinBoxes", {
            label: words.kinKnown,
            boxes: [{ name: "kinClear", label: words.kinClear }],
          })}`
      : null
  }`;

export const staffPage = async (
  desk: Desk,
  organisation: Organisation,
  person: Staff | null,
  view: FormView,
): Promise<PageResponse> => {
  const title = person?.name ?? say(desk, words.appoint);
  const units = organisation.units.map(({ id, name }) => ({
    value: id as string,
    label: inLocale(name, desk.request.locale),
  }));
  const languages: readonly { value: string; label: string }[] = [
    { value: "zh-CN", label: "中文" },
    { value: "en", label: "English" },
  ];
  const content = html`${person && seenField(desk, seenStaff(person))}
    ${textField(desk, view, "name", { label: words.name, maxLength: 60 })}
    ${textField(desk, view, "email", { label: words.email, hint: words.emailHint, maxLength: 254 })}
    ${selectField(desk, view, "unitId", { label: words.office, options: [{ value: "", label: "—" }, ...units] })}
    ${ticksField(desk, view, "roles", {
      label: words.roles,
      hint: words.rolesHint,
      boxes: allRoles.map((role) => ({ name: roleBox(role), label: roleTitles[role] })),
    })}
    ${selectField(desk, view, "locale", { label: words.locale, options: languages })}
    ${ticksField(desk, view, "active", { label: words.active, boxes: [{ name: "active", label: words.active }] })}
    ${absencePart(desk, organisation, view, person?.id ?? "")} ${kinPart(desk, person, view)}
    <p class="actions"><button>${say(desk, words.save)}</button></p>`;
  const summary = view.problem
    ? [{ href: `#${view.problem.field}`, words: say(desk, view.problem.says) }]
    : [];
  const action = person ? paths.desk("people", "staff", person.id) : paths.desk("people", "new");
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      ${await deskForm(desk, action, content)}`,
  });
};

interface Problem {
  readonly problem: { readonly field: string; readonly says: Text };
}

const readAbsence = (typed: (name: string) => string): { absence: Absence | null } | Problem => {
  const [fromText, toText] = [typed("absenceFrom"), typed("absenceTo")];
  if (fromText === "" && toText === "") return { absence: null };
  const [from, to] = [parseLocalDate(fromText), parseLocalDate(toText)];
  if (!from || !to) return { problem: staffProblemWords.absence_not_days };
  const limit = typed("standInMax");
  const standInMaxFen = limit === "" ? null : parseYuan(limit);
  if (limit !== "" && standInMaxFen === null) {
    return { problem: staffProblemWords.limit_not_an_amount };
  }
  return {
    absence: { from, to, standInId: (typed("standInId") || null) as StaffId | null, standInMaxFen },
  };
};

const numberField = idNumber({ label: words.identity });

/** Keyed hashes of typed ID numbers, or null when one of them is none. */
const indexed = async (
  { uses: { vault } }: Desk,
  typed: readonly string[],
): Promise<readonly BlindIndex[] | null> => {
  const read = typed.map((text) => numberField.schema.safeParse(text));
  if (!read.every(({ success }) => success)) return null;
  return Promise.all(read.map(({ data }) => vault.blindIndex("id-number", data ?? "")));
};

/** Reads the posted form. What only the organisation as a whole can tell is checked afterwards. */
export const readStaffForm = async (
  desk: Desk,
  before: Staff | null,
  id: StaffId,
): Promise<{ readonly staff: Staff } | Problem> => {
  const { form } = desk.request;
  const typed = (name: string): string => (form[name] ?? "").normalize("NFKC").trim();
  const absence = readAbsence(typed);
  if ("problem" in absence) return absence;
  const own = typed("ownIdNumber");
  const identity = await indexed(desk, own === "" ? [] : [own]);
  if (!identity) return { problem: idNumberProblem("ownIdNumber") };
  const kinLines = (form["kinIdNumbers"] ?? "").split(/[\s,，、;；]+/u).filter(Boolean);
  const added = await indexed(desk, kinLines);
  if (!added) return { problem: idNumberProblem("kinIdNumbers") };
  const known = form["kinClear"] === "yes" ? [] : (before?.kin ?? []);
  return {
    staff: {
      id,
      name: typed("name"),
      email: typed("email"),
      unitId: typed("unitId") as UnitId,
      roles: allRoles.filter((role) => form[roleBox(role)] === "yes"),
      locale: form["locale"] === "en" ? "en" : "zh-CN",
      active: form["active"] === "yes",
      kin: [...new Set([...known, ...added])],
      absence: absence.absence,
      identity: identity[0] ?? before?.identity ?? null,
      pinHash: before?.pinHash ?? null,
      pinTries: before?.pinTries ?? 0,
      totpSealed: before?.totpSealed ?? null,
    },
  };
};
