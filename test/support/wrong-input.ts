/** What people and attackers type into questions that is no answer. */
import type { Field } from "#shared/domain/form.ts";

const longText = "长".repeat(1_000);
const controlled = `"><script>alert(1)</script>\u0000\r\nBcc: x@example.org`;

/** Input that each kind of question must refuse. */
const wrongInput: Readonly<Record<Field<unknown>["kind"], readonly string[]>> = {
  text: [longText, controlled, "王\u202Eevil"],
  id_number: ["37010219800101000X", "3701021980", "１２３", longText, controlled],
  phone: ["123", "abcdefghijk", "+1 202 555 0100", longText, controlled],
  email: ["not an address", "a@b", "a@example.org\r\nBcc: b@example.org", longText],
  bank_card: ["6222020000000000017", "1234", "6.22202E+18", longText, controlled],
  money: [
    "-1",
    "0.001",
    "NaN",
    "Infinity",
    "1e9",
    "1,000",
    "１００",
    "9007199254740993",
    controlled,
  ],
  count: ["-1", "1.5", "1e1", "999999", "٣", controlled],
  date: ["2026-02-30", "20/07/2026", "0000-00-00", "tomorrow", controlled],
  choice: ["__proto__", "constructor", "ILLNESS", longText, controlled],
  yes_no: ["maybe", "true", controlled],
  consent: ["on", "true", controlled],
  unit: ["nowhere", "chengdong", "city", longText, controlled],
  people: [
    "x",
    "{}",
    "[1]",
    '[{"relation":"worker"}]',
    '[{"relation":"spouse","name":"王示例","idNumber":"37010219800101000X","health":"good"}]',
    JSON.stringify(Array.from({ length: 30 }, () => ({ name: "王" }))),
    controlled,
  ],
};

/** Kinds whose control can show only what it offers. */
const closed: readonly Field<unknown>["kind"][] = [
  "choice",
  "yes_no",
  "consent",
  "unit",
  // Cards: what was typed on them has controls of its own.
  "people",
];

/** Answers that a question must refuse, and with which it must come back. */
export const wrongAnswers = (field: Field<unknown>): readonly string[] => [
  ...(field.optional ? [] : [""]),
  ...wrongInput[field.kind],
  ...(field.kind === "text" ? ["x".repeat(field.maxLength + 1)] : []),
];

/** Whether what was typed can't come back in a control of the question's own name. */
export const isClosed = ({ kind }: Pick<Field<unknown>, "kind">): boolean => closed.includes(kind);
