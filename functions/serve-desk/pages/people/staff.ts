/** Appointing somebody, and changing roles, office, absence and relatives. In force at once, open links included. */
import { changeStaff } from "#shared/casework/change-staff.ts";
import type { Organisation, Staff } from "#shared/domain/organisation.ts";
import { newStaffId } from "#shared/kernel/ids.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { Desk } from "../../frame.ts";
import { changedMeanwhile, seenStaff, wasSeen } from "./stale.ts";
import { emptyValues, readStaffForm, staffPage, valuesOf } from "./staff-form.ts";
import { staffProblemWords } from "./words.ts";

const staffOf = ({ staff }: Organisation, id: string): Staff | undefined =>
  staff.find((person) => person.id === id);

const save = async (
  desk: Desk,
  organisation: Organisation,
  before: Staff | null,
): Promise<PageResponse> => {
  if (before && !wasSeen(desk, seenStaff(before))) return changedMeanwhile(desk);
  const again = (problem: NonNullable<Parameters<typeof staffPage>[3]["problem"]>) =>
    staffPage(desk, organisation, before, { values: desk.request.form, problem });
  const id = before?.id ?? newStaffId(desk.uses.random(8));
  const read = await readStaffForm(desk, before, id);
  if ("problem" in read) return again(read.problem);
  const changed = await changeStaff(desk.uses, before, read.staff, desk.session.staff.id);
  switch (changed.kind) {
    case "problem":
      return again(staffProblemWords[changed.problem]);
    case "stale":
      return changedMeanwhile(desk);
    default:
      return redirect(paths.desk("people"));
  }
};

export const showNewStaff = async (desk: Desk): Promise<PageResponse> =>
  staffPage(desk, await desk.uses.directory.organisation(), null, {
    values: emptyValues,
    problem: null,
  });

export const appointStaff = async (desk: Desk): Promise<PageResponse> =>
  save(desk, await desk.uses.directory.organisation(), null);

export const showStaff = async (desk: Desk, id: string): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const person = staffOf(organisation, id);
  return person
    ? staffPage(desk, organisation, person, { values: valuesOf(person), problem: null })
    : notFoundPage(desk.request.locale);
};

export const changeStaffMember = async (desk: Desk, id: string): Promise<PageResponse> => {
  const organisation = await desk.uses.directory.organisation();
  const person = staffOf(organisation, id);
  return person ? save(desk, organisation, person) : notFoundPage(desk.request.locale);
};
