/**
 * A draft of the rules: a file that holds only what changes, laid over the pack in force. An entry with a version
 * that the pack has replaces it; any other version is added at its day.
 */
import { commonFigures, livingStandardFigures } from "./common-figures.ts";
import type { PaperCondition } from "./paper-rules.ts";
import type { PaperFigures } from "./papers.ts";
import type { Dated } from "./policy.ts";
import { readEntries, type EntriesRead, type PolicyFault } from "./policy-entries.ts";
import type { PolicyPack, PolicySource } from "./policy-pack.ts";
import type { EveryProgramme } from "./programme.ts";

export type PackRead =
  | { readonly kind: "pack"; readonly pack: PolicyPack }
  | { readonly kind: "faults"; readonly faults: readonly PolicyFault[] };

type Programmes = readonly Pick<EveryProgramme, "id" | "policyFile" | "form">[];

interface Draft {
  readonly common?: readonly unknown[];
  readonly livingStandards?: readonly unknown[];
  readonly programmes?: Readonly<Record<string, readonly unknown[]>>;
}

const fault = (path: string, code: string, detail = "", value = ""): PolicyFault => ({
  path,
  code,
  value,
  detail,
});

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const parts = ["common", "livingStandards", "programmes"];

/** Faults of a draft's frame: its parts are lists of entries, by programme where they belong to one. */
const frameFaults = (draft: Tree, programmes: Programmes): readonly PolicyFault[] => {
  const own = draft["programmes"] ?? {};
  const strangers = Object.keys(draft).filter((name) => !parts.includes(name));
  const lists = Object.entries(draft).filter(([name]) => name !== "programmes");
  return [
    ...strangers.map((name) => fault("draft", "unrecognized_keys", name)),
    ...lists
      .filter(([name, list]) => parts.includes(name) && !Array.isArray(list))
      .map(([name]) => fault(name, "not_a_list")),
    ...(isTree(own)
      ? Object.entries(own).flatMap(([id, list]) => {
          if (!programmes.some((programme) => programme.id === id)) {
            return [fault(`programmes.${id}`, "unknown_programme", id)];
          }
          return Array.isArray(list) ? [] : [fault(`programmes.${id}`, "not_a_list")];
        })
      : [fault("programmes", "invalid_type", "object")]),
  ];
};

const keyOf = (entry: unknown, name: "version" | "effectiveFrom"): string => {
  const value = isTree(entry) ? entry[name] : undefined;
  return typeof value === "string" ? value : "";
};

/** A list with a draft's entries in it: the same version in its place, a new one by its day. */
const merged = (list: readonly unknown[], draft: readonly unknown[] = []): readonly unknown[] => {
  const replaced = list.map(
    (entry) =>
      draft.find((changed) => keyOf(changed, "version") === keyOf(entry, "version")) ?? entry,
  );
  const added = draft.filter(
    (changed) =>
      !list.some((entry) => keyOf(entry, "version") === keyOf(changed, "version")) ||
      keyOf(changed, "version") === "",
  );
  return [...replaced, ...added].toSorted((one, other) =>
    keyOf(one, "effectiveFrom") < keyOf(other, "effectiveFrom") ? -1 : 1,
  );
};

const isAnswer = (field: { readonly kind: string; readonly options?: unknown }): boolean =>
  field.kind === "choice" || field.kind === "yes_no";

/** Whether the values of a condition are answers that the question can have. */
const conditionFault = (
  path: string,
  { field: name, is, isNot }: PaperCondition,
  { fields }: EveryProgramme["form"],
): readonly PolicyFault[] => {
  const field = (fields as Readonly<Record<string, (typeof fields)["unionMember"]>>)[name];
  if (!field) return [fault(`${path}.field`, "unknown_field", name, JSON.stringify(name))];
  const values = [is ?? isNot ?? []].flat();
  if (!isAnswer(field)) return [];
  const known: readonly unknown[] =
    field.kind === "yes_no" ? [true, false] : (field.options ?? []).map(({ value }) => value);
  return values
    .filter((value) => !known.includes(value))
    .map((value) => fault(path, "unknown_option", known.join(", "), JSON.stringify(value)));
};

