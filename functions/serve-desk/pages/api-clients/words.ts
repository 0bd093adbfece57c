import {
  callsPerMinuteMax,
  clientNameMax,
  type ApiClientProblem,
} from "#shared/domain/api-client.ts";
import type { Text } from "#shared/kernel/text.ts";

export const words = {
  title: { zh: "接口客户端", en: "API clients" },
  lead: {
    zh: "其他系统（例如城市服务App）凭密钥通过接口办理申请。每个系统一把密钥，可以随时停用。",
    en: "Other systems, a city's own app say, apply through the API with a key. Each has its own, which can be revoked at any time.",
  },
  reference: { zh: "接口说明", en: "How the API works" },
  add: { zh: "新增客户端", en: "Add a client" },
  none: { zh: "还没有接口客户端。", en: "There is no API client yet." },
  name: { zh: "名称", en: "Name" },
  nameHint: {
    zh: "哪个系统、由谁管理，例如“示例市民App（市大数据局）”",
    en: "Which system, and who runs it, such as “City app (data office)”",
  },
  scopes: { zh: "可以做什么", en: "What it may do" },
  scopesHint: {
    zh: "只勾选需要的。读取和办理具体案件，另外还要有该案件的查询码。",
    en: "Tick only what it needs. To read or move a case it needs that case's access code as well.",
  },
  calls: { zh: "每分钟最多调用次数", en: "Calls a minute at most" },
  callsHint: { zh: "例如 600", en: "Such as 600" },
  state: { zh: "状态", en: "State" },
  inForce: { zh: "使用中", en: "In use" },
  revoked: { zh: "已停用", en: "Revoked" },
  id: { zh: "编号", en: "Number" },
  created: { zh: "新增时间", en: "Added" },
  revokedAt: { zh: "停用时间", en: "Revoked at" },
  make: { zh: "生成密钥", en: "Make the key" },
  key: { zh: "密钥（只显示这一次）", en: "The key, shown this once only" },
  keyNext: {
    zh: "请马上复制并交给对方保管，不要用邮件或聊天软件发送。离开本页后不再显示；丢失了请停用，另外生成。",
    en: "Copy it now and hand it over safely, not by mail or chat. It is not shown again; if it gets lost, revoke it and make another.",
  },
  revoke: { zh: "停用这把密钥", en: "Revoke this key" },
  revokeMeans: {
    zh: "停用后立即失效，不能恢复。已经提交的申请不受影响。",
    en: "It stops working at once and for good. Applications that were sent are not touched.",
  },
  back: { zh: "返回列表", en: "Back to the list" },
} as const satisfies Record<string, Text>;

export const problemWords: Readonly<
  Record<ApiClientProblem, { readonly field: string; readonly says: Text }>
> = {
  name_required: { field: "name", says: { zh: "请填写名称", en: "Type a name" } },
  name_too_long: {
    field: "name",
    says: {
      zh: `名称最多${clientNameMax}个字`,
      en: `The name has at most ${clientNameMax} characters`,
    },
  },
  scopes_required: {
    field: "scopes",
    says: { zh: "请至少勾选一项", en: "Tick at least one of them" },
  },
  calls_not_a_count: {
    field: "callsPerMinute",
    says: {
      zh: `请填1到${callsPerMinuteMax}之间的整数`,
      en: `Type a whole number from 1 to ${callsPerMinuteMax}`,
    },
  },
};
