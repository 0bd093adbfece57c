/** Offices and people: who works where, in which roles, who stands in for whom. */
import type { Route } from "../../route.ts";
import { showChanges } from "./changes.ts";
import { showPeople } from "./list.ts";
import { appointStaff, changeStaffMember, showNewStaff, showStaff } from "./staff.ts";
import { changeUnit, openUnit, showNewUnit, showUnit } from "./unit.ts";

const right = "manage_people";

export const peopleRoutes: readonly Route[] = [
  { method: "GET", path: ["people"], right, answer: showPeople },
  { method: "GET", path: ["people", "changes"], right, answer: showChanges },
  { method: "GET", path: ["people", "new"], right, answer: showNewStaff },
  { method: "POST", path: ["people", "new"], right, answer: appointStaff },
  { method: "GET", path: ["people", "staff", ":"], right, answer: showStaff },
  { method: "POST", path: ["people", "staff", ":"], right, answer: changeStaffMember },
  { method: "GET", path: ["people", "offices", "new"], right, answer: showNewUnit },
  { method: "POST", path: ["people", "offices", "new"], right, answer: openUnit },
  { method: "GET", path: ["people", "offices", ":"], right, answer: showUnit },
  { method: "POST", path: ["people", "offices", ":"], right, answer: changeUnit },
];
