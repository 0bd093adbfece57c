/** Ids carry no personal data, so they may stand in keys, URLs, logs and execution history. */
import { invariant } from "./assert.ts";

/** An application's reference, which a person may have to copy by hand: SN and ten Crockford characters. */
export type ApplicationId = string & { readonly __id: "application" };
export type UnitId = string & { readonly __id: "unit" };
export type StaffId = string & { readonly __id: "staff" };
export type FundId = string & { readonly __id: "fund" };
export type BatchId = string & { readonly __id: "batch" };
/** A household's file in the hardship archive: HF and eight Crockford characters. */
export type FileId = string & { readonly __id: "file" };
/** A keyed hash (HMAC-SHA-256, hex) of an ID, card or phone number; the number can't be told from it. */
export type BlindIndex = string & { readonly __id: "blind-index" };

/** Crockford base 32: no I, L, O or U, so that nothing is misread from a phone. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** `length` characters from as many random bytes (5 bits each). @throws InvariantBroken when bytes are short. */
const crockford = (random: Uint8Array, length: number): string => {
  invariant(random.length >= length, "not enough random bytes for an id");
  return Array.from(random.subarray(0, length), (byte) => alphabet[byte & 31]).join("");
};

/** A new reference from at least 10 random bytes (50 bits). */
export const newApplicationId = (random: Uint8Array): ApplicationId =>
  `SN${crockford(random, 10)}` as ApplicationId;

/** A new batch number for the day it is made on, from at least 6 random bytes: "B20260720-4K7P2Q". */
export const newBatchId = (date: string, random: Uint8Array): BatchId =>
  `B${date.replaceAll("-", "")}-${crockford(random, 6)}` as BatchId;

/** A new allocation's number, as a batch's: "A20260720-4K7P2Q". */
export const newAllocationId = (date: string, random: Uint8Array): string =>
  `A${date.replaceAll("-", "")}-${crockford(random, 6)}`;

/** A new fund order's number, as a batch's: "O20260720-4K7P2Q". */
export const newOrderId = (date: string, random: Uint8Array): string =>
  `O${date.replaceAll("-", "")}-${crockford(random, 6)}`;

/** A new export's number, as a batch's: "E20260720-4K7P2Q". */
export const newExportId = (date: string, random: Uint8Array): string =>
  `E${date.replaceAll("-", "")}-${crockford(random, 6)}`;

const exportIdPattern = /^E\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/u;
export const parseExportId = (text: string): string | null =>
  exportIdPattern.test(text) ? text : null;

export const newStaffId = (random: Uint8Array): StaffId => `ST${crockford(random, 8)}` as StaffId;

/** A new name for a client of the JSON API, from at least 8 random bytes. */
export const newApiClientId = (random: Uint8Array): string => `CL${crockford(random, 8)}`;

export const newFileId = (random: Uint8Array): FileId => `HF${crockford(random, 8)}` as FileId;

const fileIdPattern = /^HF[0-9A-HJKMNP-TV-Z]{8}$/u;
/** Reads a file's number out of an address or a form. @returns null for what can be none. */
export const parseFileId = (text: string): FileId | null =>
  fileIdPattern.test(text) ? (text as FileId) : null;

/** The code an applicant follows a case with: 12 characters (60 bits) in three groups. */
export const newAccessCode = (random: Uint8Array): string =>
  (crockford(random, 12).match(/.{4}/gu) ?? []).join("-");

const applicationIdPattern = /^SN[0-9A-HJKMNP-TV-Z]{10}$/u;

/** Reads a reference as typed: case and gaps don't matter, O and I are read as 0 and 1. @returns null if it is none. */
export const parseApplicationId = (typed: string): ApplicationId | null => {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/gu, "");
  const body = plain.slice(2).replaceAll("O", "0").replaceAll(/[IL]/gu, "1");
  const id = `${plain.slice(0, 2)}${body}`;
  return applicationIdPattern.test(id) ? (id as ApplicationId) : null;
};

/** Reads an access code as typed, in its printed form. @returns null if it is none. */
export const parseAccessCode = (typed: string): string | null => {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s-]/gu, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/gu, "1");
  return /^[0-9A-HJKMNP-TV-Z]{12}$/u.test(plain) ? (plain.match(/.{4}/gu) ?? []).join("-") : null;
};

const batchIdPattern = /^B\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/u;
export const parseBatchId = (text: string): BatchId | null =>
  batchIdPattern.test(text) ? (text as BatchId) : null;

const allocationIdPattern = /^A\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/u;
export const parseAllocationId = (text: string): string | null =>
  allocationIdPattern.test(text) ? text : null;

const orderIdPattern = /^O\d{8}-[0-9A-HJKMNP-TV-Z]{6}$/u;
export const parseOrderId = (text: string): string | null =>
  orderIdPattern.test(text) ? text : null;

const fundIdPattern = /^[A-Za-z0-9][\w-]{0,63}$/u;

/** Reads a fund's id out of an address or a form. @returns null for what can be none. */
export const parseFundId = (text: string): FundId | null =>
  fundIdPattern.test(text) ? (text as FundId) : null;
