/**
 * Opening a file from an application (建档): the case's answers become the household's declaration. The category
 * is what the programme's own rules find for a household with a file, so that file and case rest on one reckoning.
 */
import type { Application } from "#shared/domain/application.ts";
import { noHistory, type RuleStep } from "#shared/domain/assessment.ts";
import type { FileDeclaration, Member } from "#shared/domain/file-content.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import type { CommonFacts } from "#shared/domain/household.ts";
import { idNumbersIn } from "#shared/domain/intake.ts";
import { takeStep } from "#shared/domain/lifecycle.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import type { EveryProgramme } from "#shared/domain/programme.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { deadlineAfter } from "#shared/kernel/calendar.ts";
import { newFileId, type FileId, type StaffId } from "#shared/kernel/ids.ts";
import { addFen, fen, maxFen, subtractFen, zeroFen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { openHousehold, type Declared } from "./archive-files.ts";
import { loadFacts, policyDayOf, policyOf, programmeOf } from "./load.ts";
import { restingOnFile } from "./rest-on-file.ts";
import { resume } from "./signal.ts";

type Uses = Pick<
  Dependencies,
  "archive" | "cases" | "clock" | "directory" | "policy" | "random" | "vault" | "workflow"
>;

export type OpenedFromApplication =
  /** The file is there, and the case is on its way to be assessed anew. */
  | { readonly kind: "opened"; readonly file: HardshipFile; readonly application: Application }
  /** Below no standard that has a file; the words say what the rules found. */
  | { readonly kind: "not_filed"; readonly says: Text }
  /** A member of the household stands in another file. */
  | { readonly kind: "person_in_other_file"; readonly fileIds: readonly FileId[] }
  /** Only a case in acceptance may get a file this way. */
  | { readonly kind: "not_in_acceptance" }
  | { readonly kind: "case_changed" };

type Facts = CommonFacts & Readonly<Record<string, unknown>>;

const numberIn = (steps: readonly RuleStep[], rule: string, input: string): number | null => {
  const value = steps.find((step) => step.rule === rule)?.inputs[input];
  return typeof value === "number" ? value : null;
};

/** Somebody whom the form names beside the household's members, such as a patient of an older case. */
const namedElsewhere = (programme: EveryProgramme, facts: Facts, idNumber: string): Member => {
  const field = Object.keys(programme.form.fields).find((name) => facts[name] === idNumber);
  const named = facts[(field ?? "").replace("IdNumber", "Name")];
  return {
    relation: "other",
    name: typeof named === "string" && named !== "" ? named : "未登记",
    idNumber,
    health: "good",
    schoolOrUnit: "",
    yearlyIncome: zeroFen,
  };
};

/** The worker, the members as the application tells of them, and whoever else it names by an ID number. */
const membersOf = (programme: EveryProgramme, facts: Facts): readonly Member[] => {
  const { members, applicantIdNumber } = facts;
  const known = [applicantIdNumber, ...members.map(({ idNumber }) => idNumber)];
  const worker: Member = {
    relation: "worker",
    name: facts.applicantName,
    idNumber: applicantIdNumber,
    health:
      facts.cause === "illness" && members.every(({ health }) => health === "good")
        ? "other_illness"
        : "good",
    schoolOrUnit: "",
    // What the others don't earn, so that file and case rest on one household income.
    yearlyIncome: maxFen(
      zeroFen,
      subtractFen(
        facts.annualIncome,
        addFen(zeroFen, ...members.map((member) => member.yearlyIncome)),
      ),
    ),
  };
  const others = idNumbersIn(programme.form, facts)
    .filter((number) => !known.includes(number))
    .map((number) => namedElsewhere(programme, facts, number));
  return [worker, ...members, ...others];
};

const modelWorkers = ["none", "national", "provincial", "city", "other"] as const;

/**
 * A household's declaration out of an application's answers. What a programme knows better than the common
 * questions (a patient's own cost, a loss net of relief) is taken from the steps of its assessment.
 */
export const declarationOf = (
  programme: EveryProgramme,
  given: CommonFacts,
  steps: readonly RuleStep[],
): FileDeclaration => {
  const facts = given as Facts;
  const { educationExpense, disabilityExpense, employmentExpense, careExpense } = facts;
  const rigidFen = numberIn(steps, "deep.maxP", "rigidFen");
  const besides = addFen(educationExpense, disabilityExpense, employmentExpense, careExpense);
  const netLossFen = numberIn(steps, "accident.netLossRatio", "netLossFen");
  return {
    members: membersOf(programme, facts),
    people: facts.householdSize,
    facts: {
      unitId: facts.unitId,
      phone: facts.phone,
      address: facts.address,
      cause: facts.cause,
      secondaryCause: "none",
      modelWorker: modelWorkers.find((kind) => kind === facts["modelWorker"]) ?? "none",
      housing: facts.homes > 0 ? "own" : "other",
      medicalExpense:
        rigidFen === null
          ? facts.medicalExpense
          : maxFen(zeroFen, subtractFen(fen(rigidFen), besides)),
      educationExpense,
      disabilityExpense,
      employmentExpense,
      careExpense,
      netLoss: netLossFen === null ? facts.netLoss : fen(netLossFen),
      designatedEventCasualty: facts.designatedEventCasualty,
      homes: facts.homes,
      ownsBusiness: facts.ownsBusiness,
      highFeeSchool: facts.highFeeSchool,
      hasVehicle: facts.hasVehicle,
      financialAssets: facts.financialAssets,
      bankName: facts.bankName,
      bankCardNumber: facts.bankCardNumber,
    },
  };
};

const declaredIn = async (
  uses: Uses,
  application: Application,
  facts: CommonFacts,
): Promise<Declared> => {
  const { unitId, line } = application;
  invariant(unitId && line, "a case that was sent has an office on a line");
  const unit = unitOf(await uses.directory.organisation(), unitId);
  invariant(unit, "the case's office is known");
  const programme = programmeOf(application);
  const { steps } = programme.assess(facts, {
    appliedOn: policyDayOf(uses, application).appliedOn,
    line,
    pack: uses.policy,
    onFile: true,
    history: noHistory,
  });
  return { unit, declaration: declarationOf(programme, facts, steps) };
};

/** Told from the case, so that opening it again after a crash finds the same file. */
const fileIdFor = async ({ vault }: Pick<Uses, "vault">, { id }: Application): Promise<FileId> =>
  newFileId(Buffer.from(await vault.blindIndex("file-of-application", id), "base64url"));

/** The case as a claim against the file, back to be assessed; claims move to the household's account. */
const sendBack = async (
  uses: Uses,
  application: Application,
  facts: CommonFacts,
  by: StaffId,
): Promise<Application | null> => {
  const { now, policy } = { now: uses.clock.now(), policy: policyOf(uses, application) };
  const resting = await restingOnFile(uses, application, facts);
  const { fileId } = resting.application;
  if (fileId === null) return null;
  const taken = takeStep(
    resting.application,
    "submitted",
    {
      type: "corrected",
      at: now,
      actor: { kind: "staff", staffId: by },
      detail: { fileId, answersVersion: application.answersVersion },
    },
    { deadlineAt: deadlineAfter(now, policy.flowClock.acceptance, policy.calendar) },
  );
  if (taken.kind === "refused") return null;
  const outcome = await uses.cases.commit({ step: taken.step, claims: resting.claims });
  return outcome === "committed" ? taken.step.after : null;
};

/**
 * Opens a file for the household of a case in acceptance, and has the case assessed anew as a claim against it.
 * Run again after a crash it finds the file it had opened. @param reason why, in the handler's words: it stands in
 * the file's history.
 */
export const openFileFromApplication = async (
  uses: Uses,
  application: Application,
  by: StaffId,
  reason: string,
): Promise<OpenedFromApplication> => {
  if (application.status !== "in_acceptance") return { kind: "not_in_acceptance" };
  const facts = await loadFacts(uses, application);
  const declared = await declaredIn(uses, application, facts);
  const opening = { id: await fileIdFor(uses, application) };
  const result = await openHousehold(uses, declared, { by, reason }, opening);
  switch (result.kind) {
    case "not_filed":
      return { kind: "not_filed", says: notFiledWords(result.hardship.refusal?.says) };
    case "person_in_other_file":
      return {
        kind: "person_in_other_file",
        fileIds: [...new Set(result.elsewhere.map(({ fileId }) => fileId))],
      };
    case "refused":
    case "stale":
      return { kind: "case_changed" };
    case "done": {
      const after = await sendBack(uses, application, facts, by);
      if (!after) return { kind: "case_changed" };
      await resume(uses, after);
      return { kind: "opened", file: result.file, application: after };
    }
  }
};

const notFiledWords = (says: Text | undefined): Text =>
  says ?? {
    zh: "按核算属于临时困难，不建档，按临时困难办理。",
    en: "By the rules this is temporary hardship, which has no file: the case goes on in the second lane.",
  };
