/** What a keeper types at the desk, and the spreadsheets that are imported there. */
import { demoApplicant } from "#infra/local/demo/people.ts";
import { importColumns, type ImportColumnName } from "#shared/domain/import-columns.ts";

/** A household of worker and spouse, 20,000 a year: severe hardship. */
export const typedHousehold = (number: number): Readonly<Record<string, string>> => ({
  member1_relation: "worker",
  member1_name: demoApplicant(number).name,
  member1_idNumber: demoApplicant(number).idNumber,
  member1_health: "cancer",
  member1_schoolOrUnit: "示例机械厂",
  member1_yearlyIncome: "20000",
  member2_relation: "spouse",
  member2_name: "郑家属",
  member2_idNumber: demoApplicant(number).relativeIdNumber,
  member2_health: "good",
  unitId: "chunfeng",
  phone: `138${String(number).padStart(8, "0")}`,
  address: `示例市示例路${number}号`,
  cause: "illness",
  secondaryCause: "none",
  modelWorker: "none",
  housing: "rented",
  designatedEventCasualty: "no",
  homes: "0",
  ownsBusiness: "no",
  highFeeSchool: "no",
  hasVehicle: "no",
  bankName: "示例银行",
  bankCardNumber: demoApplicant(number).cardNumber,
  reason: "入户核实属实",
});

type Cells = Readonly<Partial<Record<ImportColumnName, string>>>;

/** The rows of worker and spouse, for a spreadsheet. */
export const householdRows = (number: number, changes: Cells = {}): readonly Cells[] => [
  {
    household: String(number),
    relation: "本人",
    name: demoApplicant(number).name,
    idNumber: demoApplicant(number).idNumber,
    yearlyIncome: "20000",
    unitId: "chunfeng",
    phone: `138${String(number).padStart(8, "0")}`,
    address: `示例市示例路${number}号`,
    cause: "疾病",
    housing: "租房",
    designatedEventCasualty: "否",
    homes: "0",
    ownsBusiness: "否",
    highFeeSchool: "否",
    hasVehicle: "否",
    bankName: "示例银行",
    bankCardNumber: demoApplicant(number).cardNumber,
    ...changes,
  },
  {
    household: String(number),
    relation: "配偶",
    name: "郑家属",
    idNumber: demoApplicant(number).relativeIdNumber,
    yearlyIncome: "0",
  },
];

const names = importColumns.map(({ name }) => name);

/** The cells of a sheet, its headings first. */
export const sheetCells = (rows: readonly Cells[]): readonly (readonly string[])[] => [
  importColumns.map(({ title }) => title.zh),
  ...rows.map((row) => names.map((name) => row[name] ?? "")),
];

export const sheetCsv = (rows: readonly Cells[]): string =>
  sheetCells(rows)
    .map((cells) => cells.join(","))
    .join("\r\n");
