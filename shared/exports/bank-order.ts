/** What a batch's bank file says beside its payments, and what kind of file it is. */
import type { BankFileFormat, BankProfile } from "#shared/domain/bank-profile.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { localDateOf, type Instant } from "#shared/kernel/calendar.ts";
import type { Fen } from "#shared/kernel/money.ts";

/** What the head of an order says of its batch. */
export interface OrderHead {
  readonly id: string;
  readonly count: number;
  readonly sumFen: Fen;
  /** When it was authorised: the same however often the file is written. */
  readonly authorisedAt: Instant;
}

/** A batch's bank file: its profile, who pays, and what the head says. */
export interface BankOrder extends OrderHead {
  readonly profile: BankProfile;
  /** Null: no paying account is set, and the profile is the general one. */
  readonly payer: PayingAccount | null;
}

/** The order of a batch: all that its file says beside its payments. @throws for one that nobody authorised. */
export const orderOf = (batch: Batch, profile: BankProfile): BankOrder => {
  const authorised = batch.history.findLast(({ type }) => type === "authorised");
  invariant(authorised, "a bank file is written for an authorised batch only");
  const { id, count, sumFen, payingAccount } = batch;
  return { profile, payer: payingAccount, id, count, sumFen, authorisedAt: authorised.at };
};

interface FileKind {
  readonly extension: string;
  readonly mediaType: string;
}

const kinds: Readonly<Record<BankFileFormat["format"], FileKind>> = {
  csv: { extension: "csv", mediaType: "text/csv" },
  txt: { extension: "txt", mediaType: "text/plain" },
  xlsx: {
    extension: "xlsx",
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  },
  "pain.001.001.09": { extension: "xml", mediaType: "application/xml" },
};

/** What kind of file a profile's is. */
export const bankFileKind = ({ file }: Pick<BankProfile, "file">): FileKind => kinds[file.format];

/** The name under which a bank file is downloaded, by the profile's pattern. */
export const bankFileName = ({
  profile,
  id,
  count,
  authorisedAt,
}: Omit<BankOrder, "payer" | "sumFen">): string => {
  const parts: Readonly<Record<string, string>> = {
    "{date}": localDateOf(authorisedAt).replaceAll("-", ""),
    "{batch}": id,
    "{count}": String(count),
  };
  const name = profile.fileName.replaceAll(/\{\w+\}/gu, (part) => parts[part] ?? "");
  return `${name}.${bankFileKind(profile).extension}`;
};
