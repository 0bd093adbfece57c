/** Examples of requests and answers; tests hold each against the schema it is an example of. */
import type { Locale } from "#shared/kernel/text.ts";
import { programmes } from "#workflows/registry.ts";
import type { OperationId } from "../operation.ts";
import type { CaseBody } from "./schemas.ts";

interface Example {
  readonly request?: unknown;
  readonly answer?: unknown;
}

const id = "SN4K7P2QX9AB";
const programmeId = programmes[0]?.id ?? "";
const someAnswers = { applicantName: "王示例", phone: "13900000001", householdSize: "3" };

const aCase = (english: boolean): CaseBody => ({
  id,
  programmeId,
  status: "submitted",
  statusName: english ? "Sent" : "已提交",
  meaning: english
    ? "The union has your application and is checking it by the policy."
    : "工会已经收到申请，正在按政策核对。",
  nextStep: english ? "Checked by 24 July 2026." : "最晚2026年7月24日完成受理核对。",
  version: "v1",
  createdAt: "2026-07-20T01:00:00.000Z",
  submittedAt: "2026-07-20T01:08:00.000Z",
  deadlineAt: "2026-07-24T16:00:00.000Z",
  allowed: ["correctAnswers", "withdrawApplication"],
  problems: [],
  asked: null,
  bankSays: null,
  outcome: null,
  timeline: [
    {
      at: "2026-07-20T01:08:00.000Z",
      type: "submitted",
      words: english ? "Application sent" : "提交申请",
    },
  ],
});

const aDraft = (english: boolean): CaseBody => ({
  ...aCase(english),
  status: "draft",
  statusName: english ? "Not sent yet" : "未提交",
  meaning: english ? "This application has not been handed in yet." : "这份申请还没有提交。",
  nextStep: null,
  version: "dM3JvZ0hBk1c2b3w9XzQ4yA",
  submittedAt: null,
  deadlineAt: null,
  allowed: ["replaceAnswers", "permitUpload", "submitApplication"],
  problems: [
    {
      pointer: "/answers/applicantIdNumber",
      code: "required",
      detail: english ? "Fill in “Applicant's ID number”" : "请填写“申请人身份证号”",
    },
  ],
  timeline: [],
});

/** The example of an operation, in one language. */
export const exampleOf = (operation: OperationId, locale: Locale): Example => {
  const english = locale === "en";
  switch (operation) {
    case "checkAnswers":
      return {
        request: { answers: someAnswers },
        answer: { complete: false, errors: aDraft(english).problems, papers: null },
      };
    case "createApplication":
      return {
        request: { programmeId, answers: someAnswers },
        answer: { application: aDraft(english), accessCode: "7K2M-P4QX-9ABC" },
      };
    case "replaceAnswers":
      return { request: { answers: someAnswers }, answer: aDraft(english) };
    case "permitUpload":
      return {
        request: { kinds: ["id_cards"] },
        answer: {
          items: [
            {
              kind: "id_cards",
              url: "https://papers.example.org/",
              fields: { key: `incoming/${id}/0/id_cards/md0x-2Fq`, policy: "eyJ…" },
            },
          ],
          maxBytes: 10_485_760,
          validSeconds: 1_800,
        },
      };
    case "submitApplication":
      return { request: {}, answer: aCase(english) };
    case "getApplication":
      return { answer: aCase(english) };
    case "mendCard":
      return { request: { bankName: "示例银行", bankCardNumber: "6222020000000000000" } };
    case "appeal":
      return { request: { words: english ? "The income counted is wrong." : "核算的收入不对。" } };
    case "objectToNotice":
      return {
        request: { words: english ? "He owns two homes." : "他家有两套住房。" },
        answer: {
          receipt: `${id}-1`,
          words: english ? "Please write it down." : "请记下回执号。",
        },
      };
    default:
      return {};
  }
};
