/** What the API answers with, as schemas: the OpenAPI document is written from them, and tests hold answers against it. */
import * as z from "zod";
import { outcomeKinds, paperStates, seasonStates, statuses } from "./values.ts";
import { apiProblemCodes } from "#shared/web/api-problem.ts";
import type { Text } from "#shared/kernel/text.ts";

const says = <Schema extends z.ZodType>(schema: Schema, zh: string, en: string): Schema =>
  schema.meta({ text: { zh, en } satisfies Text });

const instant = z.iso.datetime();
const day = z.iso.date();
const words = z.string();
const fen = z.int().min(0);

export const ErrorPlace = z.strictObject({
  pointer: says(
    z.string(),
    "请求体中的位置（JSON Pointer）",
    "Place in the body, as a JSON pointer",
  ).optional(),
  parameter: says(z.string(), "查询参数", "A query parameter").optional(),
  header: says(z.string(), "请求头", "A header").optional(),
  code: says(z.string(), "供程序判断的代码", "A code for programs"),
  detail: says(words, "哪里不对，怎么改", "What is wrong, and how to mend it"),
});

const Problem = z.strictObject({
  type: z.url(),
  title: words,
  status: z.int().min(400).max(599),
  detail: words,
  code: z.enum(apiProblemCodes as [string, ...string[]]),
  reason: says(z.string(), "更具体的原因代码", "A closer reason, for programs").optional(),
  errors: z.array(ErrorPlace).optional(),
});

const Season = z.strictObject({
  state: z.enum(seasonStates),
  isOpen: z.boolean(),
  words,
  opens: z.nullable(day),
  closes: z.nullable(day),
});

export const ProgrammeListed = z.strictObject({
  id: z.string(),
  title: words,
  summary: words,
  season: Season,
});

const ProgrammeList = z.strictObject({ items: z.array(ProgrammeListed) });

const Option = z.strictObject({ value: z.string(), label: words });

const questionParts = {
  name: z.string(),
  kind: says(
    z.string(),
    "答案的种类，例如 money、date、choice",
    "What kind of answer: money, date, choice …",
  ),
  label: words,
  hint: z.nullable(words),
  required: z.boolean(),
  personal: says(z.boolean(), "敏感信息，请勿写入日志", "Personal: keep it out of your logs"),
  maxLength: z.int().min(1),
  range: z.nullable(z.strictObject({ min: z.int(), max: z.int() })),
  options: z.nullable(z.array(Option)),
};

const CardQuestion = z.strictObject(questionParts);

export const Question = z.strictObject({
  ...questionParts,
  cards: says(
    z.nullable(z.strictObject({ max: z.int().min(1), questions: z.array(CardQuestion) })),
    "每个人一张卡片：卡片上的问题",
    "A card for each person: the questions on it",
  ),
});

export const Programme = z.strictObject({
  ...ProgrammeListed.shape,
  papersMayFollow: says(z.boolean(), "先救助、后补材料", "Help comes first, papers follow"),
  sections: z.array(
    z.strictObject({
      title: words,
      intro: z.nullable(words),
      mayFollow: z.boolean(),
      questions: z.array(z.string()),
    }),
  ),
  questions: z.array(Question),
});

const UnitList = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      name: words,
      line: z.enum(["territorial", "industrial"]),
      lineName: words,
      above: z.nullable(words),
    }),
  ),
});

const PaperWanted = z.strictObject({
  kind: z.string(),
  title: words,
  required: z.boolean(),
});

const AnswersChecked = z.strictObject({
  complete: z.boolean(),
  errors: z.array(ErrorPlace),
  papers: says(
    z.nullable(z.array(PaperWanted)),
    "答案齐全后才知道需要哪些材料",
    "Known once the answers are complete",
  ),
});

const TimelineEntry = z.strictObject({ at: instant, type: z.string(), words });

const Asked = z.strictObject({
  words: z.nullable(words),
  papers: z.array(PaperWanted.omit({ required: true })),
  until: z.nullable(instant),
});

const Reason = z.strictObject({
  outcome: z.enum(["met", "missed", "applied", "flagged"]),
  words,
  clause: z.string(),
});

