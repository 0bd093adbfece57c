/** What a hardship file declares (policy 2.7): questions about the household and about each member, as data. */
import { addFen, zeroFen, type Fen } from "../kernel/money.ts";
import { localDate, type LocalDate } from "../kernel/calendar.ts";
import type { Category, RuleStep } from "./assessment.ts";
import { choice, defineForm, type FactsOf } from "./form.ts";
import { commonFields } from "./household.ts";
import { householdOf, type Household } from "./means.ts";
import { relationOptions, relativeFields } from "./relative.ts";

/** Filed categories; temporary hardship has no file (policy fact 1). */
export type FiledCategory = Exclude<Category, "TEMPORARY">;

export const memberFields = {
  ...relativeFields,
  relation: choice({
    label: relativeFields.relation.label,
    options: [{ value: "worker", label: { zh: "本人", en: "The worker" } }, ...relationOptions],
  }),
} as const;

const causeOptions = commonFields.cause.options ?? [];

export const fileFields = {
  unitId: commonFields.unitId,
  phone: commonFields.phone,
  address: commonFields.address,
  cause: commonFields.cause,
  secondaryCause: choice({
    label: { zh: "次要致困原因", en: "Secondary cause of hardship" },
    options: [{ value: "none", label: { zh: "无", en: "None" } }, ...causeOptions],
  }),
  modelWorker: choice({
    label: { zh: "劳模类型", en: "Model worker" },
    options: [
      { value: "none", label: { zh: "不是劳模", en: "None" } },
      { value: "national", label: { zh: "全国劳模", en: "National" } },
      { value: "provincial", label: { zh: "省部级劳模", en: "Provincial or ministerial" } },
      { value: "city", label: { zh: "市级劳模", en: "City" } },
      { value: "other", label: { zh: "其他（含工匠）", en: "Other, craftsmen among them" } },
    ],
  }),
  housing: choice({
    label: { zh: "住房类型", en: "Housing" },
    options: [
      { value: "own", label: { zh: "自有住房", en: "Own home" } },
      { value: "public", label: { zh: "公租房、廉租房", en: "Public housing" } },
      { value: "rented", label: { zh: "租房", en: "Rented" } },
      { value: "dormitory", label: { zh: "单位宿舍", en: "Dormitory of the workplace" } },
      { value: "other", label: { zh: "借住或其他", en: "Lodging or other" } },
    ],
  }),
  medicalExpense: commonFields.medicalExpense,
  educationExpense: commonFields.educationExpense,
  disabilityExpense: commonFields.disabilityExpense,
  employmentExpense: commonFields.employmentExpense,
  careExpense: commonFields.careExpense,
  netLoss: commonFields.netLoss,
  designatedEventCasualty: commonFields.designatedEventCasualty,
  homes: commonFields.homes,
  ownsBusiness: commonFields.ownsBusiness,
  highFeeSchool: commonFields.highFeeSchool,
  hasVehicle: commonFields.hasVehicle,
  financialAssets: commonFields.financialAssets,
  bankName: commonFields.bankName,
  bankCardNumber: commonFields.bankCardNumber,
} as const;

export const fileForm = defineForm<typeof fileFields>({
  fields: fileFields,
  sections: [
    {
      title: { zh: "所在工会与联系方式", en: "Union office and contact" },
      fields: ["unitId", "phone", "address"],
    },
    {
      title: { zh: "致困原因与身份", en: "Causes and status" },
      fields: ["cause", "secondaryCause", "modelWorker", "housing"],
    },
    {
      title: { zh: "近12个月刚性支出与损失", en: "Rigid expenditure and losses of 12 months" },
      fields: [
        "medicalExpense",
        "educationExpense",
        "disabilityExpense",
        "employmentExpense",
        "careExpense",
        "netLoss",
        "designatedEventCasualty",
      ],
    },
    {
      title: { zh: "家庭财产", en: "What the household owns" },
      fields: ["homes", "ownsBusiness", "highFeeSchool", "hasVehicle", "financialAssets"],
    },
    {
      title: { zh: "收款银行卡", en: "Bank card for payment" },
      fields: ["bankName", "bankCardNumber"],
    },
  ],
});

