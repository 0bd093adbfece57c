/** What the pages of offices and people say. */
import type { StaffProblem, UnitProblem } from "#shared/domain/staffing.ts";
import type { Text } from "#shared/kernel/text.ts";

export const words = {
  title: { zh: "机构人员", en: "Offices and people" },
  offices: { zh: "机构", en: "Offices" },
  people: { zh: "人员", en: "People" },
  office: { zh: "机构", en: "Office" },
  tier: { zh: "层级", en: "Tier" },
  staffed: { zh: "在岗人员", en: "People" },
  unmanned: { zh: "缺审批人", en: "No approver" },
  name: { zh: "姓名", en: "Name" },
  email: { zh: "工作邮箱", en: "Work e-mail" },
  emailHint: {
    zh: "审批链接和登录链接发到这个邮箱",
    en: "Links to decide and to sign in go to this address",
  },
  roles: { zh: "岗位", en: "Roles" },
  rolesHint: {
    zh: "审批、经办与财务不能兼任；财务经办与授权不能兼任；经审不兼任任何岗位",
    en: "Deciding or handling excludes finance; a batch is made and authorised by two; auditors do nothing else",
  },
  locale: { zh: "邮件语言", en: "Language of mails" },
  active: { zh: "在岗", en: "In office" },
  inactive: { zh: "已停用", en: "Not in office" },
  absence: { zh: "缺勤与代理", en: "Absence and stand-in" },
  away: { zh: "缺勤中", en: "Away" },
  absenceFrom: { zh: "缺勤从", en: "Away from" },
  absenceTo: { zh: "缺勤到（含当天）", en: "Away to (that day included)" },
  absenceHint: {
    zh: "不缺勤的留空；缺勤期间不向本人发送审批",
    en: "Leave empty when not away; nothing is asked of the person in that time",
  },
  standIn: { zh: "代理人", en: "Stand-in" },
  standInHint: {
    zh: "不指定时由同级其他审批人办理",
    en: "Without one, another approver of the tier is asked",
  },
  standInMax: { zh: "代理限额（元）", en: "Stand-in decides up to (yuan)" },
  standInMaxHint: { zh: "不填为不限", en: "Empty means without limit" },
  nobody: { zh: "（不指定）", en: "(nobody)" },
  identity: { zh: "本人身份证号", en: "The person's own ID number" },
  identityHint: {
    zh: "只保存加密摘要，用于本人及家庭案件自动回避；留空则不改",
    en: "Only a keyed hash is kept, so that nobody decides their own case; empty leaves it as it is",
  },
  kin: { zh: "需回避的近亲属身份证号", en: "ID numbers of relatives" },
  kinHint: {
    zh: "一行一个，加入已登记的名单；只保存加密摘要",
    en: "One a line, added to those known; only keyed hashes are kept",
  },
  kinKnown: { zh: "已登记近亲属", en: "Relatives known" },
  kinClear: { zh: "清空已登记的近亲属", en: "Forget the relatives known" },
  save: { zh: "保存", en: "Save" },
  appoint: { zh: "新增人员", en: "Appoint somebody" },
  open: { zh: "新增机构", en: "Open an office" },
  nameZh: { zh: "名称（中文）", en: "Name in Chinese" },
  nameEn: { zh: "名称（英文）", en: "Name in English" },
  contactZh: { zh: "联系和投诉方式（选填）", en: "Contact and complaints, in Chinese (optional)" },
  contactHint: {
    zh: "地址和电话，会印在公示上，例如：示例路1号三楼，0531-12345678",
    en: "Address and phone; notices show it",
  },
  contactEn: { zh: "联系和投诉方式（英文，选填）", en: "The same in English (optional)" },
  unitId: { zh: "机构代码", en: "Code" },
  unitIdHint: {
    zh: "小写字母、数字和横线，2到32位，定后不改",
    en: "Lower-case letters, digits and hyphens, 2 to 32; it never changes",
  },
  tierAndLine: { zh: "层级与系统", en: "Tier and line" },
  tierHint: {
    zh: "决定案件的审批路径，定后不改",
    en: "Cases find their way by it; it never changes",
  },
  parent: { zh: "上级机构", en: "Office above" },
  changes: { zh: "变更记录", en: "Record of changes" },
  at: { zh: "时间", en: "Time" },
  by: { zh: "操作人", en: "By" },
  subject: { zh: "对象", en: "Of" },
  what: { zh: "内容", en: "What" },
  none: { zh: "还没有变更。", en: "Nothing was changed yet." },
} as const satisfies Record<string, Text>;

