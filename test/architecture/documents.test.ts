/** Documents rot by naming what is gone. These tests hold every name in them against the tree. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { alarms, functions, machines } from "#infra/manifest.ts";
import { pathsOf, sourceFiles } from "./source-files.ts";

const documents = sourceFiles("*.md", "docs/**/*.md");
const read = (path: string): string => documents.find((file) => file.path === path)?.text ?? "";

const namedPath =
  /(?<![\w/.-])(?:\.ci|docs|functions|infra|shared|test|workflows)\/[\w./*<>{},-]*[\w/*>}]/gu;

/** A path in a document: "<name>" stands for any name, and "…" for what follows. */
const asGlob = (named: string): string => named.replaceAll(/<[^>]*>/gu, "*").replace(/\/$/u, "");

test("every path a document names exists", () => {
  const named = documents.flatMap(({ path, text }) =>
    (text.match(namedPath) ?? []).map((name) => ({ path, name })),
  );
  expect(named.length).toBeGreaterThan(60);

  const missing = named.filter(({ name }) => pathsOf(asGlob(name)).length === 0);
  expect(missing.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
});

test("every link to a file in a document leads somewhere", () => {
  const links = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|#|mailto:)(?<target>[^)#\s]+)/gu)].map(({ groups }) => ({
      path,
      target: groups?.["target"] ?? "",
    })),
  );
  const missing = links.filter(({ path, target }) => {
    const { pathname } = new URL(target, `file:///${path}`);
    return pathsOf(pathname.slice(1)).length === 0;
  });
  expect(missing.map(({ path, target }) => `${path}: ${target}`)).toEqual([]);
});

test("every npm command a document names is a script", () => {
  const { scripts } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  ) as { readonly scripts: Readonly<Record<string, string>> };
  const commands = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/npm (?:run (?<script>[\w:-]+)|(?<short>start|test)\b)/gu)].map(
      ({ groups }) => ({
        path,
        script: groups?.["script"] ?? groups?.["short"] ?? "",
      }),
    ),
  );
  expect(commands.length).toBeGreaterThan(8);
  expect(commands.filter(({ script }) => scripts[script] === undefined)).toEqual([]);
});

test("every alarm has a page in the runbook, and every page an alarm", () => {
  const pages = pathsOf("docs/runbook/*.md").map((path) =>
    path.split("/").at(-1)?.replace(".md", ""),
  );
  expect(pages).toEqual(alarms.map(({ name }) => name).toSorted());
});

test("a page of the runbook says what is seen, who is harmed, what to look at, how to mend it, and when it is over", () => {
  const headings = ["What you see", "Who is harmed", "First look", "Mend", "It is over when"];
  for (const path of pathsOf("docs/runbook/*.md")) {
    for (const heading of headings) expect(read(path), path).toContain(`## ${heading}`);
  }
});

test("decision records are numbered without a gap, and each has context, decision and consequences", () => {
  const records = pathsOf("docs/adr/*.md").map((path) => path.slice("docs/adr/".length));
  expect(records.length).toBeGreaterThanOrEqual(7);
  expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(
    records.map((_name, index) => index + 1),
  );
  for (const name of records) {
    for (const heading of ["Context", "Decision", "Consequences"]) {
      expect(read(`docs/adr/${name}`), name).toContain(`## ${heading}`);
    }
  }
});

test("the architecture page names every machine, and stays short enough to be read", () => {
  const page = read("docs/ARCHITECTURE.md");
  for (const name of Object.keys(machines)) expect(page).toContain(`${name}.asl.json`);
  for (const { name } of functions.filter(({ trigger }) => trigger.kind === "page")) {
    expect(page).toContain(name);
  }
  expect(page.split("\n").length).toBeLessThanOrEqual(200);
});

test("both READMEs show the same commands", () => {
  const commandsOf = (text: string): readonly string[] =>
    [...text.matchAll(/^```(?:sh|bash)\n(?<block>.*?)^```/gmsu)].flatMap(({ groups }) =>
      (groups?.["block"] ?? "")
        .split("\n")
        .map((line) => line.replace(/\s*#.*$/u, "").trim())
        .filter((line) => line !== ""),
    );
  const english = commandsOf(read("README.md"));
  expect(english).toContain("npm ci && npm start");
  expect(commandsOf(read("README.zh-CN.md"))).toEqual(english);
});
