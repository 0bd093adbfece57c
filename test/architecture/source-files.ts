/** The files of this repository, for tests that read them as text. */
import { globSync, readFileSync } from "node:fs";

export interface SourceFile {
  /** From the repository's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const root = new URL("../../", import.meta.url).pathname;

const generated = /(?:^|\/)(?:node_modules|out|cdk\.out|\.data|\.git|coverage)(?:\/|$)/u;

/** The paths that match, sorted. `patterns` are globs from the repository's root. */
export const pathsOf = (...patterns: readonly string[]): readonly string[] =>
  globSync(patterns, { cwd: root, exclude: (path) => generated.test(path) })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !generated.test(path))
    .toSorted();

export const sourceFiles = (...patterns: readonly string[]): readonly SourceFile[] =>
  pathsOf(...patterns).map((path) => ({ path, text: readFileSync(`${root}${path}`, "utf8") }));

/** Where a pattern occurs: "shared/web/page.ts:12 the line". */
export const occurrences = (files: readonly SourceFile[], pattern: RegExp): readonly string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .map((line, index) => ({ line, number: index + 1 }))
      .filter(({ line }) => pattern.test(line))
      .map(({ line, number }) => `${path}:${number} ${line.trim()}`),
  );
