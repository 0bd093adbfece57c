/** What childcare aid asks beside the common questions. */
import { count, defineForm, type FactsOf } from "#shared/domain/form.ts";
import { commonFields } from "#shared/domain/household.ts";
import { householdSections, paymentSections } from "#shared/domain/household-pages.ts";

const fields = {
  ...commonFields,
  nurseryChildren: count({
    label: { zh: "入托婴幼儿人数", en: "Children in a nursery" },
    min: 1,
    max: 9,
  }),
};

export type ChildcareFacts = FactsOf<typeof fields>;

export const form = defineForm<typeof fields>({
  fields,
  sections: [
    ...householdSections,
    { title: { zh: "入托情况", en: "The nursery" }, fields: ["nurseryChildren"] },
    ...paymentSections,
  ],
});
