/** Wording that several pages share. A word that one page alone needs stands on that page. */
import type { EventType, Status } from "#shared/domain/application.ts";
import type { Field, FieldKind, FieldProblem } from "#shared/domain/form.ts";
import type { Line } from "#shared/domain/organisation.ts";
import type { Locale, Text } from "#shared/kernel/text.ts";

type Asked = Pick<Field<unknown>, "label" | "kind" | "maxLength" | "range" | "cards">;

const bare = (label: string): string => label.replace(/[（(](?:选填|optional)[)）]/iu, "").trim();

/** What is asked for, as part of a sentence. */
const named = (field: Asked): Text => ({
  zh: `“${bare(field.label.zh)}”`,
  en: `“${bare(field.label.en)}”`,
});

const chosen: readonly FieldKind[] = ["choice", "yes_no", "unit"];

const problemSentences: Readonly<Record<FieldProblem, (field: Asked) => Text>> = {
  required: (field) => {
    const { zh, en } = named(field);
    return chosen.includes(field.kind)
      ? { zh: `请选择${zh}`, en: `Choose an answer to ${en}` }
      : { zh: `请填写${zh}`, en: `Fill in ${en}` };
  },
  too_long: (field) => ({
    zh: `${named(field).zh}太长了，最多${field.maxLength}个字，请缩短`,
    en: `${named(field).en} is too long: shorten it to at most ${field.maxLength} characters`,
  }),
  not_an_amount: (field) => ({
    zh: `${named(field).zh}请填金额：只用数字，最多两位小数，不要逗号和“元”，例如 54000 或 1409.50`,
    en: `${named(field).en}: type the amount in digits only, with at most two decimals and no commas, such as 54000 or 1409.50`,
  }),
  not_a_count: (field) => ({
    zh: `${named(field).zh}请填整数，只用数字，例如 3`,
    en: `${named(field).en}: type a whole number in digits, such as 3`,
  }),
  out_of_range: (field) => ({
    zh: field.range
      ? `${named(field).zh}应在${field.range.min}到${field.range.max}之间，请检查`
      : `${named(field).zh}超出范围，请检查`,
    en: field.range
      ? `${named(field).en} must be from ${field.range.min} to ${field.range.max}: check the number`
      : `${named(field).en} is out of range: check the number`,
  }),
  not_a_date: (field) => ({
    zh: `${named(field).zh}请按“年-月-日”填写真实的日期，例如 2026-07-01`,
    en: `${named(field).en}: type a real day as year-month-day, such as 2026-07-01`,
  }),
  not_an_id_number: (field) => ({
    zh: `${named(field).zh}不对：应为18位，最后一位可以是 X，请对照身份证逐位检查`,
    en: `${named(field).en} is not right: it has 18 characters, the last may be X. Check it against the ID card digit by digit`,
  }),
  not_a_bank_card: (field) => ({
    zh: `${named(field).zh}不对：应为16到19位数字，请对照银行卡逐位检查`,
    en: `${named(field).en} is not right: it has 16 to 19 digits. Check it against the card digit by digit`,
  }),
  not_a_phone: (field) => ({
    zh: `${named(field).zh}请填11位手机号，或带区号的固定电话`,
    en: `${named(field).en}: type a mobile number of 11 digits, or a landline with its area code`,
  }),
  not_an_email: (field) => ({
    zh: `${named(field).zh}格式不对，例如 name@example.com；没有可以不填`,
    en: `${named(field).en} is not an e-mail address such as name@example.com; leave it empty if you have none`,
  }),
  not_an_option: (field) => ({
    zh: `${named(field).zh}请从列出的选项中选一个`,
    en: `${named(field).en}: choose one of the answers listed`,
  }),
  not_allowed_characters: (field) => ({
    zh: `${named(field).zh}里有换行或看不见的字符，请删掉后重新填写`,
    en: `${named(field).en} holds line breaks or invisible characters: delete them and type it again`,
  }),
  must_agree: (field) => ({
    zh: `需要您勾选${named(field).zh}才能办理`,
    en: `Tick ${named(field).en}: the case cannot be handled without it`,
  }),
  card_to_mend: (field) => ({
    zh: `${named(field).zh}有一张没有填对，请改正标出的地方`,
    en: `One card of ${named(field).en} needs mending where it is marked`,
  }),
  too_many_people: (field) => ({
    zh: `${named(field).zh}最多填${field.cards?.max ?? 0}人`,
    en: `${named(field).en}: at most ${field.cards?.max ?? 0} people`,
  }),
  too_few_people: (field) => ({
    zh: `${named(field).zh}还没有填全：除申请人以外，家里每个人填一张；人数填错了的，请改家庭人数`,
    en: `${named(field).en}: somebody is still missing. One card for everybody but the applicant; if the number of people was wrong, change that`,
  }),
  more_than_household: (field) => ({
    zh: `${named(field).zh}比家庭人数多：不要填申请人自己；多出来的请删除，或改家庭人数`,
    en: `${named(field).en}: more cards than people in the household. Leave out the applicant, take cards away, or change the number of people`,
  }),
  same_person_twice: (field) => ({
    zh: `${named(field).zh}里有人填了两次，或与申请人的身份证号相同，请检查`,
    en: `${named(field).en} names somebody twice, or the applicant: check the ID numbers`,
  }),
  two_spouses: (field) => ({
    zh: `${named(field).zh}里只能有一位配偶，请检查“与职工关系”`,
    en: `${named(field).en} can hold one husband or wife only: check the relations`,
  }),
  more_than_household_income: (field) => ({
    zh: `${named(field).zh}的年收入加起来超过了全家收入，请核对两处的金额`,
    en: `The incomes in ${named(field).en} add up to more than the household's: check both amounts`,
  }),
};

