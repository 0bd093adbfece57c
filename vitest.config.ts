import { configDefaults, defineConfig } from "vitest/config";

const inFolders = (...folders: string[]): string[] =>
  folders.map((folder) => `test/${folder}/**/*.test.ts`);
const journeys = (...names: string[]): string[] =>
  names.map((name) => `test/journeys/${name}.test.ts`);

/** Folders whose tests start the whole product; they run after the others. */
const whole = inFolders("journeys", "faults", "browser");

/** What keeps nothing between two files: these share their modules, which are loaded once instead of 300 times. */
const sharing = inFolders("shared", "workflows", "properties", "functions");

/** Every further outcome, crash, race and window, as real as the others: `npm run test:whole`. */
const further = [
  ...inFolders("browser"),
  ...["kill", "batch-races"].map((name) => `test/faults/${name}.test.ts`),
  "test/properties/money-stored.test.ts",
  ...journeys("remedies", "ended", "withdrawn", "approvals", "fast-track-recovery", "reviews"),
  ...journeys("allocation", "archive", "short-of-money", "api-fuzz", "payout", "renewal", "trail"),
];

/** Figures that are measured, and what takes minutes by itself: `npm run test:long`. */
const long = [
  ...inFolders("bench"),
  "test/browser/pages.test.ts",
  ...journeys("season", "fifth-programme"),
];

export default defineConfig({
  test: {
    // Two cores: a third worker only makes each of the others slower.
    maxWorkers: 2,
    reporters: ["default"],
    projects: [
      {
        extends: true,
        test: {
          name: "shared",
          include: sharing,
          exclude: [...configDefaults.exclude, ...further],
          isolate: false,
          // Whoever loads the logger first would set its level for all: tests of what is logged want everything.
          env: { POWERTOOLS_LOG_LEVEL: "DEBUG" },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...sharing, ...whole, ...long],
          // Scrypt, embedded stores and synthesis share the two cores with everything else.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "whole",
          include: whole,
          exclude: [...configDefaults.exclude, ...further, ...long],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "further",
          include: further,
          exclude: [...configDefaults.exclude, ...long],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: long,
          maxWorkers: 1,
          testTimeout: 600_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
