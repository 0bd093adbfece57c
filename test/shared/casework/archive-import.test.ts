import iconv from "iconv-lite";
import writeXlsxFile from "write-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoApplicant } from "#infra/local/demo/people.ts";
import { checkImport, runImport, type CheckedImport } from "#shared/casework/archive-import.ts";
import { loadFile, openHousehold } from "#shared/casework/archive-files.ts";
import { personIndex } from "#shared/casework/person-index.ts";
import { importColumns, type ImportColumnName } from "#shared/domain/import-columns.ts";
import { readSheetTable } from "#shared/exports/sheet-table.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import { aDeclaration, keeper, spring } from "#test/support/archive.ts";
import { monday, organisation } from "#test/support/cases.ts";
import { startStore, type TestStore } from "#test/support/store.ts";

let store: TestStore & { readonly clock: { readonly now: () => typeof monday } };
beforeAll(async () => {
  store = { ...(await startStore()), clock: { now: () => monday } };
});
afterAll(() => store.stop());

const importer = { organisation, unitId: "east" as UnitId };

type Cells = Readonly<Partial<Record<ImportColumnName, string>>>;

const household: Cells = {
  unitId: "spring",
  phone: "13800000001",
  address: "示例市示例路1号",
  cause: "疾病",
  housing: "租房",
  designatedEventCasualty: "否",
  homes: "0",
  ownsBusiness: "否",
  highFeeSchool: "否",
  hasVehicle: "否",
  bankName: "示例银行",
};

const worker = (number: number, changes: Cells = {}): Cells => ({
  household: String(number),
  relation: "本人",
  name: demoApplicant(number).name,
  idNumber: demoApplicant(number).idNumber,
  yearlyIncome: "20000",
  ...household,
  bankCardNumber: demoApplicant(number).cardNumber,
  ...changes,
});

const spouse = (number: number, changes: Cells = {}): Cells => ({
  household: String(number),
  relation: "配偶",
  name: "郑家属",
  idNumber: demoApplicant(number).relativeIdNumber,
  yearlyIncome: "0",
  ...changes,
});

const names = importColumns.map(({ name }) => name);
const head = importColumns.map(({ title }) => title.zh);
const cellsOf = (row: Cells): readonly string[] => names.map((name) => row[name] ?? "");

const csvText = (rows: readonly Cells[], heading = head): string =>
  [heading, ...rows.map(cellsOf)].map((cells) => cells.join(",")).join("\r\n");
const csv = (rows: readonly Cells[]): Uint8Array => new TextEncoder().encode(csvText(rows));
const gbk = (rows: readonly Cells[]): Uint8Array => iconv.encode(csvText(rows), "gbk");

type XlsxCell = { readonly value: string | number; readonly type: typeof String | typeof Number };

/** A real workbook; `numbers` names columns typed as numbers, as people do who don't format cells as text. */
const xlsx = async (
  rows: readonly Cells[],
  numbers: readonly ImportColumnName[] = [],
): Promise<Uint8Array> => {
  const cell = (text: string, place: number): XlsxCell | null => {
    const name = names[place];
    if (text === "") return null;
    return name && numbers.includes(name)
      ? { value: Number(text), type: Number }
      : { value: text, type: String };
  };
  const data = [
    head.map((title): XlsxCell => ({ value: title, type: String })),
    ...rows.map((row) => cellsOf(row).map(cell)),
  ];
  return new Uint8Array(await writeXlsxFile(data as never).toBuffer());
};

const check = async (bytes: Uint8Array): Promise<CheckedImport> => {
  const sheet = await readSheetTable(bytes);
  if (sheet.kind === "unreadable") throw new Error(sheet.why);
  return checkImport(store, importer, sheet.rows);
};

const ready = async (bytes: Uint8Array) => {
  const checked = await check(bytes);
  if (checked.kind !== "ready") throw new Error(JSON.stringify(checked));
  return checked.households;
};

