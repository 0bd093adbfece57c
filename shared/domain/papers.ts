/** The papers that go with an application (policy 2.7, 3): which ones follows from the answers. */
import type { CommonFacts } from "./household.ts";
import type { Cause } from "./means.ts";
import type { PaperRequirement } from "./programme.ts";

const idCards: PaperRequirement = {
  kind: "id_cards",
  title: {
    zh: "全部家庭成员身份证（正反面）",
    en: "ID cards of all household members, both sides",
  },
  required: true,
};

const hukouBook: PaperRequirement = {
  kind: "hukou_book",
  title: { zh: "户口本", en: "Household register (hukou book)" },
  required: true,
};

const incomeCertificate: PaperRequirement = {
  kind: "income_certificate",
  title: {
    zh: "家庭成员收入证明（盖章）",
    en: "Income certificates of the household members, sealed",
  },
  required: true,
};

const bankCardCopy: PaperRequirement = {
  kind: "bank_card_copy",
  title: { zh: "本人银行卡复印件", en: "Copy of the applicant's bank card" },
  required: false,
};

/** What proves each cause of hardship. */
const causePapers: Readonly<Record<Cause, readonly PaperRequirement[]>> = {
  illness: [
    {
      kind: "diagnosis",
      title: { zh: "诊断证明", en: "Diagnosis by the hospital" },
      required: true,
    },
    {
      kind: "medical_settlement",
      title: {
        zh: "近12个月医疗费发票和医保结算单",
        en: "Medical invoices and insurance settlement sheets of the last 12 months",
      },
      required: true,
    },
  ],
  schooling: [
    {
      kind: "school_fee_receipt",
      title: { zh: "学费、住宿费缴费凭证", en: "Receipts of school fees and board" },
      required: true,
    },
  ],
  accident: [
    {
      kind: "event_proof",
      title: {
        zh: "事故证明（交警、消防、单位等出具）及现场照片",
        en: "Proof of the accident (police, fire brigade, employer), and photos",
      },
      required: true,
    },
  ],
  disaster: [
    {
      kind: "event_proof",
      title: {
        zh: "受灾证明（社区、消防、应急部门等出具）及现场照片",
        en: "Proof of the disaster (community, fire brigade, emergency office), and photos",
      },
      required: true,
    },
  ],
  low_income: [],
  conduct: [],
};

/** The papers every application needs, and those that prove the cause it gives. */
export const householdPapers = (facts: Pick<CommonFacts, "cause">): readonly PaperRequirement[] => [
  idCards,
  hukouBook,
  incomeCertificate,
  bankCardCopy,
  ...causePapers[facts.cause],
];

/** Lists drawn together: each kind once, in the order of first mention, required if any list requires it. */
export const paperList = (
  ...lists: readonly (readonly PaperRequirement[])[]
): readonly PaperRequirement[] => {
  const byKind = new Map<string, PaperRequirement>();
  for (const paper of lists.flat()) {
    const known = byKind.get(paper.kind);
    byKind.set(paper.kind, {
      ...paper,
      ...known,
      required: paper.required || known?.required === true,
    });
  }
  return [...byKind.values()];
};
