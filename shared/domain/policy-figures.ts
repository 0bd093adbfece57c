/** A pack on one day, and its figures laid flat: for comparing two packs and for showing one to people. */
import { yearOf, type LocalDate } from "../kernel/calendar.ts";
import { plainYuan, type Fen } from "../kernel/money.ts";
import type { CommonPolicy } from "./common-policy.ts";
import { inForce, type Dated, type LivingStandard } from "./policy.ts";
import type { PolicyPack } from "./policy-pack.ts";

const firstDay = "0001-01-01" as LocalDate;

const frozen = <Figures>(
  entries: readonly Dated<Figures>[],
  on: LocalDate,
): readonly Dated<Figures>[] => [{ ...inForce(entries, on), effectiveFrom: firstDay }];

/** Every year that a case can be of. */
const everyYear = Array.from({ length: 200 }, (_none, index) => 2000 + index);

/**
 * The rules of one day as if they had always held, so that past cases can be assessed by them. L is the one of
 * that day, confirmed or not. @throws PolicyNotConfirmed when a part has no figures by that day.
 */
export const packAsOf = (pack: PolicyPack, on: LocalDate): PolicyPack => ({
  common: frozen<CommonPolicy>(pack.common, on),
  livingStandards: frozen<LivingStandard>(pack.livingStandards, on).map((entry) => ({
    ...entry,
    figures: { ...entry.figures, confirmedYears: everyYear },
  })),
  programmes: Object.fromEntries(
    Object.entries(pack.programmes).map(([id, entries]) => [id, frozen(entries, on)]),
  ),
  source: pack.source,
});

/** A figure by its place in the file, with its value as the file writes it. */
export interface PlacedFigure {
  /** "common", "livingStandards", or a programme's id. */
  readonly list: string;
  /** "route.districtFinalMaxYuan". */
  readonly name: string;
  readonly value: string;
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const written = (value: unknown, isMoney: boolean): string => {
  if (isMoney && typeof value === "number") return plainYuan(value as Fen);
  return typeof value === "string" ? value : JSON.stringify(value);
};

const flat = (
  tree: unknown,
  name: string,
  isMoney: boolean,
): readonly (readonly [string, string])[] => {
  if (!isTree(tree)) return [[name, written(tree, isMoney)]];
  return Object.entries(tree).flatMap(([key, value]) => {
    const isFen = key.endsWith("Fen");
    const own = isFen ? key.replace(/Fen$/u, "Yuan") : key;
    return flat(value, name === "" ? own : `${name}.${own}`, isMoney || isFen);
  });
};

/** The same lists with money inside them in yuan, as the file has it. */
const inYuan = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inYuan);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) =>
      key.endsWith("Fen") && typeof one === "number"
        ? [key.replace(/Fen$/u, "Yuan"), plainYuan(one as Fen)]
        : [key, inYuan(one)],
    ),
  );
};

const withLists = (value: unknown): unknown => {
  if (Array.isArray(value)) return inYuan(value);
  if (!isTree(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withLists(one)]));
};

/** An entry's figures laid flat, in the order of the file. */
export const figuresOf = (list: string, { figures }: Dated<unknown>): readonly PlacedFigure[] =>
  flat(withLists(figures), "", false).map(([name, value]) => ({ list, name, value }));

/** Every list of a pack by the name it has in a draft. */
export const listsOf = (
  pack: PolicyPack,
): readonly { readonly list: string; readonly entries: readonly Dated<unknown>[] }[] => [
  { list: "common", entries: pack.common },
  { list: "livingStandards", entries: pack.livingStandards },
  ...Object.entries(pack.programmes).map(([list, entries]) => ({ list, entries })),
];

export interface ChangedFigure {
  readonly list: string;
  readonly name: string;
  /** Null where it isn't there. */
  readonly before: string | null;
  readonly after: string | null;
}

const figuresOn = (pack: PolicyPack, on: LocalDate): ReadonlyMap<string, PlacedFigure> =>
  new Map(
    listsOf(pack)
      .flatMap(({ list, entries }) => figuresOf(list, inForce(entries, on)))
      .map((figure) => [`${figure.list} ${figure.name}`, figure]),
  );

/** What holds otherwise on a day under another pack. @throws PolicyNotConfirmed as `packAsOf` does. */
export const changedFigures = (
  before: PolicyPack,
  after: PolicyPack,
  on: LocalDate,
): readonly ChangedFigure[] => {
  const [old, fresh] = [figuresOn(before, on), figuresOn(after, on)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), fresh.get(key)];
    const { list, name } = is ?? was ?? { list: "", name: "" };
    return was?.value === is?.value
      ? []
      : [{ list, name, before: was?.value ?? null, after: is?.value ?? null }];
  });
};

/** The first day on which all of a draft holds: that of its last new or changed entry; `otherwise` without any. */
export const dayOfDraft = (
  before: PolicyPack,
  after: PolicyPack,
  otherwise: LocalDate,
): LocalDate => {
  const known = new Set(
    listsOf(before).flatMap(({ list, entries }) =>
      entries.map((entry) => JSON.stringify([list, entry])),
    ),
  );
  const days = listsOf(after).flatMap(({ list, entries }) =>
    entries
      .filter((entry) => !known.has(JSON.stringify([list, entry])))
      .map(({ effectiveFrom }) => effectiveFrom),
  );
  return days.toSorted().at(-1) ?? otherwise;
};

/** The first year from that of a day on for which L isn't confirmed. */
export const firstUnconfirmedYear = (
  { livingStandards }: Pick<PolicyPack, "livingStandards">,
  from: LocalDate,
): number => {
  const isConfirmed = (year: number): boolean =>
    livingStandards
      .findLast(({ effectiveFrom }) => effectiveFrom <= `${year}-12-31`)
      ?.figures.confirmedYears.includes(year) ?? false;
  let year = yearOf(from);
  while (isConfirmed(year)) year += 1;
  return year;
};
