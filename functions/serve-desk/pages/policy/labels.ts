/** What the figures of a policy file are called: by each part of their place in the file. */
import { fundTitles } from "#shared/domain/fund.ts";
import { tierTitles } from "#shared/domain/organisation.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";

/** A programme's own words are known here as far as they are; any other stands as the file has it. */
const labels: Readonly<Record<string, Text>> = {
  ...fundTitles,
  station: tierTitles.station,
  district: tierTitles.district,
  grass_roots: tierTitles.grass_roots,
  bureau: tierTitles.bureau,
  city: tierTitles.city,
  monthlyYuan: { zh: "低保标准 L（元/人/月）", en: "L, yuan a person and month" },
  confirmedYears: { zh: "已确认的年度", en: "Confirmed years" },
  incomeLookbackMonths: { zh: "收入核算月数", en: "Months of income counted" },
  deepFactor: { zh: "深度困难线（年，L 的倍数）", en: "Severe hardship, L a year" },
  relativeFactor: { zh: "相对困难线（年，L 的倍数）", en: "Relative hardship, L a year" },
  accidentLossPercent: { zh: "意外致困：损失占收入（%）", en: "Sudden event: loss of income, %" },
  temporaryFactor: { zh: "临时困难线（年，L 的倍数）", en: "Temporary hardship, L a year" },
  employmentMonthsFiled: { zh: "工作月数（建档类）", en: "Months of work, with a file" },
  employmentMonthsEmergency: { zh: "工作月数（应急）", en: "Months of work, emergencies" },
  membershipRequired: { zh: "须为会员", en: "Membership required" },
  homesMax: { zh: "住房套数上限", en: "Homes at most" },
  highFeeSchoolFactor: { zh: "高收费学校倍数", en: "High-fee school, times" },
  financialAssetsFlagFactor: { zh: "金融资产提示线（L 的倍数）", en: "Assets flag, L a head" },
  householdAnnualCapYuan: { zh: "家庭年度总额上限（元）", en: "Household cap a year, yuan" },
  sameCauseOffset: { zh: "同一原因抵扣", en: "Same cause set off" },
  archiveValidMonths: { zh: "档案有效月数", en: "Months a file is valid" },
  archiveExitMonths: { zh: "退出观察月数", en: "Months to leave the archive" },
  fraudBarMonths: { zh: "骗取救助禁申月数", en: "Months barred for fraud" },
  route: { zh: "审批路线", en: "Route" },
  districtFinalMaxYuan: { zh: "区县（产业）终审上限（元）", en: "District decides up to, yuan" },
  collectiveAboveYuan: { zh: "集体研究线（元，超过）", en: "Meeting above, yuan" },
  ladders: { zh: "层级", en: "Tiers" },
  territorial: { zh: "属地条线", en: "Territorial line" },
  industrial: { zh: "产业条线", en: "Industrial line" },
  approversNeeded: { zh: "每级需同意人数", en: "Approvals needed" },
  flowClock: { zh: "办理时限（工作日）", en: "Time limits, working days" },
  acceptance: { zh: "受理审查", en: "Acceptance check" },
  supplement: { zh: "补正材料", en: "Papers to be sent" },
  visitAndInitialReview: { zh: "入户和初审", en: "Visit and initial review" },
  grassRootsNotice: { zh: "基层公示", en: "Grass-roots notice" },
  review: { zh: "复审", en: "Review" },
  districtDecision: { zh: "区县（产业）决定", en: "District decision" },
  cityDecision: { zh: "市级决定", en: "City decision" },
  finalNotice: { zh: "终审公示", en: "Final notice" },
  objectionAnswer: { zh: "异议答复", en: "Objection answered" },
  payment: { zh: "发放", en: "Payment" },
  failedPaymentRepair: { zh: "退票更正", en: "Failed payment mended" },
  appealWithin: { zh: "申诉期限", en: "Appeal within" },
  appealAnswer: { zh: "申诉答复", en: "Appeal answered" },
  reminderBefore: { zh: "提前提醒", en: "Reminder before" },
  standIn: { zh: "代办期限", en: "Stand-in's time" },
  supplementExtensionsMax: { zh: "补正延期次数", en: "Extensions at most" },
  visitorsMin: { zh: "入户人数", en: "Visitors at least" },
  secondLook: { zh: "抽查比例（%）", en: "Second look, %" },
  approvedPercent: { zh: "批准的", en: "Of approvals" },
  refusedPercent: { zh: "不批准的", en: "Of refusals" },
  reportClock: { zh: "报表时限", en: "Reports" },
  monthlyLedgerDay: { zh: "月度台账（次月几日）", en: "Monthly ledger, day" },
  campaignDaysAfterClose: { zh: "专项报告（结束后天数）", en: "Campaign report, days" },
  annualAuditPackBy: { zh: "年度经审资料（月日）", en: "Annual audit pack by" },
  retention: { zh: "保存年限", en: "Records kept, years" },
  voucherYears: { zh: "凭证", en: "Vouchers" },
  bankStatementYears: { zh: "银行对账单", en: "Bank statements" },
  refusedAttachmentYears: { zh: "未批准的附件", en: "Papers of refusals" },
  refusedRecordYears: { zh: "未批准的记录", en: "Records of refusals" },
  impactAssessmentYears: { zh: "影响评估", en: "Impact assessments" },
  cashException: { zh: "现金发放例外", en: "Cash exception" },
  witnessesMin: { zh: "见证人数", en: "Witnesses" },
  needsReason: { zh: "需说明理由", en: "Reason needed" },
  needsSignedReceipt: { zh: "需签收", en: "Signed receipt needed" },
  fundLimits: { zh: "资金限额（元）", en: "Limits of funds, yuan" },
  perAwardMaxYuan: { zh: "每次", en: "One award" },
  perPersonYearMaxYuan: { zh: "每人每年", en: "A person and year" },
  calendar: { zh: "节假日补充", en: "Calendar additions" },
  holidays: { zh: "放假", en: "Days off" },
  makeUpWorkingDays: { zh: "补班", en: "Make-up working days" },
  papers: { zh: "材料清单", en: "Papers" },
  commonPapersRequired: { zh: "当场必交的共同材料", en: "Common papers required at once" },
  allocation: { zh: "资金不足时的分配", en: "Sharing a short pot" },
  method: { zh: "办法", en: "Method" },
  quotas: { zh: "名额", en: "Places" },
  window: { zh: "受理期间（月日）", en: "Season" },
  opens: { zh: "开始", en: "Opens" },
  closes: { zh: "截止", en: "Closes" },
  supplementsTo: { zh: "补材料截止（月日）", en: "Papers taken to" },
  payBy: { zh: "发放截止（月日）", en: "Paid by" },
  deliverFrom: { zh: "发放开始（月日）", en: "Delivery from" },
  stageOf: { zh: "学段归类", en: "Stages" },
  higher: { zh: "高等教育", en: "Higher education" },
  secondary: { zh: "高中阶段", en: "Senior secondary" },
  filedYuan: { zh: "建档家庭（元）", en: "With a file, yuan" },
  temporaryYuan: { zh: "临时困难（元）", en: "Temporary hardship, yuan" },
  awardsPerStudentYearMax: { zh: "每名学生每年次数", en: "Awards a student and year" },
  awardsPerPatientYearMax: { zh: "每名患者每年次数", en: "Awards a patient and year" },
  awardsPerHouseholdWinterMax: { zh: "每户每冬次数", en: "Awards a household and winter" },
  usesOfAnInvoiceMax: { zh: "每张发票使用次数", en: "Uses of an invoice" },
  kind: { zh: "形式", en: "Kind" },
  aboveYuan: { zh: "超过（元）", en: "Above, yuan" },
  percent: { zh: "比例（%）", en: "Rate, %" },
  capLivingStandards: { zh: "上限（L 的月数）", en: "Cap, months of L" },
  excludedStudies: { zh: "不资助的招生类型", en: "Studies not helped" },
  otherGrantExcludes: { zh: "已获其他资助的不再资助", en: "Another grant excludes" },
  filedFunds: { zh: "建档类资金顺序", en: "Funds, with a file" },
  temporaryFunds: { zh: "临时类资金顺序", en: "Funds, temporary" },
  funds: { zh: "资金顺序", en: "Funds" },
  amountYuan: { zh: "金额（元）", en: "Amount, yuan" },
  DEEP: { zh: "深度困难", en: "Severe" },
  RELATIVE: { zh: "相对困难", en: "Relative" },
  ACCIDENT: { zh: "意外致困", en: "Sudden event" },
  TEMPORARY: { zh: "临时困难", en: "Temporary" },
  modelWorkerSupplementYuan: { zh: "困难劳模增加（元）", en: "Model worker, yuan more" },
  condolenceList: { zh: "慰问品", en: "Goods" },
  perPersonMaxYuan: { zh: "每人上限（元）", en: "A person at most, yuan" },
  lookbackMonths: { zh: "费用核算月数", en: "Months of bills" },
  filed: { zh: "建档类", en: "With a file" },
  temporary: { zh: "临时类", en: "Temporary" },
  bands: { zh: "分段比例", en: "Bands" },
  capYuan: { zh: "上限（元）", en: "Cap, yuan" },
  minimumYuan: { zh: "最低救助额（元）", en: "Minimum, yuan" },
  level1: { zh: "一级", en: "Level 1" },
  level2: { zh: "二级", en: "Level 2" },
  level3: { zh: "三级", en: "Level 3" },
  netLossMinYuan: { zh: "净损失起点（元）", en: "Net loss from, yuan" },
  eventKinds: { zh: "事件类型", en: "Events" },
  injuryGrades: { zh: "伤残等级", en: "Injury grades" },
  homeUninhabitable: { zh: "住房不能居住", en: "Uninhabitable home" },
  applyWithinDays: { zh: "事发后申请天数", en: "Days to apply" },
  awardsPerYearMax: { zh: "每年次数", en: "Awards a year" },
  householdYearCapYuan: { zh: "每户每年上限（元）", en: "Household cap a year, yuan" },
  advance: { zh: "先行发放", en: "Advance" },
  maxYuan: { zh: "最高（元）", en: "At most, yuan" },
  livingStandardsMax: { zh: "最高（L 的月数）", en: "At most, months of L" },
  hoursMax: { zh: "小时内", en: "Within hours" },
  visitWorkingDays: { zh: "入户（工作日）", en: "Visit, working days" },
  fullPapersWorkingDays: { zh: "补齐材料（工作日）", en: "Full papers, working days" },
  papersAtOnce: { zh: "先行发放前必交的材料", en: "Papers before the advance" },
};

