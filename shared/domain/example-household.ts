/** An invented household for worked cases: nobody's ID number (the serial 000 is never issued), nobody's card. */
import { fen, zeroFen } from "../kernel/money.ts";
import type { CommonFacts } from "./household.ts";
import type { Relative } from "./relative.ts";

/** Invented ID numbers with right check digits, for the people of the worked cases. */
export const examplePeople = {
  applicant: "370102198001010007",
  spouse: "370102198203150008",
  child: "370102200806200000",
  parent: "370102195207040005",
} as const;

const family: readonly Relative[] = [
  {
    relation: "spouse",
    name: "李示例",
    idNumber: examplePeople.spouse,
    health: "good",
    schoolOrUnit: "",
    yearlyIncome: zeroFen,
  },
  {
    relation: "child",
    name: "王小例",
    idNumber: examplePeople.child,
    health: "good",
    schoolOrUnit: "示例大学",
    yearlyIncome: zeroFen,
  },
  {
    relation: "parent",
    name: "王老例",
    idNumber: examplePeople.parent,
    health: "other_illness",
    schoolOrUnit: "",
    yearlyIncome: zeroFen,
  },
];

/** The others of a household of two to four people. */
export const exampleFamily = (people: 2 | 3 | 4): readonly Relative[] =>
  family.slice(0, people - 1);

/** Answers that exclude, flag and deduct nothing; a worked case writes its own figures over them. */
export const exampleHousehold: CommonFacts = {
  applicantName: "王示例",
  applicantIdNumber: examplePeople.applicant,
  phone: "13800000000",
  email: "",
  address: "示例市示例区示例路1号",
  unitId: "example",
  unionMember: true,
  employmentMonths: 60,
  householdSize: 3,
  members: exampleFamily(3),
  annualIncome: fen(0),
  medicalExpense: fen(0),
  educationExpense: fen(0),
  disabilityExpense: fen(0),
  employmentExpense: fen(0),
  careExpense: fen(0),
  netLoss: fen(0),
  designatedEventCasualty: false,
  cause: "low_income",
  homes: 1,
  ownsBusiness: false,
  highFeeSchool: false,
  hasVehicle: false,
  financialAssets: fen(0),
  bankName: "示例银行",
  bankCardNumber: "6222020000000000018",
  consentMeansCheck: true,
  consentSensitiveData: true,
  consentPublicNotice: true,
  consentGuardian: false,
};
