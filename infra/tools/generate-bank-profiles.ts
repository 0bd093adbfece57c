/**
 * Writes shared/exports/bank-profile-sources.ts, as part of `npm run generate`: every JSON file of
 * shared/exports/bank-profiles/ is a bank's profile. The result depends on the files' names only.
 */
import { readdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const exportsFolder = fileURLToPath(new URL("../../shared/exports/", import.meta.url));

/** The profiles' names, without ".json". */
export const bankProfileNames = (): readonly string[] =>
  readdirSync(`${exportsFolder}bank-profiles`)
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .toSorted();

const camelCase = (kebab: string): string =>
  kebab.replaceAll(/-(?<letter>[a-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());

const columnsMax = 100;

/** The list as the formatter writes it: on one line as long as it fits. */
const listed = (values: readonly string[]): string => {
  const start = "export const bankProfileSources: readonly unknown[] = [";
  const line = `${start}${values.join(", ")}];`;
  return line.length <= columnsMax
    ? line
    : [start, ...values.map((value) => `  ${value},`), "];"].join("\n");
};

/** The text of shared/exports/bank-profile-sources.ts for these profiles. */
export const bankProfilesSource = (names: readonly string[]): string =>
  [
    "/** Every bank's profile as it is written. Made by `npm run generate` from the files' names; never edited by hand. */",
    ...names.map(
      (name) =>
        `import ${camelCase(name)} from "./bank-profiles/${name}.json" with { type: "json" };`,
    ),
    "",
    listed(names.map(camelCase)),
    "",
  ].join("\n");

/** Writes the file. */
export const writeBankProfiles = (): void => {
  writeFileSync(`${exportsFolder}bank-profile-sources.ts`, bankProfilesSource(bankProfileNames()));
};
