/**
 * The leak check before a notice is published (policy 7, peers row 82): whatever looks like an ID, card or phone
 * number or an e-mail, and whatever the applicant told about themselves, keeps it from being published. Pure.
 */

export type Leak = "id_number" | "bank_card" | "phone" | "email" | "own_answer";

const chineseDigits = "〇一二三四五六七八九";

const asDigit = (character: string): string =>
  character === "零" ? "0" : String(chineseDigits.indexOf(character));

/** Amounts below a thousand million as pages write them; without their sign they would look like phone numbers. */
const writtenAmount = /(?<![\d,.])\d{1,3}(?:,\d{3}){0,2}\.\d{2}(?![\d,.])/gu;

/** What people put between the digits of a number, and what nobody sees. */
const separators = /[\s\p{Cf}\p{Pd}_.,·•、，。:/\\|()（）[\]【】+'"`~]/gu;

/** One way of writing for all: half width, small letters, Chinese digits as digits, nothing in between. */
const squeezed = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(writtenAmount, "#")
    .replaceAll(/[〇零一二三四五六七八九]/gu, asDigit)
    .replaceAll(separators, "");

/** The shortest number that can be somebody's: a local phone number. */
const phoneDigits = 7;
const cardDigits = 12;
const idNumber = /^(?:\d{15}|\d{17}[\dx])$/u;
/** A mobile number, with or without the country's code; a landline with its area's. */
const phoneNumber = /^(?:(?:86)?1[3-9]\d{9}|0\d{9,11})$/u;
const email = /[^\s@]@[^\s@]+\.[^\s@]/u;

/** What the text looks like beside words, whoever's it may be. */
export const leakIn = (text: string): Exclude<Leak, "own_answer"> | null => {
  if (email.test(text.normalize("NFKC"))) return "email";
  const numbers = squeezed(text).match(/\d+x?/gu) ?? [];
  const longest = numbers.reduce((one, other) => (other.length > one.length ? other : one), "");
  if (idNumber.test(longest)) return "id_number";
  if (longest.length < phoneDigits) return null;
  return longest.length < cardDigits || phoneNumber.test(longest) ? "phone" : "bank_card";
};

const hanMin = 2;
const lettersMin = 4;

/** Too short to tell a person by, and sure to stand in some innocent word: "王", "Li", "54000". */
const isTelling = (answer: string): boolean => {
  if (/^\d{1,6}$/u.test(answer)) return false;
  return answer.length >= (/\p{Script=Han}/u.test(answer) ? hanMin : lettersMin);
};

/** An answer as a whole, and each line or item of it. */
const tellingParts = (answer: string): readonly string[] =>
  [answer, ...answer.split(/[\n、;；，,]/u)].map(squeezed).filter(isTelling);

/** A notice as the reader will have it, against what it must not say. */
export interface CheckedNotice {
  /** Every text of the notice, in both languages. */
  readonly texts: readonly string[];
  /**
   * Texts that stand in the city's own registers whoever applies: an office's name, a programme's title. The
   * applicant may share a word with them (金秋 is a name, too), so only numbers are looked for in them.
   */
  readonly registered: readonly string[];
  /** The case's personal answers as typed. */
  readonly answers: readonly string[];
}

/** The first reason why a notice must not be published, or null. */
export const noticeLeak = ({ texts, registered, answers }: CheckedNotice): Leak | null => {
  const parts = answers.flatMap(tellingParts);
  for (const text of texts) {
    const leak = leakIn(text);
    if (leak) return leak;
    if (registered.includes(text)) continue;
    const read = squeezed(text);
    if (parts.some((part) => read.includes(part))) return "own_answer";
  }
  return null;
};