/** "审批路线 · 集体研究线（元，超过）" for "route.collectiveAboveYuan". */
export const figureLabel = (name: string, locale: Locale): string =>
  name
    .split(".")
    .map((part) => {
      const label = Object.hasOwn(labels, part) ? labels[part] : undefined;
      return label ? inLocale(label, locale) : part;
    })
    .join(" · ");

/** Values that people know by another name than the file's. */
const valueNames: Readonly<Record<string, Text>> = {
  ...fundTitles,
  ...tierTitles,
  true: { zh: "是", en: "yes" },
  false: { zh: "否", en: "no" },
  higher: { zh: "高等教育", en: "higher education" },
  secondary: { zh: "高中阶段", en: "senior secondary" },
  goods: { zh: "实物", en: "goods" },
  first_come: { zh: "先到先得", en: "first come, first served" },
  need_ranked: { zh: "按困难程度排序", en: "by need" },
  quota: { zh: "按单位名额", en: "by each office's places" },
  pro_rata: { zh: "按比例分摊", en: "pro rata" },
};

const valueName = (value: string, locale: Locale): string => {
  const name = Object.hasOwn(valueNames, value) ? valueNames[value] : undefined;
  return name ? inLocale(name, locale) : value;
};

/** One thing of a list: a tier or fund by its title, a paper by its own, a band by its figures. */
const itemWords = (item: unknown, locale: Locale): string => {
  if (typeof item !== "object" || item === null) return valueName(String(item), locale);
  if ("title" in item) return inLocale(item.title as Text, locale);
  return Object.entries(item)
    .map(([name, value]) => `${figureLabel(name, locale)} ${String(value)}`)
    .join(" ");
};

const unlimited: Text = { zh: "不限", en: "no limit" };
const asListed: Text = { zh: "按共同材料清单", en: "as the common list has it" };
const nothing: Text = { zh: "无", en: "none" };

/** A figure's value as people read it. */
export const figureValue = (name: string, value: string | null, locale: Locale): string => {
  if (value === null) return "–";
  if (value === "null") {
    return inLocale(name.endsWith("commonPapersRequired") ? asListed : unlimited, locale);
  }
  if (!value.startsWith("[")) return valueName(value, locale);
  const items = (JSON.parse(value) as readonly unknown[]).map((item) => itemWords(item, locale));
  return items.length === 0 ? inLocale(nothing, locale) : items.join(locale === "en" ? ", " : "、");
};
