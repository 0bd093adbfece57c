/** Questions that say how somebody is reached and paid; always personal. */
import isEmail from "validator/lib/isEmail.js";
import isLuhnNumber from "validator/lib/isLuhnNumber.js";
import { field, type Asking, type Field } from "./form.ts";

export const phone = (asking: Asking): Field<string> =>
  field<string>(
    "phone",
    { ...asking, personal: true },
    24,
    (typed) => {
      const digits = typed.replaceAll(/[\s-]/gu, "").replace(/^\+?86(?=1\d{10}$)/u, "");
      return /^(?:1[3-9]\d{9}|0\d{9,11})$/u.test(digits) ? digits : { problem: "not_a_phone" };
    },
    null,
  );

export const optionalEmail = (asking: Asking): Field<string> =>
  field<string>(
    "email",
    { ...asking, personal: true },
    254,
    (typed) => (isEmail.default(typed) ? typed : { problem: "not_an_email" }),
    { value: "" },
  );

/** A bank card of 16 to 19 digits with a right Luhn digit. Kept as text for ever: a number would lose digits. */
export const bankCard = (asking: Asking): Field<string> =>
  field<string>(
    "bank_card",
    { ...asking, personal: true },
    30,
    (typed) => {
      const digits = typed.replaceAll(/[\s-]/gu, "");
      return /^\d{16,19}$/u.test(digits) && isLuhnNumber.default(digits)
        ? digits
        : { problem: "not_a_bank_card" };
    },
    null,
  );
