/** Words of the page of a fund's paying account. */
import type { PayingAccountFault } from "#shared/domain/paying-account.ts";
import type { Text } from "#shared/kernel/text.ts";

export const words = {
  title: { zh: "付款账户", en: "Paying account" },
  toAccount: { zh: "查看付款账户", en: "See the paying account" },
  toSet: {
    zh: "未登记，按通用格式生成银行文件",
    en: "None set: bank files come in the general form",
  },
  fund: { zh: "返回该项资金", en: "Back to the fund" },
  present: { zh: "现在的付款账户", en: "The account at present" },
  none: {
    zh: "还没有登记付款账户：银行文件按通用 CSV 生成，由财务人员自行填入银行模板。",
    en: "None is set: bank files come as the general CSV, for finance to copy into the bank's template.",
  },
  bank: { zh: "银行文件格式", en: "Form of the bank's file" },
  accountNumber: { zh: "账号", en: "Account number" },
  accountNumberHint: { zh: "只填数字，8 到 32 位", en: "Digits only, 8 to 32 of them" },
  accountName: { zh: "户名", en: "Account name" },
  accountNameHint: { zh: "与开户时一致", en: "As the bank has it" },
  bankName: { zh: "开户行", en: "Bank and branch" },
  bankNameHint: {
    zh: "例如 中国工商银行示例市分行",
    en: "With its branch, as the bank writes it",
  },
  bankCode: { zh: "联行号", en: "Bank's branch number" },
  bankCodeHint: {
    zh: "中国银行快捷代发要填 5 位联行号；ISO 20022 付款指令可填 12 位行号；其他银行不用填",
    en: "BOC's file takes its five-digit line number, an ISO 20022 order may have the twelve-digit CNAPS code; other banks need none",
  },
  fileHolds: { zh: "每个批次最多笔数", en: "Payments in a batch, at most" },
  choose: { zh: "请选择", en: "Choose" },
  change: { zh: "登记或变更", en: "Set or change it" },
  changeLead: {
    zh: "只用于以后归集的批次；已归集的批次仍按原账户付款。授权人授权前会在批次页面上看到付款账户。",
    en: "It holds for batches made from now on; a batch already made keeps its account. Whoever authorises a batch sees its account first.",
  },
  save: { zh: "保存", en: "Save" },
  history: { zh: "变更记录", en: "What changed" },
  noHistory: { zh: "没有变更记录。", en: "Nothing has changed." },
  when: { zh: "时间", en: "When" },
  who: { zh: "经手人", en: "By whom" },
} as const satisfies Record<string, Text>;

export const faultWords: Readonly<Record<PayingAccountFault, Text>> = {
  profileId: { zh: "请选择银行文件格式", en: "Choose the form of the bank's file" },
  accountNumber: {
    zh: "账号请只填数字，8 到 32 位",
    en: "Type the account number in digits only, 8 to 32 of them",
  },
  accountName: {
    zh: "请填写户名，最多 60 个字",
    en: "Type the account's name, 60 characters at most",
  },
  bankName: {
    zh: "请填写开户行，最多 60 个字：这种银行文件要写付款开户行",
    en: "Type the paying bank, 60 characters at most: this bank's file names it",
  },
  bankCode: {
    zh: "联行号请只填 3 到 14 位数字；中国银行快捷代发必须填写",
    en: "Type the branch number as 3 to 14 digits; BOC's file needs it",
  },
};
