/** A few hardship files of 示例市: made-up households, so that the archive's pages have something to show. */
import {
  loadFile,
  openHousehold,
  preventHousehold,
  verifyHousehold,
  type ArchiveUses,
} from "#shared/casework/archive-files.ts";
import type { FileFacts, Member } from "#shared/domain/file-content.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import { PolicyNotConfirmed } from "#shared/kernel/errors.ts";
import type { FileId, StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { demoApplicant } from "./demo/people.ts";

interface DemoHousehold {
  readonly id: string;
  readonly unit: string;
  /** Which of the made-up people, numbered beyond those who apply in demonstrations. */
  readonly person: number;
  readonly yearlyIncomeYuan: number;
  readonly facts: Partial<FileFacts>;
  readonly watched?: true;
}

const households: readonly DemoHousehold[] = [
  { id: "HFDEM00001", unit: "chunfeng", person: 981, yearlyIncomeYuan: 18_000, facts: {} },
  {
    id: "HFDEM00002",
    unit: "xiahe",
    person: 982,
    yearlyIncomeYuan: 36_000,
    facts: { cause: "schooling", educationExpense: yuan(6_000), modelWorker: "city" },
  },
  {
    id: "HFDEM00003",
    unit: "liangang",
    person: 983,
    yearlyIncomeYuan: 60_000,
    facts: { cause: "disaster", netLoss: yuan(52_000), homes: 1, housing: "own" },
  },
  {
    id: "HFDEM00004",
    unit: "chunfeng",
    person: 984,
    yearlyIncomeYuan: 22_000,
    facts: {},
    watched: true,
  },
];

/** The demo city's administrator. */
const keeper = { by: "ST00000022" as StaffId, reason: "演示数据 / demo data" };

const membersOf = ({ person, yearlyIncomeYuan }: DemoHousehold): readonly Member[] => {
  const { name, idNumber, relativeIdNumber } = demoApplicant(person);
  return [
    {
      relation: "worker",
      name,
      idNumber,
      health: "cardiovascular",
      schoolOrUnit: "示例机械厂",
      yearlyIncome: yuan(yearlyIncomeYuan),
    },
    {
      relation: "child",
      name: `${name.slice(0, -2)}小例`,
      idNumber: relativeIdNumber,
      health: "good",
      schoolOrUnit: "示例中学",
      yearlyIncome: zeroFen,
    },
  ];
};

const factsOf = ({ person, unit, facts }: DemoHousehold): FileFacts => ({
  unitId: unit,
  phone: demoApplicant(person).phone,
  address: `示例市示例路${person}号`,
  cause: "illness",
  secondaryCause: "none",
  modelWorker: "none",
  housing: "public",
  medicalExpense: zeroFen,
  educationExpense: zeroFen,
  disabilityExpense: zeroFen,
  employmentExpense: zeroFen,
  careExpense: zeroFen,
  netLoss: zeroFen,
  designatedEventCasualty: false,
  homes: 0,
  ownsBusiness: false,
  highFeeSchool: false,
  hasVehicle: false,
  financialAssets: zeroFen,
  bankName: "示例银行",
  bankCardNumber: demoApplicant(person).cardNumber,
  ...facts,
});

/** Half a year above the line, the cause gone: on the prevention list. */
const watch = async (uses: ArchiveUses, id: FileId): Promise<void> => {
  const looked = { months: 6, incomeFen: yuan(20_000), causeGone: true };
  const opened = await loadFile(uses, id);
  if (opened?.file.version === 1) await verifyHousehold(uses, opened, looked, keeper);
  const verified = await loadFile(uses, id);
  if (verified?.file.state === "open") await preventHousehold(uses, verified, keeper);
};

/** Opens them; begun again it changes nothing. A year without a confirmed L has no files, as it has no help. */
export const openDemoFiles = async (uses: ArchiveUses, offices: readonly Unit[]): Promise<void> => {
  try {
    for (const household of households) {
      const unit = offices.find(({ id }) => id === household.unit);
      if (!unit) continue;
      const members = membersOf(household);
      const declaration = { members, people: members.length, facts: factsOf(household) };
      const id = household.id as FileId;
      const result = await openHousehold(uses, { declaration, unit }, keeper, { id });
      if (household.watched && result.kind === "done") await watch(uses, id);
    }
  } catch (error) {
    if (!(error instanceof PolicyNotConfirmed)) throw error;
  }
};
