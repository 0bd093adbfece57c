/** What is wrong in a policy file, and the mend, in the words of whoever edits it. */
import type { Text } from "../kernel/text.ts";
import type { PolicyFault } from "./policy-entries.ts";

type Words = (fault: PolicyFault) => Text;

const kinds: Readonly<Record<string, Text>> = {
  string: { zh: "文字（加引号）", en: "text, in quotation marks" },
  number: { zh: "数字（不加引号）", en: "a number, without quotation marks" },
  int: { zh: "整数（不加引号）", en: "a whole number, without quotation marks" },
  boolean: { zh: "true 或 false（不加引号）", en: "true or false, without quotation marks" },
  array: { zh: "列表 [ … ]", en: "a list [ … ]" },
  object: { zh: "一组参数 { … }", en: "a group of figures { … }" },
  record: { zh: "一组参数 { … }", en: "a group of figures { … }" },
};

const ofKind: Words = ({ detail }) => {
  const kind = kinds[detail] ?? { zh: "另一种写法", en: "of another kind" };
  return { zh: `这里应当是${kind.zh}。`, en: `This must be ${kind.en}.` };
};

const always =
  (zh: string, en: string): Words =>
  () => ({ zh, en });

const wordsOf: Readonly<Record<string, Words>> = {
  missing: always(
    "缺少这一项。请补上；新版本只写变化的部分时，要写明 basedOn（以哪个版本为基础）。",
    "This is missing. Add it; an entry that holds only what changes must say which one it builds on (basedOn).",
  ),
  unrecognized_keys: ({ detail }) => ({
    zh: `不认识这个名称：${detail}。请对照现行文件检查拼写，或删去。`,
    en: `Unknown name: ${detail}. Compare the spelling with the file in force, or take it out.`,
  }),
  invalid_type: ofKind,
  invalid_union: always(
    "这里只能写文字、数字、true 或 false，或由它们组成的列表。",
    "Only text, a number, true or false may stand here, or a list of these.",
  ),
  too_small: ({ detail }) => ({
    zh: `太小或太少：最小为 ${detail}。`,
    en: `Too small, or too few: the least is ${detail}.`,
  }),
  too_big: ({ detail }) => ({
    zh: `太大：最大为 ${detail}。`,
    en: `Too large: the most is ${detail}.`,
  }),
  invalid_value: ({ detail }) => ({
    zh: `只能是以下之一：${detail}。`,
    en: `It must be one of: ${detail}.`,
  }),
  invalid_key: always(
    "名称不对。请对照现行文件检查拼写。",
    "The name is wrong. Compare its spelling with the file in force.",
  ),
  invalid_format: always(
    "写法不对。版本号用字母、数字、横线和点；材料代码用小写字母、数字和下划线。",
    "It is written wrongly. A version has letters, digits, hyphens and dots; a paper's kind has small letters, digits and underscores.",
  ),
  not_yuan: always(
    '不是金额。请按元填写，最多两位小数，不要逗号，例如 "5000.00"。',
    'This is no amount. Write yuan with at most two decimals and no commas, such as "5000.00".',
  ),
  not_above_zero: always("金额必须大于零。", "The amount must be above zero."),
  not_a_day: always(
    '没有这一天。请写成 "2027-01-01"。',
    'There is no such day. Write it as "2027-01-01".',
  ),
  not_a_month_and_day: always(
    '没有这个月日，或不是每年都有（02-29）。请写成 "08-31"。',
    'There is no such month and day, or not every year (02-29). Write it as "08-31".',
  ),
  not_rising: always(
    "应当大于前一档。请检查各档的顺序和数字。",
    "It must be above the one before. Check the order and the figures of the steps.",
  ),
  window_not_in_order: always(
    "日期先后不对：开始不晚于截止，补材料、发放不早于截止。",
    "The days are out of order: a season opens before it closes, and takes supplements and pays no sooner than it closes.",
  ),
  ladder_not_in_order: always(
    "审批层级不对：从本条线的基层开始，逐级向上，到市总工会（city）为止，至少两级。",
    "The tiers are wrong: they begin with the base office of the line, rise, and end with the city; two at least.",
  ),
  limits_not_in_order: always(
    "每人每年的上限不能低于单次上限。",
    "The limit of a person and year can't be below the limit of one award.",
  ),
  quota_without_places: always(
    "按名额分配（quota）时，要在 quotas 中写明各单位的名额。",
    "The method quota needs each unit's places under quotas.",
  ),
  not_one_condition: always(
    "条件只能写 is、isNot、aboveYuan 三者之一。",
    "A condition has one of is, isNot and aboveYuan.",
  ),
  day_in_both_lists: always(
    "同一天不能既放假又补班。",
    "A day can't be both a holiday and a make-up working day.",
  ),
  not_a_list: always(
    "这里应当是版本列表 [ … ]，至少一个版本。",
    "A list [ … ] of versions must stand here, one at least.",
  ),
  version_twice: ({ detail }) => ({
    zh: `版本号 ${detail} 出现了两次。请给新版本起新的版本号。`,
    en: `The version ${detail} stands here twice. Give the new one a name of its own.`,
  }),
  not_after_the_one_before: ({ detail }) => ({
    zh: `生效日期必须晚于前一个版本（${detail}）；版本按生效日期从早到晚排列。`,
    en: `It must take effect after the version before it (${detail}); the oldest stands first.`,
  }),
  unknown_base: ({ detail }) => ({
    zh: `前面没有版本 ${detail}。basedOn 要写前面已有的版本号。`,
    en: `No version ${detail} stands before this one. basedOn names an earlier version.`,
  }),
  not_json: ({ detail }) => ({
    zh: `不是有效的 JSON 文件（${detail}）。常见原因：缺少逗号、多了逗号、引号不是英文引号。`,
    en: `This is no valid JSON (${detail}). Often a comma is missing or too many, or a quotation mark isn't a plain one.`,
  }),
  unknown_programme: ({ detail }) => ({
    zh: `没有这个项目：${detail}。请用 workflows 下的文件夹名。`,
    en: `There is no such programme: ${detail}. Use the name of its folder under workflows.`,
  }),
  unknown_field: ({ detail }) => ({
    zh: `申请表里没有这一题：${detail}。请用申请表的题目代码。`,
    en: `The form asks no such question: ${detail}. Use the name of one of its questions.`,
  }),
  unknown_option: ({ detail }) => ({
    zh: `这一题没有这个选项。可选：${detail}。`,
    en: `The question has no such answer. It offers: ${detail}.`,
  }),
  unknown_paper: ({ detail }) => ({
    zh: `共同材料清单里没有这种材料：${detail}。`,
    en: `The common list has no such paper: ${detail}.`,
  }),
};

const other: Text = {
  zh: "这里写得不对，请对照现行文件修改。",
  en: "This is wrong. Compare it with the file in force.",
};

/** What is wrong at a place, and how to mend it. */
export const faultWords = (fault: PolicyFault): Text => wordsOf[fault.code]?.(fault) ?? other;
