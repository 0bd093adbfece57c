/** Holds on payments in the table: all in one partition, since a city has few and each batch asks for all of them. */
import type { HoldRelease, HoldSubject, PaymentHold } from "#shared/domain/payment-hold.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId, StaffId } from "#shared/kernel/ids.ts";
import type { PaymentHolds } from "#shared/ports/payment-holds.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { absent, putRow, rowsUnder, updateRow, type Row, type Table } from "./client.ts";
import { holdKey, holdsPartition } from "./oversight-keys.ts";

const scopeOf = (id: string, attribute: "reason" | "release") => ({
  owner: holdsPartition,
  attribute: `${attribute}.${id}`,
  salt: "",
});

const subjectOf = (kind: unknown, name: string): HoldSubject =>
  kind === "case"
    ? { kind: "case", applicationId: name as ApplicationId }
    : { kind: "programme", programmeId: name };

const nameOf = (subject: HoldSubject): string =>
  subject.kind === "case" ? subject.applicationId : subject.programmeId;

export const paymentHoldsIn = (table: Table, vault: Vault): PaymentHolds => {
  const releaseOf = async (id: string, row: Row): Promise<HoldRelease | null> =>
    typeof row["releaseWords"] === "string"
      ? {
          by: row["releasedBy"] as StaffId,
          at: row["releasedAt"] as Instant,
          words: await vault.open(scopeOf(id, "release"), row["releaseWords"]),
        }
      : null;
  const holdOf = async (row: Row): Promise<PaymentHold> => {
    const id = row["SK"] as string;
    return {
      id,
      subject: subjectOf(row["kind"], row["name"] as string),
      by: row["by"] as StaffId,
      at: row["at"] as Instant,
      reason: await vault.open(scopeOf(id, "reason"), row["reason"] as string),
      release: await releaseOf(id, row),
    };
  };
  return {
    paymentHolds: async () => {
      const holds = await Promise.all((await rowsUnder(table, holdsPartition, "")).map(holdOf));
      return holds.toSorted((a, b) => (a.at < b.at ? 1 : -1));
    },
    putPaymentHold: async ({ id, subject, by, at, reason }) =>
      putRow(
        table,
        {
          ...holdKey(id),
          kind: subject.kind,
          name: nameOf(subject),
          by,
          at,
          reason: await vault.seal(scopeOf(id, "reason"), reason),
        },
        absent,
      ),
    releasePaymentHold: async ({ id }, { by, at, words }) => {
      const released = await updateRow(table, holdKey(id), {
        update: "SET releasedBy = :by, releasedAt = :at, releaseWords = :words",
        expression: "attribute_exists(PK) AND attribute_not_exists(releaseWords) AND #by <> :by",
        names: { "#by": "by" },
        values: {
          ":by": by,
          ":at": at,
          ":words": await vault.seal(scopeOf(id, "release"), words),
        },
      });
      return released !== null;
    },
  };
};
