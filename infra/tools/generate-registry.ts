/**
 * Writes workflows/registry.ts from the folders of workflows/: node infra/tools/generate-registry.ts
 * A folder with a programme.ts is a programme. The result depends on the folders' names only.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const workflowsFolder = fileURLToPath(new URL("../../workflows/", import.meta.url));

/** The programmes' folders, by name. */
export const programmeFolders = (folder: string = workflowsFolder): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "programme.ts")))
    .map((entry) => entry.name)
    .toSorted();

const camelCase = (kebab: string): string =>
  kebab.replaceAll(/-(?<letter>[a-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());

/** The text of workflows/registry.ts for these folders. */
export const registrySource = (folders: readonly string[]): string =>
  [
    "/** Every programme. Written by infra/tools/generate-registry.ts from the folders here; never edited by hand. */",
    'import type { EveryProgramme } from "#shared/domain/programme.ts";',
    ...folders.map(
      (name) => `import { programme as ${camelCase(name)} } from "./${name}/programme.ts";`,
    ),
    "",
    "export const programmes: readonly EveryProgramme[] = [",
    ...folders.map((name) => `  ${camelCase(name)},`),
    "];",
    "",
    "/** @returns undefined when no programme has this id. */",
    "export const programmeById = (id: string): EveryProgramme | undefined =>",
    "  programmes.find((programme) => programme.id === id);",
    "",
  ].join("\n");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(workflowsFolder, "registry.ts"), registrySource(programmeFolders()));
}