/** The field a problem is shown at, and how to mend it. */
export const staffProblemWords: Readonly<
  Record<StaffProblem, { readonly field: string; readonly says: Text }>
> = {
  name_required: { field: "name", says: { zh: "请填写姓名", en: "Type the name" } },
  name_too_long: {
    field: "name",
    says: { zh: "姓名最多40个字", en: "The name has at most 40 characters" },
  },
  not_an_email: {
    field: "email",
    says: {
      zh: "邮箱格式不对，例如 name@example.org",
      en: "Type an address like name@example.org",
    },
  },
  email_taken: {
    field: "email",
    says: {
      zh: "这个邮箱已经登记给另一人；一人一个邮箱",
      en: "This address is somebody else's; each person has one of their own",
    },
  },
  no_such_unit: { field: "unitId", says: { zh: "请选择机构", en: "Choose the office" } },
  roles_required: {
    field: "roles",
    says: { zh: "请至少勾选一个岗位", en: "Tick at least one role" },
  },
  roles_clash: {
    field: "roles",
    says: {
      zh: "勾选的岗位不能兼任，请去掉其中一个",
      en: "These roles exclude one another: take one of them away",
    },
  },
  own_roles: {
    field: "roles",
    says: {
      zh: "不能改自己的岗位，请由另一位管理员办理",
      en: "Nobody changes their own roles: another administrator must",
    },
  },
  last_administrator: {
    field: "active",
    says: {
      zh: "这是最后一位管理员，请先任命另一位",
      en: "This is the last administrator: appoint another one first",
    },
  },
  absence_not_days: {
    field: "absenceFrom",
    says: {
      zh: "缺勤的起止日期都要填，例如 2026-07-01",
      en: "Type both days of the absence, such as 2026-07-01",
    },
  },
  absence_ends_first: {
    field: "absenceTo",
    says: { zh: "缺勤结束不能早于开始", en: "The absence ends before it begins" },
  },
  stand_in_not_fit: {
    field: "standInId",
    says: {
      zh: "代理人应是另一位在岗的审批人",
      en: "The stand-in is another approver who is in office",
    },
  },
  limit_not_an_amount: {
    field: "standInMax",
    says: { zh: "限额请填金额，例如 3000", en: "Type an amount, such as 3000" },
  },
};

export const idNumberProblem = (field: string) => ({
  field,
  says: {
    zh: "身份证号不对：应为18位，请逐位检查",
    en: "An ID number has 18 characters: check it digit by digit",
  },
});

export const unitProblemWords: Readonly<
  Record<UnitProblem, { readonly field: string; readonly says: Text }>
> = {
  name_required: {
    field: "nameZh",
    says: { zh: "请填写中文和英文名称", en: "Type the name in Chinese and in English" },
  },
  name_too_long: {
    field: "nameZh",
    says: { zh: "名称太长：中文最多40字", en: "The name is too long: at most 80 characters" },
  },
  id_not_valid: {
    field: "unitId",
    says: {
      zh: "机构代码用小写字母开头，只含小写字母、数字和横线",
      en: "The code begins with a letter and has lower-case letters, digits and hyphens only",
    },
  },
  id_taken: {
    field: "unitId",
    says: { zh: "这个机构代码已经有了", en: "There is an office of this code" },
  },
  parent_not_above: {
    field: "parentId",
    says: {
      zh: "上级机构应在同一系统、正好高一层",
      en: "The office above is on the same line and exactly one tier higher",
    },
  },
  would_move_cases: {
    field: "tierAndLine",
    says: { zh: "层级和系统不能改", en: "Tier and line can't be changed" },
  },
};
