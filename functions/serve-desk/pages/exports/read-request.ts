/** What was typed into the form of an export, read into a request or into what is wrong with it. */
import { exportKinds, type ExportKind, type ExportRequest } from "#shared/domain/finance-export.ts";
import type { ReportPeriod } from "#shared/domain/month-ends.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { parseLocalDate } from "#shared/kernel/calendar.ts";
import { parseBatchId, type UnitId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { programmeById } from "#workflows/registry.ts";
import { mayDo, type Desk } from "../../frame.ts";
import { loadFund } from "../../load-fund.ts";
import { words } from "./words.ts";

export type ExportField =
  | "fund"
  | "from"
  | "to"
  | "batch"
  | "programme"
  | "unit"
  | "purpose"
  | "password"
  | "password-again";

export type ExportProblems = Readonly<Partial<Record<ExportField, Text>>>;

/** Without the cut-off, which is the moment of asking. */
export interface AskedExport {
  readonly request: Omit<ExportRequest, "cutOff">;
  readonly purpose: string | null;
  readonly password: string | null;
}

const yearsMax = 10;
const purposeMin = 4;
const purposeMax = 200;
const passwordMin = 8;
const passwordMax = 128;

interface Read<Value> {
  readonly value: Value;
  readonly problems: ExportProblems;
}

const typedIn = ({ request }: Desk, name: string): string => (request.form[name] ?? "").trim();

const readPeriod = (desk: Desk): Read<ReportPeriod | null> => {
  const from = parseLocalDate(typedIn(desk, "from"));
  const to = parseLocalDate(typedIn(desk, "to"));
  if (!from || !to) {
    const problems = {
      ...(from ? {} : { from: words.dateWrong }),
      ...(to ? {} : { to: words.dateWrong }),
    };
    return { value: null, problems };
  }
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to < from || years > yearsMax
    ? { value: null, problems: { to: words.orderWrong } }
    : { value: { from, to }, problems: {} };
};

const readFund = async (desk: Desk, kind: ExportKind): Promise<Read<ExportRequest["fundId"]>> => {
  const { fund: asks } = exportKinds[kind].asks;
  const typed = desk.request.form["fund"] ?? "";
  if (asks === null || (asks === "or_all" && typed === "")) return { value: null, problems: {} };
  const fund = await loadFund(desk, typed);
  return fund
    ? { value: fund.id, problems: {} }
    : { value: null, problems: { fund: words.fundWrong } };
};

const readBatch = async (desk: Desk, kind: ExportKind): Promise<Read<ExportRequest["batchId"]>> => {
  const { batch: asks } = exportKinds[kind].asks;
  const typed = typedIn(desk, "batch");
  if (asks === null || (asks === "instead_of_period" && typed === "")) {
    return { value: null, problems: {} };
  }
  const id = parseBatchId(typed.toUpperCase());
  const batch = id && (await desk.uses.batches.get(id));
  if (!batch) return { value: null, problems: { batch: words.batchWrong } };
  return batch.status === "assembling"
    ? { value: null, problems: { batch: words.batchEarly } }
    : { value: batch.id, problems: {} };
};

type CaseFilter = Pick<ExportRequest, "programmeId" | "unitId">;

const readCaseFilter = async (desk: Desk, kind: ExportKind): Promise<Read<CaseFilter>> => {
  const nothing: CaseFilter = { programmeId: null, unitId: null };
  if (!exportKinds[kind].asks.caseFilter) return { value: nothing, problems: {} };
  const programme = typedIn(desk, "programme");
  const unit = typedIn(desk, "unit") as UnitId;
  const problems = {
    ...(programme === "" || programmeById(programme) ? {} : { programme: words.choiceWrong }),
    ...(unit === "" || unitOf(await desk.uses.directory.organisation(), unit)
      ? {}
      : { unit: words.choiceWrong }),
  };
  const value = { programmeId: programme || null, unitId: unit || null };
  return { value: Object.keys(problems).length > 0 ? nothing : value, problems };
};

const readPurpose = (desk: Desk, isFull: boolean): Read<string | null> => {
  if (!isFull) return { value: null, problems: {} };
  const purpose = typedIn(desk, "purpose").slice(0, purposeMax);
  return purpose.length < purposeMin
    ? { value: null, problems: { purpose: words.purposeWrong } }
    : { value: purpose, problems: {} };
};

const readPassword = ({ request }: Desk): Read<string | null> => {
  const password = request.form["password"] ?? "";
  const again = request.form["password-again"] ?? "";
  if (password === "" && again === "") return { value: null, problems: {} };
  if (password.length < passwordMin || password.length > passwordMax) {
    return { value: null, problems: { password: words.lockWrong } };
  }
  return password === again
    ? { value: password, problems: {} }
    : { value: null, problems: { "password-again": words.lockDiffers } };
};

/** @returns the request, or what is wrong by field. A tick for full numbers counts for those who may have them. */
export const readExport = async (
  desk: Desk,
  kind: ExportKind,
): Promise<AskedExport | ExportProblems> => {
  const { asks, namesPeople } = exportKinds[kind];
  const isFull = namesPeople && desk.request.form["full"] === "yes" && mayDo(desk, "export_full");
  const [fund, batch, caseFilter] = await Promise.all([
    readFund(desk, kind),
    readBatch(desk, kind),
    readCaseFilter(desk, kind),
  ]);
  const byPeriod = asks.period && (asks.batch === null || typedIn(desk, "batch") === "");
  const period = byPeriod ? readPeriod(desk) : { value: null, problems: {} };
  const purpose = readPurpose(desk, isFull);
  const password = readPassword(desk);
  const problems = Object.assign(
    {},
    ...[fund, period, batch, caseFilter, purpose, password].map((read) => read.problems),
  ) as ExportProblems;
  if (Object.keys(problems).length > 0) return problems;
  return {
    request: {
      kind,
      format: desk.request.form["format"] === "csv" ? "csv" : "xlsx",
      period: period.value,
      fundId: fund.value,
      batchId: batch.value,
      ...caseFilter.value,
      isFull,
    },
    purpose: purpose.value,
    password: password.value,
  };
};