export const Outcome = z.strictObject({
  kind: z.enum(outcomeKinds),
  words,
  decidedAt: instant,
  decidedBy: z.nullable(words),
  amountFen: z.nullable(fen),
  computedFen: z.nullable(fen),
  toPayBackFen: z.nullable(fen),
  reason: z.nullable(words),
  reasons: z.array(Reason),
  said: z.array(z.strictObject({ at: instant, by: z.nullable(words), words })),
  policyVersion: z.nullable(z.string()),
  appeal: z.strictObject({
    state: z.enum(["open", "too_late", "appealed_before", "not_refused"]),
    until: z.nullable(instant),
  }),
});

export const Case = z.strictObject({
  id: z.string(),
  programmeId: z.string(),
  status: z.enum(statuses),
  statusName: words,
  meaning: words,
  nextStep: z.nullable(words),
  version: says(z.string(), "与 ETag 相同，用于 If-Match", "The same as the ETag, for If-Match"),
  createdAt: instant,
  submittedAt: z.nullable(instant),
  deadlineAt: z.nullable(instant),
  allowed: says(z.array(z.string()), "现在能做的操作", "Operations that can be called now"),
  problems: says(
    z.array(ErrorPlace),
    "提交前还要补上的答案",
    "Of a draft: answers still to be given",
  ),
  asked: z.nullable(Asked),
  bankSays: z.nullable(words),
  outcome: z.nullable(Outcome),
  timeline: z.array(TimelineEntry),
});

const Created = z.strictObject({
  application: Case,
  accessCode: says(
    z.string(),
    "查询码：只在这里给出一次，请交给申请人",
    "The access code: given here only; hand it to the applicant",
  ),
});

export const Papers = z.strictObject({
  wanted: z.nullable(z.array(PaperWanted)),
  landed: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      sizeBytes: z.int().min(0),
      state: z.enum(paperStates),
      problem: z.nullable(z.strictObject({ code: z.string(), words })),
    }),
  ),
  handedIn: z.array(
    z.strictObject({
      number: z.int().min(1),
      kind: z.string(),
      mediaType: z.string(),
      sizeBytes: z.int().min(1),
      addedAt: instant,
    }),
  ),
});

const UploadPermissions = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: z.string(),
      url: z.url(),
      fields: says(
        z.record(z.string(), z.string()),
        "放在表单最前面，文件放在最后，字段名 file",
        "Put these first in the multipart form, then the file in a field named file",
      ),
    }),
  ),
  maxBytes: z.int().min(1),
  validSeconds: z.int().min(1),
});

export const Notice = z.strictObject({
  applicationId: z.string(),
  kind: z.enum(["grass_roots", "final", "after_payment"]),
  kindName: words,
  maskedName: z.string(),
  unitId: z.string(),
  unitName: words,
  programmeId: z.string(),
  programmeTitle: words,
  category: z.nullable(words),
  amountFen: fen,
  publishedAt: instant,
  endsAt: instant,
  contact: z.nullable(words),
});

const NoticeList = z.strictObject({
  items: z.array(Notice),
  next: says(
    z.nullable(z.string()),
    "下一页的 cursor；没有了为 null",
    "The cursor of the next page, or null",
  ),
});

const ObjectionReceived = z.strictObject({ receipt: z.string(), words });

/** Every named schema of the document. */
export const answerSchemas = {
  AnswersChecked,
  Asked,
  CardQuestion,
  Case,
  Created,
  ErrorPlace,
  Notice,
  NoticeList,
  ObjectionReceived,
  Option,
  Outcome,
  PaperWanted,
  Papers,
  Problem,
  Programme,
  ProgrammeList,
  ProgrammeListed,
  Question,
  Season,
  TimelineEntry,
  UnitList,
  UploadPermissions,
} as const satisfies Record<string, z.ZodType>;

export type CaseBody = z.infer<typeof Case>;
export type OutcomeBody = z.infer<typeof Outcome>;
export type ErrorBody = z.infer<typeof ErrorPlace>;
export type ProgrammeBody = z.infer<typeof Programme>;
export type ProgrammeListedBody = z.infer<typeof ProgrammeListed>;
export type QuestionBody = z.infer<typeof Question>;
export type PapersBody = z.infer<typeof Papers>;
export type NoticeBody = z.infer<typeof Notice>;
