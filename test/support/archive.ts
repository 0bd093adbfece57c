/** Households for the hardship archive: made-up people, in severe hardship unless a test says otherwise. */
import { demoApplicant } from "#infra/local/demo/people.ts";
import type { FileDeclaration, FileFacts, Member } from "#shared/domain/file-content.ts";
import type { Unit } from "#shared/domain/organisation.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan, zeroFen } from "#shared/kernel/money.ts";
import { units } from "./cases.ts";

export const keeper = { by: "spring-1" as StaffId, reason: "入户核实后建档" };

export const spring: Unit = units.find(({ id }) => id === "spring") as Unit;

export const aMember = (number: number, changes: Partial<Member> = {}): Member => ({
  relation: "worker",
  name: demoApplicant(number).name,
  idNumber: demoApplicant(number).idNumber,
  health: "good",
  schoolOrUnit: "示例机械厂",
  yearlyIncome: yuan(20_000),
  ...changes,
});

/** The relative of a worker: another ID number, no income. */
export const aRelative = (number: number, changes: Partial<Member> = {}): Member =>
  aMember(number, {
    relation: "spouse",
    name: "郑家属",
    idNumber: demoApplicant(number).relativeIdNumber,
    yearlyIncome: zeroFen,
    ...changes,
  });

const facts: FileFacts = {
  unitId: "spring",
  phone: "13800000001",
  address: "示例市示例路1号",
  cause: "illness",
  secondaryCause: "none",
  modelWorker: "none",
  housing: "rented",
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
  bankCardNumber: demoApplicant(1).cardNumber,
};

/** Worker and spouse with 20,000 a year: D 20,000 < 12 × 2 × 1,062 = 25,488, so severe hardship. */
export const aDeclaration = (
  number: number,
  changes: Partial<FileFacts> = {},
  members: readonly Member[] = [aMember(number), aRelative(number)],
): FileDeclaration => ({
  members,
  people: members.length,
  facts: {
    ...facts,
    phone: `138${String(number).padStart(8, "0")}`,
    bankCardNumber: demoApplicant(number).cardNumber,
    ...changes,
  },
});
