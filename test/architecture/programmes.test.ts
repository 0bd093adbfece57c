/** A programme is one folder: nobody else names it, so that a fifth one touches no other file. */
import { expect, test } from "vitest";
import { programmes } from "#workflows/registry.ts";
import { occurrences, pathsOf, sourceFiles } from "./source-files.ts";

const camelCase = (id: string): string =>
  id.replaceAll(/-(?<first>[a-z])/gu, (_whole, first: string) => first.toUpperCase());

/** How code would name a programme: its id as a string or in a path, its variable, its title. */
const namesOf = (id: string, titleZh: string): RegExp => {
  const variable = id.includes("-") ? `|\\b${camelCase(id)}` : "";
  return new RegExp(`["'\`/]${id}["'\`/?]${variable}|${titleZh}`, "u");
};

const elsewhere = sourceFiles(
  "{functions,infra,shared}/**/*.{ts,json}",
  "workflows/machines/*.json",
);

test("the registry holds every folder with a programme, and each one's id is its folder's name", () => {
  const folders = pathsOf("workflows/*/programme.ts").map((path) => path.split("/")[1]);

  expect(folders.length).toBeGreaterThanOrEqual(4);
  expect(programmes.map(({ id }) => id).toSorted()).toEqual(folders);
});

test("the search finds a name where there is one", () => {
  for (const { id, title } of programmes) {
    const own = sourceFiles(`workflows/${id}/*.ts`, "workflows/registry.ts");
    expect(occurrences(own, namesOf(id, title.zh))).not.toEqual([]);
  }
  expect(elsewhere.length).toBeGreaterThan(100);
});

test.each(programmes.map(({ id, title }) => [id, title.zh] as const))(
  "nothing outside its folder and the registry names %s",
  (id, titleZh) => {
    expect(occurrences(elsewhere, namesOf(id, titleZh))).toEqual([]);
  },
);

test("a programme's folder holds all that is particular to it", () => {
  for (const { id } of programmes) {
    const files = pathsOf(`workflows/${id}/*`).map((path) => path.split("/").at(-1));
    expect(files).toEqual(
      expect.arrayContaining([
        "assess.ts",
        "examples.ts",
        "form.ts",
        "guide.ts",
        "letters.ts",
        "policy.json",
        "policy.ts",
        "programme.ts",
      ]),
    );
  }
});
