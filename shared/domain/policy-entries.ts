/**
 * A policy file as it is written: entries, oldest first, each with its version and the day from which it holds.
 * An entry may build on an earlier one (`basedOn`) and then holds only what changes.
 */
import * as z from "zod";
import { invariant } from "../kernel/assert.ts";
import type { Dated } from "./policy.ts";
import { calendarDay } from "./policy-schema.ts";

type Path = readonly (string | number)[];

/** Something in a policy file that can't be taken. policy-faults.ts has the words and the mend. */
export interface PolicyFault {
  /** "programmes.some-programme[some-programme-2027].figures.amountYuan". */
  readonly path: string;
  /** A code of zod's, of `FigureFault`, or one of those below. */
  readonly code: string;
  /** What stands there, as it is written, cut when it is long. */
  readonly value: string;
  /** What the code is about: a limit, the words that are known, the kind that is wanted. */
  readonly detail: string;
}

export type EntriesRead<Figures> =
  | { readonly kind: "entries"; readonly entries: readonly Dated<Figures>[] }
  | { readonly kind: "faults"; readonly faults: readonly PolicyFault[] };

const entrySchema = z.strictObject({
  version: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,59}$/u),
  effectiveFrom: calendarDay,
  basedOn: z.string().optional(),
  /** Where each figure comes from; for readers, not for the rules. */
  sources: z.record(z.string(), z.string()).optional(),
  figures: z.record(z.string(), z.unknown()),
});

type Entry = z.output<typeof entrySchema>;

const shownMax = 60;

const shown = (value: unknown): string => {
  const text = value === undefined ? "" : JSON.stringify(value);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, step) =>
      typeof found === "object" && found !== null
        ? (found as Readonly<Record<string | number, unknown>>)[step]
        : undefined,
    value,
  );

const pathText = (base: string, path: Path): string =>
  path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step + 1}]` : `${text}.${step}`),
    base,
  );

/** What the issue names beside its kind: limits, the words that are known. */
const detailOf = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.join(", ");
    case "invalid_type":
      return issue.expected;
    case "too_small":
      return String(issue.minimum);
    case "too_big":
      return String(issue.maximum);
    case "invalid_value":
      return issue.values.join(", ");
    default:
      return "";
  }
};

const faultOf = (base: string, whole: unknown, issue: z.core.$ZodIssue): PolicyFault => {
  const path = issue.path.filter((step): step is string | number => typeof step !== "symbol");
  const value = at(whole, path);
  const isMissing = value === undefined && issue.code !== "unrecognized_keys";
  const code = issue.code === "custom" ? issue.message : issue.code;
  return {
    path: pathText(base, path),
    code: isMissing ? "missing" : code,
    value: shown(value),
    detail: detailOf(issue),
  };
};

/** Zod writes code for each shape to read the next object faster; here each shape is read once or twice. */
const onceOnly = { jitless: true } as const;

const parsed = <Value>(
  schema: z.ZodType<Value>,
  whole: unknown,
  path: string,
): { readonly value: Value | null; readonly faults: readonly PolicyFault[] } => {
  const read = schema.safeParse(whole, onceOnly);
  return read.success
    ? { value: read.data, faults: [] }
    : { value: null, faults: read.error.issues.map((issue) => faultOf(path, whole, issue)) };
};

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Changed figures over those of the entry they build on: objects word by word, lists and figures as a whole. */
const overlaid = (base: Tree, changes: Tree): Tree => ({
  ...base,
  ...Object.fromEntries(
    Object.entries(changes).map(([name, change]) => {
      const before = base[name];
      return [name, isTree(before) && isTree(change) ? overlaid(before, change) : change];
    }),
  ),
});

interface Whole {
  readonly entry: Entry;
  readonly figures: Tree;
  readonly path: string;
}

/** Each entry with all its figures, or what keeps it from having them. */
const completed = (
  entries: readonly { readonly entry: Entry; readonly path: string }[],
): { readonly wholes: readonly Whole[]; readonly faults: readonly PolicyFault[] } => {
  const wholes: Whole[] = [];
  const faults: PolicyFault[] = [];
  for (const { entry, path } of entries) {
    const { version, basedOn, effectiveFrom } = entry;
    const before = wholes.at(-1)?.entry;
    const base = basedOn === undefined ? null : wholes.find((one) => one.entry.version === basedOn);
    const fault = (code: string, field: string, value: string, detail: string): void => {
      faults.push({ path: `${path}.${field}`, code, value, detail });
    };
    if (wholes.some((one) => one.entry.version === version)) {
      fault("version_twice", "version", version, version);
    }
    if (before && effectiveFrom <= before.effectiveFrom) {
      fault("not_after_the_one_before", "effectiveFrom", effectiveFrom, before.effectiveFrom);
    }
    if (base === undefined) fault("unknown_base", "basedOn", basedOn ?? "", basedOn ?? "");
    wholes.push({ entry, path, figures: overlaid(base?.figures ?? {}, entry.figures) });
  }
  return { wholes, faults };
};

/**
 * Reads a file's entries, or names everything that can't be taken.
 * @param path names the list in faults: "common", "programmes.some-programme".
 */
export const readEntries = <Figures>(
  source: unknown,
  figures: z.ZodType<Figures>,
  path: string,
): EntriesRead<Figures> => {
  if (!Array.isArray(source) || source.length === 0) {
    const fault = { path, code: "not_a_list", value: shown(source), detail: "" };
    return { kind: "faults", faults: [fault] };
  }
  const read = source.map((written: unknown, index) => {
    const version = isTree(written) ? written["version"] : undefined;
    const place = `${path}[${typeof version === "string" ? version : index + 1}]`;
    return { ...parsed(entrySchema, written, place), path: place };
  });
  const { wholes, faults } = completed(
    read.flatMap(({ value, path: place }) => (value ? [{ entry: value, path: place }] : [])),
  );
  const withFigures = wholes.map((whole) => ({
    ...whole,
    ...parsed(figures, whole.figures, `${whole.path}.figures`),
  }));
  const all = [...read, ...withFigures].flatMap((one) => one.faults);
  if (all.length + faults.length > 0) return { kind: "faults", faults: [...all, ...faults] };
  return {
    kind: "entries",
    entries: withFigures.flatMap(({ entry, value }) => {
      if (value === null) return [];
      return [{ version: entry.version, effectiveFrom: entry.effectiveFrom, figures: value }];
    }),
  };
};

/** A programme's policy file: what is written there, and what it is checked against. */
export interface PolicyFile<Figures = unknown> {
  readonly source: readonly unknown[];
  readonly schema: z.ZodType<Figures>;
}

/**
 * The entries of a file under version control, which the tests have checked.
 * @throws InvariantBroken with every fault's place and code.
 */
export const entriesOf = <Figures>(
  { source, schema }: PolicyFile<Figures>,
  path: string,
): readonly Dated<Figures>[] => {
  const read = readEntries(source, schema, path);
  const faults = read.kind === "faults" ? read.faults : [];
  invariant(
    read.kind === "entries",
    `a policy file is wrong: ${faults.map((fault) => `${fault.path} ${fault.code}`).join("; ")}`,
  );
  return read.entries;
};
