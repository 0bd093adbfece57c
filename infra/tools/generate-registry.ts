/**
 * `npm run generate`: writes workflows/registry.ts from the folders of workflows/, the list of bank profiles
 * (generate-bank-profiles.ts), and then what pages load (generate-assets.ts). A folder with a programme.ts is a programme; the registry depends on the folders' names only.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAssets } from "./generate-assets.ts";
import { writeBankProfiles } from "./generate-bank-profiles.ts";

const workflowsFolder = fileURLToPath(new URL("../../workflows/", import.meta.url));

/** The programmes' folders, by name. */
export const programmeFolders = (folder: string = workflowsFolder): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, "programme.ts")))
    .map((entry) => entry.name)
    .toSorted();

const camelCase = (kebab: string): string =>
  kebab.replaceAll(/-(?<letter>[a-z0-9])/gu, (_match, letter: string) => letter.toUpperCase());

/** As the formatter writes it: quoted only where it has to be. */
const propertyName = (name: string): string => (/^[a-z]+$/u.test(name) ? name : `"${name}"`);

/** The text of workflows/registry.ts for these folders. */
export const registrySource = (folders: readonly string[]): string =>
  [
    "/** Every programme. Written by infra/tools/generate-registry.ts from the folders here; never edited by hand. */",
    'import type { Guide } from "#shared/domain/guide.ts";',
    'import type { EveryProgramme } from "#shared/domain/programme.ts";',
    ...folders.flatMap((name) => [
      `import { guide as ${camelCase(name)}Guide } from "./${name}/guide.ts";`,
      `import { programme as ${camelCase(name)} } from "./${name}/programme.ts";`,
    ]),
    "",
    "export const programmes: readonly EveryProgramme[] = [",
    ...folders.map((name) => `  ${camelCase(name)},`),
    "];",
    "",
    "/** @returns undefined when no programme has this id. */",
    "export const programmeById = (id: string): EveryProgramme | undefined =>",
    "  programmes.find((programme) => programme.id === id);",
    "",
    "/** What to know before applying, apart from the programmes: a bundle that shows no such page leaves it out. */",
    "const guides: Readonly<Record<string, Guide>> = {",
    ...folders.map((name) => `  ${propertyName(name)}: ${camelCase(name)}Guide,`),
    "};",
    "",
    "/** @returns undefined when no programme has this id. */",
    "export const guideById = (id: string): Guide | undefined =>",
    "  Object.hasOwn(guides, id) ? guides[id] : undefined;",
    "",
  ].join("\n");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(workflowsFolder, "registry.ts"), registrySource(programmeFolders()));
  writeBankProfiles();
  await writeAssets();
}
