import { expect, test } from "vitest";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import { programmes } from "#workflows/registry.ts";

const sealedKinds = ["id_number", "phone", "email", "bank_card"];

test.each(programmes.map(({ id, form }) => [id, form] as const))(
  "%s: who a person is, how to reach and pay them, and illness lie sealed; figures lie open",
  (id, form) => {
    for (const [name, { kind, personal }] of Object.entries(form.fields)) {
      expect(isPersonalField(id, name), name).toBe(personal ?? true);
      if (sealedKinds.includes(kind) || /Name$|^address$|^diagnosis$|^school$/u.test(name)) {
        if (name !== "bankName") expect(isPersonalField(id, name), name).toBe(true);
      }
    }
    for (const name of ["annualIncome", "householdSize", "unitId", "cause"]) {
      expect(isPersonalField(id, name), name).toBe(false);
    }
  },
);

test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "somethingNew", ""])(
  "a field that no form knows is sealed: %j",
  (name) => {
    expect(isPersonalField("golden-autumn", name)).toBe(true);
    expect(isPersonalField("no-such-programme", name)).toBe(true);
    expect(isPersonalField(name, "annualIncome")).toBe(true);
  },
);
