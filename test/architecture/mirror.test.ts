/** test/ mirrors the tree: whoever changes a file knows where its tests are. */
import { expect, test } from "vitest";
import { pathsOf, sourceFiles, type SourceFile } from "./source-files.ts";

const testFiles = sourceFiles("test/**/*.test.ts");

/** Tests of a folder: the files in its mirror, or the one named after it. */
const mirrorOf = (folder: string): readonly SourceFile[] =>
  testFiles.filter(
    ({ path }) => path.startsWith(`test/${folder}/`) || path === `test/${folder}.test.ts`,
  );

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

const testedByName = (path: string): boolean =>
  testFiles.some((file) => file.path === `test/${path.replace(/\.ts$/u, ".test.ts")}`);

/** Files of a folder that have a test of their name, that its tests import, or that such a file has beside it. */
const testedIn = (folder: string, files: readonly SourceFile[]): ReadonlySet<string> => {
  const mirror = mirrorOf(folder);
  const tested = new Set(
    files
      .map(({ path }) => path)
      .filter(
        (path) => testedByName(path) || mirror.some(({ text }) => text.includes(`"#${path}"`)),
      ),
  );
  for (const path of tested) {
    const text = files.find((file) => file.path === path)?.text ?? "";
    for (const { groups } of text.matchAll(/from "\.\/(?<name>[\w-]+\.ts)"/gu)) {
      tested.add(`${folder}/${groups?.["name"]}`);
    }
  }
  return tested;
};

/** A file of types alone has nothing to run. */
const hasValues = (text: string): boolean =>
  /^export (?:async )?(?:const|function|class)\b/mu.test(text);

const layers = ["kernel", "domain", "adapters", "casework", "exports", "web"] as const;

test.each(layers)("every file of shared/%s is imported by a test of its own folder", (layer) => {
  const files = sourceFiles(`shared/${layer}/**/*.ts`).filter(({ text }) => hasValues(text));
  expect(files.length).toBeGreaterThan(2);

  const folders = [...new Set(files.map(({ path }) => folderOf(path)))];
  const tested = new Set(folders.flatMap((folder) => [...testedIn(folder, files)]));
  expect(files.map(({ path }) => path).filter((path) => !tested.has(path))).toEqual([]);
});

test("every function has tests under its own name", () => {
  const names = pathsOf("functions/*/function.ts").map(folderOf);
  expect(names.length).toBeGreaterThanOrEqual(18);

  expect(names.filter((name) => mirrorOf(name).length === 0)).toEqual([]);
});

test("every test of a layer stands where what it tests stands", () => {
  const stray = testFiles
    .filter(({ path }) => /^test\/(?:shared|functions|workflows)\//u.test(path))
    .filter(({ path }) => {
      const folder = folderOf(path).slice("test/".length);
      return pathsOf(`${folder}/*`).length === 0;
    });
  expect(stray.map(({ path }) => path)).toEqual([]);
});