/** The conditions of a paper list against the form whose answers they look at. */
const paperFaults = (
  path: string,
  { papers }: Pick<PaperFigures, "papers">,
  form: EveryProgramme["form"],
): readonly PolicyFault[] =>
  papers.flatMap(({ kind, when = [] }) =>
    when.flatMap((condition) => conditionFault(`${path}.papers[${kind}]`, condition, form)),
  );

const formFaults = (pack: PolicyPack, programmes: Programmes): readonly PolicyFault[] =>
  programmes.flatMap(({ id, form }) => {
    const own = (pack.programmes[id] ?? []) as readonly Dated<PaperFigures>[];
    const commonKinds = pack.common.flatMap(({ figures }) =>
      figures.papers.map(({ kind }) => kind),
    );
    return [
      ...pack.common.flatMap(({ version, figures }) =>
        paperFaults(`common[${version}].figures`, figures, form),
      ),
      ...own.flatMap(({ version, figures }) => {
        const path = `programmes.${id}[${version}].figures`;
        const strangers = (figures.commonPapersRequired ?? []).filter(
          (kind) => !commonKinds.includes(kind),
        );
        return [
          ...paperFaults(path, figures, form),
          ...strangers.map((kind) => fault(`${path}.commonPapersRequired`, "unknown_paper", kind)),
        ];
      }),
    ];
  });

const faultsOf = (read: EntriesRead<unknown>): readonly PolicyFault[] =>
  read.kind === "faults" ? read.faults : [];

const once = (faults: readonly PolicyFault[]): readonly PolicyFault[] => [
  ...new Map(faults.map((one) => [JSON.stringify(one), one])).values(),
];

/** Reads a whole pack as it is written, or names every fault of it. */
export const readPolicyPack = (source: PolicySource, programmes: Programmes): PackRead => {
  const common = readEntries(source.common, commonFigures, "common");
  const livingStandards = readEntries(
    source.livingStandards,
    livingStandardFigures,
    "livingStandards",
  );
  const own = programmes.map(({ id, policyFile }) => ({
    id,
    read: readEntries(source.programmes[id], policyFile.schema, `programmes.${id}`),
  }));
  const faults = [common, livingStandards, ...own.map(({ read }) => read)].flatMap(faultsOf);
  if (common.kind !== "entries" || livingStandards.kind !== "entries" || faults.length > 0) {
    return { kind: "faults", faults };
  }
  const pack: PolicyPack = {
    common: common.entries,
    livingStandards: livingStandards.entries,
    programmes: Object.fromEntries(
      own.flatMap(({ id, read }) => (read.kind === "entries" ? [[id, read.entries]] : [])),
    ),
    source,
  };
  const wrongPapers = once(formFaults(pack, programmes));
  return wrongPapers.length > 0 ? { kind: "faults", faults: wrongPapers } : { kind: "pack", pack };
};

/** The text of a draft laid over a pack, read and checked, or everything that can't be taken. */
export const withDraft = (
  pack: Pick<PolicyPack, "source">,
  draftText: string,
  programmes: Programmes,
): PackRead => {
  let written: unknown;
  try {
    written = JSON.parse(draftText.replace(/^\uFEFF/u, ""));
  } catch (error) {
    const said = error instanceof Error ? error.message.slice(0, 80) : "";
    return { kind: "faults", faults: [fault("draft", "not_json", said)] };
  }
  if (!isTree(written)) {
    return { kind: "faults", faults: [fault("draft", "invalid_type", "object")] };
  }
  const faults = frameFaults(written, programmes);
  if (faults.length > 0) return { kind: "faults", faults };
  const draft = written as Draft;
  const { source } = pack;
  return readPolicyPack(
    {
      common: merged(source.common, draft.common),
      livingStandards: merged(source.livingStandards, draft.livingStandards),
      programmes: Object.fromEntries(
        Object.entries(source.programmes).map(([id, list]) => [
          id,
          merged(list, draft.programmes?.[id]),
        ]),
      ),
    },
    programmes,
  );
};