/** What is wrong with an answer and how to mend it, naming the question. */
export const problemText = (problem: FieldProblem, field: Asked): Text =>
  problemSentences[problem](field);

export const formWords = {
  summary: { zh: "请改正以下内容", en: "Please mend the following" },
  summaryKept: {
    zh: "您填写的内容都还在，只需改正标出的地方。",
    en: "Everything you typed is still here; only what is marked needs mending.",
  },
  wrong: { zh: "有误：", en: "Wrong: " },
  choose: { zh: "请选择", en: "Choose" },
  optional: { zh: "（选填）", en: " (optional)" },
  yuan: { zh: "元", en: "yuan" },
  required: {
    zh: "没有注明“选填”的都要填写。",
    en: "Everything is asked for unless marked optional.",
  },
} as const satisfies Record<string, Text>;

export const lineNames: Readonly<Record<Line, Text>> = {
  territorial: { zh: "属地（街道、乡镇）", en: "By street or township" },
  industrial: { zh: "单位（行业）工会", en: "By employer" },
};

/** "Amount: " before its figure; Chinese has a colon of its own, without a gap. */
export const labelled = (label: Text, locale: Locale): string =>
  locale === "zh-CN" ? `${label.zh}：` : `${label.en}: `;

/** A case's state in the words of an office. */
export const statusNames: Readonly<Record<Status, Text>> = {
  draft: { zh: "未提交", en: "Not sent yet" },
  submitted: { zh: "已提交", en: "Sent" },
  in_acceptance: { zh: "受理审查中", en: "Being checked for acceptance" },
  in_verification: { zh: "入户核实中", en: "Home visit under way" },
  in_approval: { zh: "审批中", en: "Being decided" },
  needs_information: { zh: "待补正", en: "Waiting for information" },
  waiting_for_funds: { zh: "已批准，等待资金", en: "Approved, waiting for funds" },
  public_notice: { zh: "公示中", en: "Public notice" },
  objection: { zh: "异议处理中", en: "Objection being looked into" },
  reserved: { zh: "已批准，待发放", en: "Approved, to be paid" },
  batched: { zh: "发放中", en: "Being paid" },
  payment_failed: {
    zh: "发放失败，更正收款信息中",
    en: "Payment returned, card details being mended",
  },
  paid: { zh: "已发放", en: "Paid" },
  post_review: { zh: "发放后复核", en: "Review after payment" },
  recovery_due: { zh: "应退回", en: "To be paid back" },
  closed: { zh: "已办结", en: "Closed" },
  ineligible: { zh: "不符合条件", en: "Not eligible" },
  rejected: { zh: "未批准", en: "Rejected" },
  withdrawn: { zh: "已撤回", en: "Withdrawn" },
  lapsed: { zh: "逾期终止", en: "Lapsed" },
  under_appeal: { zh: "复议中", en: "Under appeal" },
};

export type Mood = "good" | "wait" | "wrong" | "plain";

/** How a state is coloured; the words say the same. */
export const statusMoods: Readonly<Record<Status, Mood>> = {
  draft: "plain",
  submitted: "plain",
  in_acceptance: "plain",
  in_verification: "plain",
  in_approval: "plain",
  needs_information: "wait",
  waiting_for_funds: "wait",
  public_notice: "plain",
  objection: "wait",
  reserved: "good",
  batched: "good",
  payment_failed: "wrong",
  paid: "good",
  post_review: "good",
  recovery_due: "wrong",
  closed: "good",
  ineligible: "wrong",
  rejected: "wrong",
  withdrawn: "plain",
  lapsed: "wrong",
  under_appeal: "wait",
};

