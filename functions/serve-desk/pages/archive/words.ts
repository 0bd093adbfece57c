/** Words of the hardship archive's pages. */
import type { ClosingReason, FileChange, FileState } from "#shared/domain/hardship-file.ts";
import { categoryTitles } from "#shared/domain/assessment.ts";
import type { FileRefusal } from "#shared/domain/file-steps.ts";
import {
  membersMax,
  type FiledCategory,
  type MembersProblem,
} from "#shared/domain/file-content.ts";
import type { Text } from "#shared/kernel/text.ts";

export const archiveTitle: Text = { zh: "困难职工档案", en: "Hardship archive" };

export const stateNames: Readonly<Record<FileState, Text>> = {
  open: { zh: "在档", en: "On file" },
  prevention: { zh: "防困对象", en: "On the prevention list" },
  closed: { zh: "已退档", en: "Closed" },
};

export const categoryName = (category: FiledCategory): Text => categoryTitles[category];

export const changeNames: Readonly<Record<FileChange, Text>> = {
  opened: { zh: "建档", en: "Opened" },
  imported: { zh: "批量导入建档", en: "Imported" },
  changed: { zh: "变更", en: "Changed" },
  renewed: { zh: "重新申报", en: "Declared anew" },
  verified: { zh: "复核", en: "Re-verified" },
  to_prevention: { zh: "列入防困对象", en: "Put on the prevention list" },
  closed: { zh: "退档", en: "Closed" },
  reopened: { zh: "恢复在档", en: "Opened again" },
};

export const closingNames: Readonly<Record<ClosingReason, Text>> = {
  out_of_hardship: {
    zh: "脱困：收入连续高于标准、致困原因消除",
    en: "Out of hardship: above the line long enough, the cause gone",
  },
  relieved: {
    zh: "解困：由社会保障兜底，工会帮扶解困",
    en: "Relieved: kept above the line by the safety net",
  },
  moved_away: { zh: "迁出、离开本单位", en: "Moved away or left the workplace" },
  deceased: { zh: "职工去世", en: "The worker has died" },
  opened_by_mistake: { zh: "重复或错误建档", en: "Opened twice or by mistake" },
  false_declaration: { zh: "申报不实", en: "A false declaration" },
};

export const refusalWords: Readonly<Record<FileRefusal, Text>> = {
  not_in_this_state: {
    zh: "档案现在的状态不能这样办理。",
    en: "The file's present state doesn't allow this.",
  },
  reason_required: {
    zh: "请写明原因，它会留在档案历史里",
    en: "Say why: it stays in the file's history",
  },
  nothing_changed: {
    zh: "内容和现在的档案完全一样，所以没有保存。",
    en: "Everything is as the file has it already, so nothing was saved.",
  },
  not_out_of_hardship_yet: {
    zh: "还不到退出条件：须连续多月人均收入高于低保标准，并且致困原因已经消除。请先登记复核。",
    en: "Not yet: the income a head must be above the line for months running, and the cause gone. Record the re-verification first.",
  },
};

export const membersProblemWords: Readonly<Record<MembersProblem, Text>> = {
  no_worker: {
    zh: "成员中要有一名“本人”（职工）",
    en: "One member must be “the worker”",
  },
  two_workers: { zh: "只能有一名“本人”（职工）", en: "Only one member can be “the worker”" },
  two_spouses: { zh: "只能有一名配偶", en: "Only one member can be the husband or wife" },
  same_person_twice: {
    zh: "同一个身份证号填了两次",
    en: "One ID number was typed for two members",
  },
  too_many_members: {
    zh: `最多${membersMax}名成员`,
    en: `At most ${membersMax} members`,
  },
};

/** Members' birth dates, numbers and names as those see them who may not see facts. */
export const hidden = "***";
