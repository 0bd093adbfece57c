/**
 * Near-duplicates: another person with the same name and birth date, or with the same bank card or phone. It may
 * be a second ID number of one person, a borrowed card, an agent who applies for many. Nothing is refused for it:
 * it is shown to whoever decides, who may say that it is none, and that is remembered.
 */
import type { Instant } from "../kernel/calendar.ts";
import type { BlindIndex, StaffId } from "../kernel/ids.ts";

export type NearKind = "name_birth" | "card" | "phone";

/** A keyed hash under which a person is found, and the keyed hash of that person's ID number. */
export interface NearIndex {
  readonly kind: NearKind;
  readonly hash: BlindIndex;
  readonly person: BlindIndex;
}

/** A file or an application under such a hash. */
export interface NearRecord {
  readonly subject: string;
  readonly person: BlindIndex;
}

/** Two people of whom somebody has said that they are not one, and why. */
export interface SettledPair {
  readonly one: BlindIndex;
  readonly other: BlindIndex;
  readonly by: StaffId;
  readonly at: Instant;
  readonly reason: string;
}

/** Names are compared without gaps and in one form: full-width letters and the dot of foreign names vary. */
export const normalisedName = (name: string): string =>
  name
    .normalize("NFKC")
    .replaceAll(/[\s·•・.]/gu, "")
    .toUpperCase();

/** Phones as digits, without the country's number. */
export const normalisedPhone = (phone: string): string =>
  phone.replaceAll(/\D/gu, "").replace(/^86(?=1\d{10}$)/u, "");

export const normalisedCard = (card: string): string => card.replaceAll(/\D/gu, "");

/** The pair in one order, whichever is asked for first. */
export const pairOf = (one: BlindIndex, other: BlindIndex): readonly [BlindIndex, BlindIndex] =>
  one < other ? [one, other] : [other, one];
