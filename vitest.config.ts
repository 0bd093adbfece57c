import { configDefaults, defineConfig } from "vitest/config";

/** Folders whose tests start the whole product; they run after the others. */
const whole = ["journeys", "faults", "browser"].map((folder) => `test/${folder}/**/*.test.ts`);

/** What keeps nothing between two files: these share their modules, which are loaded once instead of 250 times. */
const sharing = ["shared", "workflows", "properties"].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

/** Figures that are measured, and what is too long for every run: `npm run test:long`. */
const long = [
  "test/bench/**/*.test.ts",
  "test/browser/pages.test.ts",
  ...["season", "fifth-programme"].map((name) => `test/journeys/${name}.test.ts`),
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
          isolate: false,
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
          exclude: [...configDefaults.exclude, ...long],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
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
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
