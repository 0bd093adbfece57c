/**
 * The file in which the embedded run keeps what AWS keeps for us in the cloud: open executions, mails, the
 * clock's offset, when a schedule last ran. SQLite, written through to the disk with each change. Whoever has
 * it open holds its lock, which the system takes back when the process dies, however it dies.
 */
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another process works on the same data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = "DataDirectoryInUse";
}

export interface StateFile {
  readonly database: DatabaseSync;
  /** @returns null when it was never written. */
  readonly setting: (name: string) => string | null;
  readonly putSetting: (name: string, value: string) => void;
  readonly close: () => void;
}

/** A process that was killed a moment ago may still be dying; one that lives is still there after this. */
const lockWaitMs = 3_000;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && error.errcode === 5;

const openLocked = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: lockWaitMs });
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec(
      "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    );
    // Only a write takes the lock for good.
    database.exec("INSERT OR REPLACE INTO settings VALUES ('opened-by', '1')");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
};

/**
 * Opens the state file in a directory only its owner can read, or one in memory when there is none.
 * @throws DataDirectoryInUse when another process has it open.
 */
export const openStateFile = (dataDir: string | null): StateFile => {
  if (dataDir !== null) {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o700);
  }
  let database: DatabaseSync;
  try {
    database = openLocked(dataDir === null ? ":memory:" : join(dataDir, "state.db"));
  } catch (error) {
    if (!isBusy(error)) throw error;
    throw new DataDirectoryInUse(
      `${dataDir} is in use by another process: stop that one, or set DATA_DIR to another directory`,
    );
  }
  const read = database.prepare("SELECT value FROM settings WHERE name = ?");
  const write = database.prepare("INSERT OR REPLACE INTO settings VALUES (?, ?)");
  return {
    database,
    setting: (name) => {
      const value = read.get(name)?.["value"];
      return typeof value === "string" ? value : null;
    },
    putSetting: (name, value) => void write.run(name, value),
    close: () => database.close(),
  };
};
