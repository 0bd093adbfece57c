/** Consents: each separate, never ticked beforehand (PIPL art. 14, 25, 29), and a guardian's for the youngest (art. 31). */
import * as z from "zod";
import type { Asking, Field, FieldProblem } from "./form.ts";

const consentField = <Given extends boolean>(
  asking: Asking,
  read: (typed: string) => Given | null,
): Field<Given> => ({
  kind: "consent",
  label: asking.label,
  ...(asking.hint ? { hint: asking.hint } : {}),
  personal: false,
  optional: read("") !== null,
  maxLength: 3,
  schema: z.string().transform((typed, context): Given => {
    const given = read(typed);
    if (given !== null) return given;
    context.addIssue({ code: "custom", message: "must_agree" satisfies FieldProblem });
    return z.NEVER;
  }),
});

/** A separate consent that is never ticked beforehand (PIPL 14, 25, 29). Not given is a problem of its own. */
export const consent = (asking: Asking): Field<true> =>
  consentField<true>(asking, (typed) => (typed === "yes" ? true : null));

/** A guardian's consent, wanted only where somebody is under 14 (PIPL art. 31); domain/family.ts says where. */
export const consentForMinor = (asking: Asking): Field<boolean> => ({
  ...consentField<boolean>(asking, (typed) =>
    typed === "yes" ? true : typed === "" || typed === "no" ? false : null,
  ),
  onlyWithMinor: true,
});
