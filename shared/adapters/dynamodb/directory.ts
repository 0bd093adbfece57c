/** Offices, people, sessions and one-time secrets. */
import type { Organisation, Staff, Unit } from "#shared/domain/organisation.ts";
import { instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import type { Directory, MailedSecret, Session } from "#shared/ports/directory.ts";
import {
  absent,
  getRow,
  putRow,
  rowsUnder,
  transact,
  updateRow,
  type Row,
  type Table,
} from "./client.ts";
import { organisationChangesIn, organisationMoved } from "./organisation-changes.ts";
import {
  attemptKey,
  mailedSecretKey,
  organisationMarkKey,
  sessionKey,
  staffKey,
  timeToLive,
  totpStepKey,
  unitKey,
} from "./keys.ts";

const unitOf = (row: Row): Unit => {
  const { PK: _partition, SK: _sortKey, ...unit } = row;
  return { line: null, parentId: null, ...unit } as unknown as Unit;
};

const staffOf = (row: Row): Staff => {
  const { PK: _partition, SK: _sortKey, ...staff } = row;
  return {
    kin: [],
    absence: null,
    identity: null,
    pinHash: null,
    totpSealed: null,
    ...staff,
  } as unknown as Staff;
};

/** Wrong PINs are counted without the organisation: they are read with the person alone. */
const withoutTries = (staff: Staff): Staff => ({ ...staff, pinTries: 0 });

/**
 * Who works where, kept as long as nothing of it has changed: some hundred rows are read after a change only, and one
 * small row otherwise. The mark is read before the rows, so what is kept is never older than its mark.
 */
const organisationIn = (table: Table): Directory["organisation"] => {
  let known: { readonly mark: unknown; readonly organisation: Organisation } | undefined;
  return async () => {
    const mark = (await getRow(table, organisationMarkKey))?.["mark"];
    if (mark !== undefined && known?.mark === mark) return known.organisation;
    const rows = await rowsUnder(table, "ORGANISATION", "");
    const isUnit = (row: Row): boolean => (row["SK"] as string).startsWith("UNIT#");
    const organisation: Organisation = {
      units: rows.filter(isUnit).map(unitOf),
      staff: rows.filter((row) => !isUnit(row)).map((row) => withoutTries(staffOf(row))),
    };
    known = { mark, organisation };
    return organisation;
  };
};

/** Rows that nobody needs any more are swept by the table; the margin keeps that from ever deciding anything. */
const totpStepMs = 30_000;
const sweepAfterMs = 7 * 86_400_000;
const swept = (at: Session["expiresAt"]): number =>
  timeToLive(instantOfMs(msOfInstant(at) + sweepAfterMs));

const sessionsIn = (
  table: Table,
): Pick<
  Directory,
  "putSession" | "session" | "endSession" | "putMailedSecret" | "mailedSecret" | "useMailedSecret"
> => ({
  putSession: async (session) => {
    await putRow(table, {
      ...sessionKey(session.tokenHash),
      ...session,
      expiresAtSeconds: swept(session.expiresAt),
    });
  },
  session: async (tokenHash) => {
    const row = await getRow(table, sessionKey(tokenHash));
    if (!row || row["endedAt"]) return null;
    const { PK: _partition, SK: _sortKey, expiresAtSeconds: _sweep, ...session } = row;
    return session as unknown as Session;
  },
  endSession: async (tokenHash) => {
    await updateRow(table, sessionKey(tokenHash), {
      update: "SET endedAt = :yes",
      expression: "attribute_exists(PK)",
      values: { ":yes": true },
    });
  },
  putMailedSecret: async (secret) => {
    await putRow(table, {
      ...mailedSecretKey(secret.hash),
      ...secret,
      expiresAtSeconds: swept(secret.expiresAt),
    });
  },
  mailedSecret: async (hash) => {
    const row = await getRow(table, mailedSecretKey(hash));
    if (!row || row["usedAt"]) return null;
    const { PK: _partition, SK: _sortKey, expiresAtSeconds: _sweep, ...secret } = row;
    return secret as unknown as MailedSecret;
  },
  useMailedSecret: async (hash, at) =>
    (await updateRow(table, mailedSecretKey(hash), {
      update: "SET usedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(usedAt) AND expiresAt > :at",
      values: { ":at": at },
    })) !== null,
});

export const createDirectory = (table: Table): Directory => {
  const setOnStaff = async (id: StaffId, update: string, values: Row): Promise<Row | null> =>
    updateRow(table, staffKey(id), { update, expression: "attribute_exists(PK)", values });
  const moveStaff = async (id: StaffId, update: string, values: Row): Promise<void> => {
    const change = { update, expression: "attribute_exists(PK)", values };
    await transact(table, [{ update: staffKey(id), change }, organisationMoved()]);
  };
  return {
    organisation: organisationIn(table),
    staff: async (id) => {
      const row = await getRow(table, staffKey(id));
      return row && staffOf(row);
    },
    putUnit: async (unit) => {
      await transact(table, [{ put: { ...unitKey(unit.id), ...unit } }, organisationMoved()]);
    },
    putStaff: async (staff) => {
      await transact(table, [{ put: { ...staffKey(staff.id), ...staff } }, organisationMoved()]);
    },
    countWrongPin: async (id) => {
      const row = await setOnStaff(id, "ADD pinTries :one", { ":one": 1 });
      return (row?.["pinTries"] as number | undefined) ?? 0;
    },
    setPin: async (id, pinHash) => {
      await moveStaff(id, "SET pinHash = :hash, pinTries = :none", {
        ":hash": pinHash,
        ":none": 0,
      });
    },
    clearWrongPins: async (id) => {
      await setOnStaff(id, "SET pinTries = :none", { ":none": 0 });
    },
    setTotp: async (id, totpSealed) => {
      await moveStaff(id, "SET totpSealed = :sealed", { ":sealed": totpSealed });
    },
    useTotpStep: (id, step) =>
      putRow(
        table,
        { ...totpStepKey(id, step), expiresAtSeconds: swept(instantOfMs(step * totpStepMs)) },
        absent,
      ),
    ...organisationChangesIn(table),
    ...sessionsIn(table),
    countAttempt: async (key, windowEndsAt) => {
      const row = await updateRow(table, attemptKey(`${key}#${windowEndsAt}`), {
        update: "ADD attempts :one SET expiresAtSeconds = :sweep",
        expression: "",
        values: { ":one": 1, ":sweep": swept(windowEndsAt) },
      });
      return row?.["attempts"] as number;
    },
  };
};
