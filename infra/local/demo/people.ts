/** Invented people of the demonstration: ID and card numbers with right check digits that are nobody's. */

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = "10X98765432";

/** Areas of invented numbers: the applicants' own, and one for each further member of a household. */
const areas = ["370102", "370103", "370104", "370105"] as const;

/** An ID number of GB 11643 out of area, birth date and a serial; serials below 010 are never issued. */
const idNumberOf = (birthDate: string, serial: number, area: string = areas[0]): string => {
  const body = `${area}${birthDate.replaceAll("-", "")}${String(serial).padStart(3, "0")}`;
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body[index]), 0);
  return `${body}${checkDigits[sum % 11]}`;
};

/** A card number of 19 digits with its Luhn digit. */
const cardNumberOf = (serial: number): string => {
  const body = `622202${String(serial).padStart(12, "0")}`;
  const sum = [...body].toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
};

/** A birth date of its own for each of 420 people in turn: the same name and day would look like one person. */
const birthDateOf = (firstYear: number, number: number): string => {
  const padded = (value: number): string => String(value).padStart(2, "0");
  return `${firstYear + (number % 20)}-${padded(1 + (number % 12))}-${padded(1 + (number % 28))}`;
};

export interface DemoApplicant {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly idNumber: string;
  /** Whoever else the case is about: the student, the patient. */
  readonly relativeIdNumber: string;
  /** The rest of the household, as many as a worked case may have: all of them grown up. */
  readonly familyIdNumbers: readonly string[];
  readonly cardNumber: string;
  readonly mendedCardNumber: string;
}

/** The n-th applicant; each is a household of its own. */
export const demoApplicant = (number: number): DemoApplicant => ({
  name: `${["王", "李", "欧阳", "刘", "陈", "杨"][number % 6]}示例`,
  email: `applicant-${number}@example.org`,
  phone: `139${String(number).padStart(8, "0")}`,
  idNumber: idNumberOf(birthDateOf(1966, number), number % 1000),
  relativeIdNumber: idNumberOf(birthDateOf(1995, number), number % 1000),
  familyIdNumbers: areas
    .slice(1)
    .map((area) => idNumberOf(birthDateOf(1966, number), number % 1000, area)),
  cardNumber: cardNumberOf(number * 2),
  mendedCardNumber: cardNumberOf(number * 2 + 1),
});
