/** What the record of changes calls the things that were changed. */
import type { Text } from "#shared/kernel/text.ts";

export const fieldNames: Readonly<Record<string, Text>> = {
  appointed: { zh: "任命", en: "appointed" },
  opened: { zh: "新设机构", en: "opened" },
  name: { zh: "名称", en: "name" },
  email: { zh: "邮箱", en: "e-mail" },
  unitId: { zh: "所在机构", en: "office" },
  roles: { zh: "岗位", en: "roles" },
  locale: { zh: "语言", en: "language" },
  active: { zh: "在岗状态", en: "in office" },
  identity: { zh: "本人身份摘要", en: "own identity" },
  kin: { zh: "近亲属", en: "relatives" },
  absence: { zh: "缺勤与代理", en: "absence" },
  contact: { zh: "联系和投诉方式", en: "contact" },
  parentId: { zh: "上级机构", en: "office above" },
};
