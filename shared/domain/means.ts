/** What a household has and must spend, as the rules count it (policy 2.3, 2.4, 8.1 `comparison`). */
import { addFen, displayYuan, subtractFen, fen, type Fen } from "../kernel/money.ts";
import type { CommonFacts } from "./household.ts";

export type Cause = CommonFacts["cause"];

export interface Household {
  /** n: the people who live in the household. */
  readonly people: number;
  /** Disposable income of the last 12 months. */
  readonly incomeFen: Fen;
  /** Rigid expenditure (刚性支出) of the same months. */
  readonly rigidFen: Fen;
  /** Loss by a sudden event, after compensation, insurance and relief. */
  readonly netLossFen: Fen;
  readonly designatedEventCasualty: boolean;
  readonly cause: Cause;
  /** Whether an amount or a paper of the application bears the cause out. */
  readonly causeDocumented: boolean;
  readonly homes: number;
  readonly ownsBusiness: boolean;
  readonly highFeeSchool: boolean;
  readonly hasVehicle: boolean;
  readonly financialAssetsFen: Fen;
}

/** What a programme knows of the household better than the common questions do. */
export interface OwnMeans {
  /** In place of the medical cost of the common questions. */
  readonly medicalFen?: Fen;
  /** In place of the net loss of the common questions. */
  readonly netLossFen?: Fen;
  /** Causes that the programme's own required papers prove. */
  readonly documents?: readonly Cause[];
}

/** What the rules read of the common questions; a hardship file declares the same. */
export type MeansFacts = Pick<
  CommonFacts,
  | "householdSize"
  | "annualIncome"
  | "medicalExpense"
  | "educationExpense"
  | "disabilityExpense"
  | "employmentExpense"
  | "careExpense"
  | "netLoss"
  | "designatedEventCasualty"
  | "cause"
  | "homes"
  | "ownsBusiness"
  | "highFeeSchool"
  | "hasVehicle"
  | "financialAssets"
>;

/** The household as the rules see it: five kinds of rigid expenditure summed, own figures put in. */
export const householdOf = (facts: MeansFacts, own: OwnMeans = {}): Household => {
  const medicalFen = own.medicalFen ?? facts.medicalExpense;
  const netLossFen = own.netLossFen ?? facts.netLoss;
  const careFen = addFen(facts.disabilityExpense, facts.careExpense);
  const sudden = netLossFen > 0 || facts.designatedEventCasualty;
  const bornOut: Readonly<Record<Cause, boolean>> = {
    illness: addFen(medicalFen, careFen) > 0,
    schooling: facts.educationExpense > 0,
    accident: sudden,
    disaster: sudden,
    // The income certificate, which every application carries, is the paper for it.
    low_income: true,
    conduct: false,
  };
  return {
    people: facts.householdSize,
    incomeFen: facts.annualIncome,
    rigidFen: addFen(medicalFen, facts.educationExpense, careFen, facts.employmentExpense),
    netLossFen,
    designatedEventCasualty: facts.designatedEventCasualty,
    cause: facts.cause,
    causeDocumented: bornOut[facts.cause] || (own.documents ?? []).includes(facts.cause),
    homes: facts.homes,
    ownsBusiness: facts.ownsBusiness,
    highFeeSchool: facts.highFeeSchool,
    hasVehicle: facts.hasVehicle,
    financialAssetsFen: facts.financialAssets,
  };
};

/** D = income − rigid expenditure: what every limit of the categories is compared with. May be below zero. */
export const differenceFen = (household: Household): Fen =>
  subtractFen(household.incomeFen, household.rigidFen);

/**
 * P, the net income a head and month, in yuan with two decimals, rounded half up. For reading only: it is
 * rounded, so it decides nothing (policy 8.1 `comparison`: 2,123.9997 prints as 2,124.00, which is 2L).
 */
export const perCapitaYuan = (amountFen: Fen, people: number): string =>
  displayYuan(fen(Math.round(amountFen / (12 * people))));
