import { expect, test } from "vitest";
import { consent, consentForMinor } from "#shared/domain/consent.ts";
import { bankCard, optionalEmail, phone } from "#shared/domain/contact-fields.ts";

const asking = { label: { zh: "同意", en: "I agree" } };

test("a consent is given by a tick and by nothing else", () => {
  const field = consent(asking);
  expect(field.schema.parse("yes")).toBe(true);
  for (const typed of ["", "no", "on", "true", "YES"]) {
    expect(field.schema.safeParse(typed).error?.issues[0]?.message, typed).toBe("must_agree");
  }
});

test("a guardian's consent may be left open by whoever has no child, but not be forged", () => {
  const field = consentForMinor(asking);
  expect(field).toMatchObject({ optional: true, onlyWithMinor: true });
  expect(field.schema.parse("yes")).toBe(true);
  expect(field.schema.parse("")).toBe(false);
  expect(field.schema.safeParse("true").success).toBe(false);
});

test("how somebody is reached and paid is personal", () => {
  for (const field of [phone(asking), optionalEmail(asking), bankCard(asking)]) {
    expect(field.personal).toBe(true);
  }
  expect(phone(asking).schema.parse("+86 138-0000-0000")).toBe("13800000000");
});
