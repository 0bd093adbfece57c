/** Exports in the table: the request and its outcome in one row, the password in another, a row for each taking. */
import type { ExportTaking, FinanceExport } from "#shared/domain/finance-export.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import type { ExportStore } from "#shared/ports/export-store.ts";
import type { Vault } from "#shared/ports/vault.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  rowsUnder,
  transact,
  updateRow,
  type Row,
  type Table,
} from "./client.ts";
import { timeToLive } from "./keys.ts";
import {
  exportKey,
  exportListKey,
  exportListPartition,
  exportPartition,
  exportPasswordKey,
  exportTakingKey,
  exportTakingPrefix,
} from "./oversight-keys.ts";

const passwordMinutes = 24 * 60;

const scopeOf = (id: string, attribute: string) => ({
  owner: exportPartition(id),
  attribute,
  salt: "",
});

const takingsIn = (table: Table): Pick<ExportStore, "noteTaking" | "takings"> => ({
  noteTaking: async (id, taking) => {
    await putRow(table, { ...exportTakingKey(id, taking.at, taking.by), ...taking });
  },
  takings: async (id) =>
    (await rowsUnder(table, exportPartition(id), exportTakingPrefix))
      .map(({ at, by, outcome }) => ({ at, by, outcome }) as ExportTaking)
      .toReversed(),
});

const outcomesIn = (table: Table): Pick<ExportStore, "finish" | "fail" | "retry"> => ({
  finish: async (id, made) => {
    const outcome = await transact(table, [
      {
        update: exportKey(id),
        change: {
          update: "SET made = :made",
          expression: "attribute_exists(PK) AND attribute_not_exists(made)",
          values: { ":made": made },
        },
      },
      // What stood there is gone with it.
      { put: { ...exportPasswordKey(id), expiresAtSeconds: timeToLive(made.madeAt) } },
    ]);
    return outcome.kind === "committed";
  },
  fail: async (id, at) => {
    await updateRow(table, exportKey(id), {
      update: "SET failedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(made)",
      values: { ":at": at },
    });
  },
  retry: async (id, at) =>
    (await updateRow(table, exportKey(id), {
      update: "SET triedAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(made)",
      values: { ":at": at },
    })) !== null,
});

/** The password's row, as it stands until the table is made. */
const passwordRow = async (vault: Vault, id: string, askedAt: Instant, password: string) => ({
  ...exportPasswordKey(id),
  sealed: await vault.seal(scopeOf(id, "password"), password),
  expiresAtSeconds: timeToLive(addMinutes(askedAt, passwordMinutes)),
});

export const createExportStore = (table: Table, vault: Vault): ExportStore => {
  const exportOf = async (row: Row): Promise<FinanceExport> => {
    const { PK, SK: _sortKey, sealedPurpose, ...stored } = row;
    const id = String(PK).slice(exportPartition("").length);
    const purpose =
      typeof sealedPurpose === "string"
        ? await vault.open(scopeOf(id, "purpose"), sealedPurpose)
        : null;
    return { failedAt: null, made: null, ...stored, id, purpose } as unknown as FinanceExport;
  };
  const get = async (id: string): Promise<FinanceExport | null> => {
    const row = await getRow(table, exportKey(id));
    return row && exportOf(row);
  };
  return {
    get,
    put: async ({ id, purpose, ...asked }, password) => {
      const secret =
        password === null
          ? []
          : [{ put: await passwordRow(vault, id, asked.askedAt, password), condition: absent }];
      const sealedPurpose =
        purpose === null ? null : await vault.seal(scopeOf(id, "purpose"), purpose);
      const outcome = await transact(table, [
        { put: { ...exportKey(id), ...asked, sealedPurpose }, condition: absent },
        { put: { ...exportListKey(asked.askedAt, id), id }, condition: absent },
        ...secret,
      ]);
      return outcome.kind === "committed";
    },
    list: async (limit) => {
      const page = await queryPage(table, {
        KeyConditionExpression: "PK = :list",
        values: { ":list": exportListPartition },
        ScanIndexForward: false,
        Limit: limit,
      });
      const all = await Promise.all(page.rows.map(({ id }) => get(id as string)));
      return all.filter((one) => one !== null);
    },
    password: async (id) => {
      const row = await getRow(table, exportPasswordKey(id));
      const sealed = row?.["sealed"];
      return typeof sealed === "string" ? vault.open(scopeOf(id, "password"), sealed) : null;
    },
    ...outcomesIn(table),
    ...takingsIn(table),
  };
};