const problemsOf = async (bytes: Uint8Array) => {
  const checked = await check(bytes);
  if (checked.kind !== "errors") throw new Error(checked.kind);
  return checked.errors.map(({ line, column, problem }) => [line, column, problem]);
};

const fileOf = async (number: number) =>
  store.archive.fileOf(await personIndex(store, demoApplicant(number).idNumber));

test.each([
  ["CSV in UTF-8", 1, async (rows: readonly Cells[]) => csv(rows)],
  ["CSV in GBK", 2, async (rows: readonly Cells[]) => gbk(rows)],
  ["XLSX", 3, (rows: readonly Cells[]) => xlsx(rows)],
  [
    "XLSX with incomes and counts as numbers",
    4,
    (rows: readonly Cells[]) => xlsx(rows, ["household", "yearlyIncome", "homes", "phone"]),
  ],
] as const)("%s: a household of two rows becomes one file", async (_kind, number, bytesOf) => {
  const bytes = await bytesOf([worker(number), spouse(number)]);
  const households = await ready(bytes);
  expect(households).toHaveLength(1);

  expect(await runImport(store, households, keeper)).toEqual({
    opened: 1,
    wereThere: 0,
    failed: [],
  });

  const file = await fileOf(number);
  expect(file).toMatchObject({ category: "DEEP", unitId: "spring", version: 1 });
  const opened = file && (await loadFile(store, file.id));
  expect(opened?.content.members.map(({ name }) => name)).toEqual([
    demoApplicant(number).name,
    "郑家属",
  ]);
  expect(opened?.content.facts.bankCardNumber).toBe(demoApplicant(number).cardNumber);
  const [version] = file ? await store.archive.versions(file) : [];
  expect(version).toMatchObject({ change: "imported", by: keeper.by });
});

test("the same households as CSV and as XLSX are the same import", async () => {
  const rows = [worker(10), spouse(10)];
  const [inCsv] = await ready(csv(rows));
  const [inXlsx] = await ready(await xlsx(rows));
  expect(inCsv?.id).toBe(inXlsx?.id);
});

test("imported twice, nothing changes", async () => {
  const bytes = csv([worker(11), spouse(11), worker(12), spouse(12)]);
  await runImport(store, await ready(bytes), keeper);
  const [first, second] = [await fileOf(11), await fileOf(12)];

  const again = await runImport(store, await ready(bytes), { ...keeper, reason: "又一次" });

  expect(again).toEqual({ opened: 0, wereThere: 2, failed: [] });
  expect([await fileOf(11), await fileOf(12)]).toEqual([first, second]);
});

test("cut off midway, the same file imported again completes it", async () => {
  const rows = [13, 14, 15].flatMap((number) => [worker(number), spouse(number)]);
  const households = await ready(csv(rows));
  await runImport(store, households.slice(0, 1), keeper);

  expect(await runImport(store, await ready(csv(rows)), keeper)).toEqual({
    opened: 2,
    wereThere: 1,
    failed: [],
  });
  for (const number of [13, 14, 15]) expect(await fileOf(number)).not.toBeNull();
});

test("one wrong cell among many households, and nothing is imported", async () => {
  const rows = [20, 21, 22].flatMap((number) => [worker(number), spouse(number)]);
  const wrong = [
    ...rows,
    worker(23, { idNumber: "370102198001010231" }),
    spouse(23, { yearlyIncome: "1,000元" }),
  ];

  expect(await problemsOf(await xlsx(wrong))).toEqual([
    [8, "idNumber", "not_an_id_number"],
    [9, "yearlyIncome", "not_an_amount"],
  ]);
  for (const number of [20, 21, 22]) expect(await fileOf(number)).toBeNull();
});

