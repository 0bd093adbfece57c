/** The banks' profiles by their ids. A broken one fails by name, before a file is written with it. */
import { readBankProfile, type BankProfile } from "#shared/domain/bank-profile.ts";
import type { PayingAccount } from "#shared/domain/fund.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { bankProfileSources } from "./bank-profile-sources.ts";

/** What a batch is written by whose fund has no paying account. */
const generalProfileId = "generic";

let read: readonly BankProfile[] | undefined;

/** All profiles, by id. @throws naming the first that can't be worked with. */
export const bankProfiles = (): readonly BankProfile[] => {
  read ??= bankProfileSources.map((source) => {
    const { id } = source as { readonly id?: string };
    const profile = readBankProfile(source);
    const faults = profile.kind === "faults" ? profile.faults.join("; ") : "";
    invariant(profile.kind === "profile", `the bank profile ${id} is broken: ${faults}`);
    return profile.profile;
  });
  return read;
};

/** @returns null when there is no profile of that id. */
export const bankProfileById = (id: string): BankProfile | null =>
  bankProfiles().find((profile) => profile.id === id) ?? null;

/** The profile that an account's files follow. @throws when it was taken away since. */
export const bankProfileOf = (account: PayingAccount | null): BankProfile => {
  const id = account?.profileId ?? generalProfileId;
  const profile = bankProfileById(id);
  invariant(profile, `there is a bank profile ${id}`);
  return profile;
};
