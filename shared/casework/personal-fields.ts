/** Which answers are sealed at rest: what the programme's form says, and whatever no form knows. */
import { programmeById } from "#workflows/registry.ts";

/** True for a personal answer, and for a field or programme that isn't known: nothing lies open by mistake. */
export const isPersonalField = (programmeId: string, field: string): boolean => {
  const fields = programmeById(programmeId)?.form.fields;
  return fields && Object.hasOwn(fields, field) ? (fields[field]?.personal ?? true) : true;
};