test("an ID or card number that Excel holds as a number is refused as such, not as mistyped", async () => {
  const bytes = await xlsx([worker(30), spouse(30)], ["idNumber", "bankCardNumber"]);
  expect(await problemsOf(bytes)).toEqual([
    [2, "idNumber", "number_cell"],
    [2, "bankCardNumber", "number_cell"],
    [3, "idNumber", "number_cell"],
  ]);
});

test("an ID number in scientific notation in a CSV is refused as such", async () => {
  const bytes = csv([worker(31, { idNumber: "3.70102E+17" })]);
  expect(await problemsOf(bytes)).toEqual([[2, "idNumber", "number_cell"]]);
});

test("people twice in the file, or in the archive already, are named by row and file", async () => {
  const existing = await openHousehold(
    store,
    { declaration: aDeclaration(40), unit: spring },
    keeper,
  );
  if (existing.kind !== "done") throw new Error(existing.kind);
  const bytes = csv([
    worker(41),
    spouse(41),
    worker(42),
    spouse(41, { household: "42" }),
    worker(43),
    spouse(40, { household: "43" }),
  ]);
  expect(await problemsOf(bytes)).toEqual([
    [5, "idNumber", "person_twice_in_file"],
    [7, "idNumber", "person_in_other_file"],
  ]);
  const checked = await check(bytes);
  expect(checked.kind === "errors" && checked.errors[1]?.said).toBe(existing.file.id);
});

test("offices that are unknown, or of another branch, are refused by row", async () => {
  const bytes = csv([
    worker(50, { unitId: "nowhere" }),
    worker(51, { unitId: "furnace" }),
    worker(52, { unitId: "city" }),
  ]);
  expect(await problemsOf(bytes)).toEqual([
    [2, "unitId", "unknown_unit"],
    [3, "unitId", "not_your_unit"],
    [4, "unitId", "unknown_unit"],
  ]);
});

test("rows that contradict the worker's, and households without a worker or with two, are refused", async () => {
  const bytes = csv([
    worker(60),
    spouse(60, { address: "另一处" }),
    spouse(61),
    worker(62),
    { ...spouse(62), relation: "本人" },
    spouse(63, { household: "" }),
  ]);
  const problems = await problemsOf(bytes);
  expect(problems).toContainEqual([3, "address", "differs_in_household"]);
  expect(problems).toContainEqual([4, "relation", "no_worker"]);
  expect(problems).toContainEqual([5, "relation", "two_workers"]);
  expect(problems).toContainEqual([7, "household", "household_number_missing"]);
});

test("who is above the line of every filed category is refused with what the rules say", async () => {
  const bytes = csv([worker(70, { yearlyIncome: "200000" })]);
  const checked = await check(bytes);
  expect(checked).toMatchObject({
    kind: "errors",
    errors: [{ line: 2, problem: "not_in_hardship" }],
  });
  expect(JSON.stringify(checked)).toContain("困难职工标准");
});

test("a file opened elsewhere keeps its day; one of tomorrow, or of a year without L, is refused", async () => {
  const [ok] = await ready(csv([worker(80, { openedOn: "2026-03-01" })]));
  expect(ok?.openedOn).toBe("2026-03-01");
  expect(
    await problemsOf(
      csv([worker(81, { openedOn: "2026-07-21" }), worker(82, { openedOn: "2024-03-01" })]),
    ),
  ).toEqual([
    [2, "openedOn", "opened_in_future"],
    [3, "openedOn", "no_policy_then"],
  ]);
});

test("columns that are missing, doubled or unknown are named before any row is read", async () => {
  const heading = [...head.slice(0, -2), "姓名", "邮箱"];
  const bytes = new TextEncoder().encode(csvText([worker(90)], heading));
  const checked = await check(bytes);
  if (checked.kind !== "errors") throw new Error(checked.kind);
  expect(checked.errors.map(({ column, problem, said }) => [column ?? said, problem])).toEqual([
    ["name", "column_twice"],
    ["邮箱", "column_unknown"],
    ["bankCardNumber", "column_missing"],
  ]);
});
