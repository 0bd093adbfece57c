/** What each operation is for, in words: the document and the page about the API say the same. */
import type { Text } from "#shared/kernel/text.ts";
import type { ApiProblemCode } from "#shared/web/api-problem.ts";
import type { OperationId } from "../operation.ts";
import type { answerSchemas } from "./schemas.ts";

export type Tag = "programmes" | "applications" | "papers" | "notices";

export const tagTitles: Readonly<Record<Tag, Text>> = {
  programmes: { zh: "救助项目", en: "Programmes" },
  applications: { zh: "申请与案件", en: "Applications" },
  papers: { zh: "材料", en: "Papers" },
  notices: { zh: "公示与异议", en: "Public notices" },
};

export interface Description {
  readonly tag: Tag;
  readonly summary: Text;
  readonly more?: Text;
  readonly status: 200 | 201;
  readonly schema: keyof typeof answerSchemas | "AnswersGiven";
  /** Problems beyond those that its scope, case, body and key bring with them. */
  readonly problems?: readonly ApiProblemCode[];
}

export const descriptions: Readonly<Record<OperationId, Description>> = {
  listProgrammes: {
    tag: "programmes",
    summary: {
      zh: "列出救助项目和受理时间",
      en: "List programmes and when they take applications",
    },
    status: 200,
    schema: "ProgrammeList",
  },
  getProgramme: {
    tag: "programmes",
    summary: { zh: "一个项目的全部问题", en: "All questions of a programme" },
    more: {
      zh: "答案一律是文字，与人在页面上填写的相同：金额“1409.50”，日期“2026-07-01”，是否“yes”“no”；people 类的问题是卡片的列表。",
      en: "Answers are text, as a person would type them: amounts “1409.50”, days “2026-07-01”, “yes” or “no”; a question of kind people takes a list of cards.",
    },
    status: 200,
    schema: "Programme",
    problems: ["not_found"],
  },
  listUnits: {
    tag: "programmes",
    summary: { zh: "受理申请的工会", en: "Union offices that take applications" },
    more: { zh: "id 用作答案 unitId。", en: "Its id is the answer to unitId." },
    status: 200,
    schema: "UnitList",
  },
  checkAnswers: {
    tag: "programmes",
    summary: {
      zh: "检查答案，得到所需材料，不保存",
      en: "Check answers and learn which papers they need; nothing is kept",
    },
    status: 200,
    schema: "AnswersChecked",
    problems: ["not_found"],
  },
  createApplication: {
    tag: "applications",
    summary: { zh: "开始一份申请（草稿）", en: "Begin an application: a draft" },
    more: {
      zh: "可以先不填完；填错的不收。答复里的查询码只给这一次，请交给申请人，以后每次调用都放在 Songnuan-Access-Code 请求头里。",
      en: "It may be unfinished, but what is wrong isn't taken. The access code is given here only: hand it to the applicant, and send it as Songnuan-Access-Code with every further call.",
    },
    status: 201,
    schema: "Created",
    problems: ["out_of_season"],
  },
  getApplication: {
    tag: "applications",
    summary: { zh: "案件的进度、下一步和结果", en: "A case: progress, next step and outcome" },
    status: 200,
    schema: "Case",
  },
  getAnswers: {
    tag: "applications",
    summary: { zh: "读取填写的内容", en: "Read the answers" },
    status: 200,
    schema: "AnswersGiven",
  },
  replaceAnswers: {
    tag: "applications",
    summary: { zh: "替换草稿的全部答案", en: "Replace all answers of a draft" },
    status: 200,
    schema: "Case",
    problems: ["state_conflict"],
  },
  listPapers: {
    tag: "papers",
    summary: {
      zh: "需要、已上传和已提交的材料",
      en: "Papers wanted, landed and handed in",
    },
    status: 200,
    schema: "Papers",
  },
  permitUpload: {
    tag: "papers",
    summary: { zh: "取得上传文件的许可", en: "Get permission to upload files" },
    more: {
      zh: "用 multipart/form-data 把 fields 和文件发送到 url；答复 303 就是收到了。kinds 里每个文件写一项，同一种材料有几页就写几次。",
      en: "Post fields and then the file as multipart/form-data to url; an answer of 303 means that it has landed. kinds holds an entry for each file; several pages of one kind are several entries.",
    },
    status: 201,
    schema: "UploadPermissions",
    problems: ["state_conflict"],
  },
  submitApplication: {
    tag: "applications",
    summary: { zh: "提交申请", en: "Submit the application" },
    more: {
      zh: "答案和必需材料齐全才能提交。leaveOut 里的文件不提交。",
      en: "Answers and required papers must be complete. Files named in leaveOut stay behind.",
    },
    status: 200,
    schema: "Case",
    problems: ["out_of_season", "papers_missing", "barred", "claim_exists", "changed_meanwhile"],
  },
  giveInformation: {
    tag: "applications",
    summary: { zh: "补充要求的材料和信息", en: "Give what was asked for" },
    status: 200,
    schema: "Case",
    problems: [
      "state_conflict",
      "papers_missing",
      "nothing_new",
      "claim_exists",
      "changed_meanwhile",
    ],
  },
  correctAnswers: {
    tag: "applications",
    summary: { zh: "更正填写的内容", en: "Correct answers unasked" },
    more: {
      zh: "更正后从受理环节重新核对，此前的审核意见作废。",
      en: "The case is checked anew from the start, and what was approved so far no longer counts.",
    },
    status: 200,
    schema: "Case",
    problems: ["state_conflict", "nothing_new", "claim_exists", "changed_meanwhile"],
  },
  extendTime: {
    tag: "applications",
    summary: { zh: "延长补充时间（一次）", en: "Prolong the time for what is missing, once" },
    status: 200,
    schema: "Case",
    problems: ["state_conflict", "changed_meanwhile"],
  },
  mendCard: {
    tag: "applications",
    summary: { zh: "更正银行卡", en: "Mend the card details" },
    status: 200,
    schema: "Case",
    problems: ["state_conflict", "nothing_new", "changed_meanwhile"],
  },
  withdrawApplication: {
    tag: "applications",
    summary: { zh: "撤回申请", en: "Withdraw the application" },
    status: 200,
    schema: "Case",
    problems: ["state_conflict", "changed_meanwhile"],
  },
  appeal: {
    tag: "applications",
    summary: { zh: "申请复议", en: "Appeal against a refusal" },
    status: 200,
    schema: "Case",
    problems: ["state_conflict", "changed_meanwhile"],
  },
  listNotices: {
    tag: "notices",
    summary: { zh: "正在公示的名单", en: "Notices on show now" },
    more: {
      zh: "一次一页：把 next 作为下一次的 cursor；页面可能不满，甚至是空的，next 为 null 才是最后一页。",
      en: "A page at a time: send next as cursor. A page may hold fewer, even none; the last is the one whose next is null.",
    },
    status: 200,
    schema: "NoticeList",
  },
  getNotice: {
    tag: "notices",
    summary: { zh: "一条公示", en: "One notice" },
    status: 200,
    schema: "Notice",
    problems: ["not_found", "notice_over"],
  },
  objectToNotice: {
    tag: "notices",
    summary: { zh: "对公示提出异议", en: "Object to a notice" },
    more: {
      zh: "提出人保密。留了邮箱的，答复会发到邮箱。",
      en: "Who objects stays confidential. With an e-mail address in contact, the answer comes by mail.",
    },
    status: 201,
    schema: "ObjectionReceived",
    problems: ["not_found", "notice_over"],
  },
};