export type FileFacts = FactsOf<typeof fileFields>;
export type Member = FactsOf<typeof memberFields>;

/** The most people one file may name; as many as the application form takes. */
export const membersMax = 20;

/** The category that a declaration was found to be in, and how (policy 2.7: with the computation behind it). */
export interface FileComputation {
  readonly category: FiledCategory;
  readonly policyVersion: string;
  readonly steps: readonly RuleStep[];
}

export interface FileDeclaration {
  readonly facts: FileFacts;
  /** The worker first. */
  readonly members: readonly Member[];
  /** n: people who live in the household. More than `members` when an application told only their number. */
  readonly people: number;
}

/** All that a version of a file says. Personal from end to end. */
export interface FileContent extends FileDeclaration {
  readonly computation: FileComputation;
}

/** The day in an ID number (GB 11643, characters 7 to 14), which the form has checked. */
export const birthDateOf = (idNumberRead: string): LocalDate =>
  localDate(
    `${idNumberRead.slice(6, 10)}-${idNumberRead.slice(10, 12)}-${idNumberRead.slice(12, 14)}`,
  );

export const declaredIncomeFen = ({ members }: Pick<FileDeclaration, "members">): Fen =>
  addFen(zeroFen, ...members.map(({ yearlyIncome }) => yearlyIncome));

/** The declaration as the rules see it. A file's papers bear its cause out; only lane 2 looks at that. */
export const householdOnFile = (declaration: FileDeclaration): Household => ({
  ...householdOf({
    ...declaration.facts,
    householdSize: declaration.people,
    annualIncome: declaredIncomeFen(declaration),
  }),
  causeDocumented: true,
});

/** What is wrong with the members taken together; each names the member by place. */
export type MembersProblem =
  | "no_worker"
  | "two_workers"
  | "same_person_twice"
  | "too_many_members"
  | "two_spouses";

export const membersProblem = (members: readonly Member[]): MembersProblem | null => {
  const count = (relation: Member["relation"]): number =>
    members.filter((member) => member.relation === relation).length;
  if (members.length > membersMax) return "too_many_members";
  if (count("worker") === 0) return "no_worker";
  if (count("worker") > 1) return "two_workers";
  if (count("spouse") > 1) return "two_spouses";
  const numbers = new Set(members.map((member) => member.idNumber));
  return numbers.size < members.length ? "same_person_twice" : null;
};

/** The members with the worker in front, as a file keeps them. */
export const workerFirst = (members: readonly Member[]): readonly Member[] => [
  ...members.filter(({ relation }) => relation === "worker"),
  ...members.filter(({ relation }) => relation !== "worker"),
];

/** What two versions of a declaration differ in: names of questions, and members who came, left or changed. */
export interface DeclarationChanges {
  readonly fields: readonly (keyof FileFacts)[];
  readonly membersAdded: number;
  readonly membersLeft: number;
  readonly membersChanged: number;
  readonly peopleChanged: boolean;
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export const declarationChanges = (
  before: FileDeclaration,
  after: FileDeclaration,
): DeclarationChanges => {
  const names = Object.keys(fileFields) as (keyof FileFacts)[];
  const formerly = new Map(before.members.map((member) => [member.idNumber, member]));
  const stayed = after.members.filter(({ idNumber: number }) => formerly.has(number));
  return {
    fields: names.filter((name) => !same(before.facts[name], after.facts[name])),
    membersAdded: after.members.length - stayed.length,
    membersLeft: before.members.length - stayed.length,
    membersChanged: stayed.filter((member) =>
      Object.keys(memberFields).some(
        (name) =>
          !same(
            member[name as keyof Member],
            formerly.get(member.idNumber)?.[name as keyof Member],
          ),
      ),
    ).length,
    peopleChanged: before.people !== after.people,
  };
};

export const hasChanges = (changes: DeclarationChanges): boolean =>
  changes.fields.length > 0 ||
  changes.membersAdded + changes.membersLeft + changes.membersChanged > 0 ||
  changes.peopleChanged;