/** What happened, as the trail tells it to applicant, approver and auditor. */
export const eventNames: Readonly<Record<EventType, Text>> = {
  submitted: { zh: "提交申请", en: "Application sent" },
  assessed: { zh: "按政策初步核算", en: "Worked out by the policy" },
  accepted: { zh: "已受理", en: "Accepted" },
  visited: { zh: "入户核实完成", en: "Home visit recorded" },
  corrected: { zh: "申请人更正", en: "Corrected by the applicant" },
  extended: { zh: "补正期限延长一次", en: "Time to send what is missing was extended once" },
  co_approved: { zh: "本级一名审批人同意", en: "One approver of this tier agreed" },
  recused: { zh: "审批人回避", en: "An approver stood aside" },
  stand_in_asked: {
    zh: "逾期未决，改由他人办理",
    en: "Not decided in time, somebody else was asked",
  },
  escalated: { zh: "逾期未决，转上一级", en: "Not decided in time, passed to the tier above" },
  advance_approved: { zh: "批准先行救助，资金已预留", en: "Advance approved, money set aside" },
  advance_paid: { zh: "先行救助金已发放", en: "Advance paid" },
  tier_approved: { zh: "本级审核通过", en: "Approved at this tier" },
  approved: { zh: "批准，资金已预留", en: "Approved, money set aside" },
  approved_without_funds: { zh: "批准，等待资金到位", en: "Approved, waiting for funds" },
  funds_reserved: { zh: "资金到位并预留", en: "Money arrived and was set aside" },
  refusal_confirmed_at_tier: { zh: "本级确认不符合条件", en: "Found not eligible at this tier" },
  refusal_confirmed: { zh: "确认不符合条件", en: "Found not eligible" },
  rejected: { zh: "未批准", en: "Rejected" },
  returned: { zh: "退回补正", en: "Returned for information" },
  information_given: { zh: "已补正", en: "Information given" },
  lapsed: { zh: "逾期终止", en: "Lapsed" },
  withdrawn: { zh: "申请人撤回", en: "Withdrawn by the applicant" },
  notice_ended: { zh: "公示结束", en: "Public notice ended" },
  objection_raised: { zh: "收到异议", en: "An objection was raised" },
  objection_dismissed: { zh: "异议不成立", en: "Objection dismissed" },
  objection_upheld: { zh: "异议成立", en: "Objection upheld" },
  batched: { zh: "列入发放批次", en: "Put into a payment batch" },
  batch_voided: { zh: "批次作废，重新待发放", en: "Batch voided, to be paid anew" },
  paid: { zh: "已发放", en: "Paid" },
  payment_failed: { zh: "银行退回", en: "Returned by the bank" },
  payment_requeued: { zh: "重新待发放", en: "To be paid anew" },
  card_mended: { zh: "已更正银行卡，待核对", en: "Card details mended, to be checked" },
  card_checked: { zh: "收款信息核对无误", en: "Card details checked" },
  card_sent_back: { zh: "收款信息退回更正", en: "Card details sent back to be mended" },
  payment_returned: {
    zh: "发放后退票，资金已冲回并重新预留",
    en: "The payment came back; the money was booked back and set aside anew",
  },
  reservation_released: { zh: "预留资金已释放", en: "Money set aside was released" },
  recovery_proposed: {
    zh: "提出追回，待第二人确认",
    en: "A claim for money back is proposed, a second person confirms",
  },
  recovery_dropped: { zh: "不予追回", en: "Not claimed back" },
  recovery_claimed: { zh: "要求退回", en: "Money claimed back" },
  recovered: { zh: "款项已退回", en: "Money was paid back" },
  write_off_proposed: {
    zh: "提出核销，待第二人确认",
    en: "Write-off proposed, a second person confirms",
  },
  appealed: { zh: "申请复议", en: "Appealed" },
  appeal_upheld: { zh: "复议成立", en: "Appeal upheld" },
  appeal_dismissed: { zh: "复议不成立", en: "Appeal dismissed" },
  closed: { zh: "办结", en: "Closed" },
};

/** Labels of buttons and links that more than one audience meets. */
export const actions = {
  apply: { zh: "开始申请", en: "Start an application" },
  continue: { zh: "保存并继续", en: "Save and continue" },
  send: { zh: "提交申请", en: "Send the application" },
  upload: { zh: "上传", en: "Upload" },
  follow: { zh: "查进度", en: "Follow a case" },
  change: { zh: "修改填写的内容", en: "Change the answers" },
  back: { zh: "返回", en: "Back" },
  leave: { zh: "退出", en: "Sign out" },
  download: { zh: "下载", en: "Download" },
  print: { zh: "打印", en: "Print" },
} as const satisfies Record<string, Text>;
