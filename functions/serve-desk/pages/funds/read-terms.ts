/** Reads a fund's terms as they were typed, or says which field can't be taken. */
import { categoryTitles } from "#shared/domain/assessment.ts";
import {
  codeOfSource,
  fundSources,
  type Earmark,
  type Fund,
  type FundTerms,
} from "#shared/domain/fund.ts";
import { parseFundId, type FundId, type UnitId } from "#shared/kernel/ids.ts";
import { parseYuan, zeroFen, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import { programmes } from "#workflows/registry.ts";
import type { Desk } from "../../frame.ts";
import { termsWords as words } from "./terms-words.ts";

interface Problem {
  readonly kind: "problem";
  readonly field: string;
  readonly says: Text;
}

export type ReadTerms =
  | { readonly kind: "terms"; readonly id: FundId; readonly terms: FundTerms }
  | Problem;

type Typed = Readonly<Record<string, string>>;

const problem = (field: string, says: Text): Problem => ({ kind: "problem", field, says });
const text = (form: Typed, name: string): string => (form[name] ?? "").trim();

const nameMax = 40;
const purposeMax = 100;

/** The ids of the ticked boxes; null when none is, which is any. */
const ticked = (form: Typed, prefix: string, all: readonly string[]): readonly string[] | null => {
  const chosen = all.filter((id) => form[`${prefix}_${id}`] === "yes");
  return chosen.length === 0 ? null : chosen;
};

const earmarkOf = (form: Typed): Earmark => {
  const files = text(form, "files");
  return {
    programmes: ticked(
      form,
      "programme",
      programmes.map(({ id }) => id),
    ),
    categories: ticked(form, "category", Object.keys(categoryTitles)),
    files: files === "filed" || files === "unfiled" ? files : null,
    purpose: text(form, "purpose") || null,
  };
};

/** An amount that may be left empty; undefined when it is none. */
const amountOf = (form: Typed, name: string): Fen | null | undefined => {
  const typed = text(form, name);
  return typed === "" ? null : (parseYuan(typed) ?? undefined);
};

const isId = (typed: string): boolean => /^[a-z0-9][a-z0-9-]{1,39}$/u.test(typed);
const isYear = (typed: string): boolean => typed === "" || /^20\d{2}$/u.test(typed);
const isOrder = (typed: string): boolean => /^[1-9]\d{0,2}$/u.test(typed);

/** Which field was typed so that it can't be taken, whatever else is there. */
const fieldProblem = (form: Typed): Problem | null => {
  const checks: readonly (readonly [string, Text, boolean])[] = [
    ["nameZh", words.nameWrong, isName(text(form, "nameZh"), nameMax)],
    ["nameEn", words.nameWrong, isName(text(form, "nameEn"), 2 * nameMax)],
    ["year", words.yearWrong, isYear(text(form, "year"))],
    ["purpose", words.purposeWrong, text(form, "purpose").length <= purposeMax],
    ["perAward", words.amountWrong, amountOf(form, "perAward") !== undefined],
    ["perYear", words.amountWrong, amountOf(form, "perYear") !== undefined],
    ["reserve", words.amountWrong, amountOf(form, "reserve") !== undefined],
    ["useOrder", words.useOrderWrong, isOrder(text(form, "useOrder"))],
  ];
  const [wrong] = checks.filter(([, , isRight]) => !isRight);
  return wrong ? problem(wrong[0], wrong[1]) : null;
};

const isName = (typed: string, max: number): boolean => typed !== "" && typed.length <= max;

const idOf = async (desk: Desk, fund: Fund | null, form: Typed): Promise<FundId | Problem> => {
  if (fund) return fund.id;
  const typed = text(form, "id");
  const id = isId(typed) ? parseFundId(typed) : null;
  if (id === null) return problem("id", words.idWrong);
  return (await desk.uses.funds.get(id)) ? problem("id", words.idTaken) : id;
};

/** Whose money it is and which: the source can't be changed, since the money was given as that. */
const placeOf = async (
  desk: Desk,
  fund: Fund | null,
  form: Typed,
): Promise<Pick<FundTerms, "source" | "code" | "unitId"> | Problem> => {
  const source = fundSources.find((one) => one === text(form, "source"));
  if (!source) return problem("source", words.sourceWrong);
  if (fund && fund.code !== codeOfSource[source]) return problem("source", words.sourceFixed);
  const typed = text(form, "unit");
  const { units } = await desk.uses.directory.organisation();
  const isKnown = typed === "" || units.some(({ id, tier }) => id === typed && tier !== "city");
  if (!isKnown) return problem("unit", words.unitWrong);
  return { source, code: codeOfSource[source], unitId: typed === "" ? null : (typed as UnitId) };
};

const isProblem = (read: unknown): read is Problem =>
  typeof read === "object" && read !== null && "says" in read;

export const readTerms = async (desk: Desk, fund: Fund | null): Promise<ReadTerms> => {
  const { form } = desk.request;
  const id = await idOf(desk, fund, form);
  if (isProblem(id)) return id;
  const wrong = fieldProblem(form);
  if (wrong) return wrong;
  const place = await placeOf(desk, fund, form);
  if (isProblem(place)) return place;
  const year = text(form, "year");
  const terms: FundTerms = {
    ...place,
    name: { zh: text(form, "nameZh"), en: text(form, "nameEn") },
    year: year === "" ? null : Number(year),
    earmark: earmarkOf(form),
    limits: {
      perAwardMaxFen: amountOf(form, "perAward") ?? null,
      perPersonYearMaxFen: amountOf(form, "perYear") ?? null,
    },
    carryOver: form["carryOver"] === "yes",
    reserveLineFen: amountOf(form, "reserve") ?? zeroFen,
    useOrder: Number(text(form, "useOrder")),
  };
  return { kind: "terms", id, terms };
};
