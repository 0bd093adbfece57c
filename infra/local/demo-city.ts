/**
 * 示例市, the demo city: offices on both lines, people, and funds with money in them. Everything here is made
 * up; the PIN and the TOTP secret are known to everybody and must not be used where people work for real.
 */
import { totpScope } from "#shared/casework/totp-scope.ts";
import { emptyFund, plainTerms, type FundCode } from "#shared/domain/fund.ts";
import { authoriseOrder, proposeOrder } from "#shared/casework/fund-orders.ts";
import type { Line, Role, Staff, Tier, Unit } from "#shared/domain/organisation.ts";
import type { FundId, StaffId, UnitId } from "#shared/kernel/ids.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { yuan, type Fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { openDemoFiles } from "./demo-archive.ts";

/** Every demo person's decision PIN. */
export const demoPin = "246810";
/** Every demo person's TOTP secret, Base32. */
export const demoTotpSecret = "SONGNUANDEMOSONGNUANDEMO22334455";

/** The unions' own hotline, which every city has. */
const hotline: Text = { zh: "职工热线 12351", en: "Workers' hotline 12351" };

const unit = (
  id: string,
  tier: Tier,
  line: Line | null,
  parent: string | null,
  name: Text,
): Unit => ({
  id: id as UnitId,
  name,
  tier,
  line,
  parentId: parent as UnitId | null,
  contact: hotline,
});

const city = unit("city", "city", null, null, {
  zh: "示例市总工会",
  en: "Demo City Federation of Trade Unions",
});

/** Without the city office, which is written last: it tells that all the others are there. */
const offices: readonly Unit[] = [
  unit("chengdong", "district", "territorial", "city", {
    zh: "城东区总工会",
    en: "Chengdong District Federation",
  }),
  unit("chunfeng", "station", "territorial", "chengdong", {
    zh: "春风街道工会服务站",
    en: "Chunfeng Street Service Station",
  }),
  unit("qiushi", "station", "territorial", "chengdong", {
    zh: "秋实街道工会服务站",
    en: "Qiushi Street Service Station",
  }),
  unit("chengxi", "district", "territorial", "city", {
    zh: "城西区总工会",
    en: "Chengxi District Federation",
  }),
  unit("xiahe", "station", "territorial", "chengxi", {
    zh: "夏荷街道工会服务站",
    en: "Xiahe Street Service Station",
  }),
  unit("jixie", "industrial", "industrial", "city", {
    zh: "机械冶金产业工会",
    en: "Machinery and Metallurgy Industrial Union",
  }),
  unit("gangtie", "bureau", "industrial", "jixie", {
    zh: "第一钢铁公司工会",
    en: "First Steel Company Union",
  }),
  unit("liangang", "grass_roots", "industrial", "gangtie", {
    zh: "第一钢铁公司炼钢厂工会",
    en: "First Steel Company, Steelworks Union",
  }),
  unit("zhagang", "grass_roots", "industrial", "gangtie", {
    zh: "第一钢铁公司轧钢厂工会",
    en: "First Steel Company, Rolling Mill Union",
  }),
];

interface Person {
  readonly name: string;
  readonly mailbox: string;
  readonly unit: string;
  readonly roles: readonly Role[];
}

const approvers = (unitId: string, names: readonly string[]): readonly Person[] =>
  names.map((name, index) => ({
    name,
    mailbox: `${unitId}-${index + 1}`,
    unit: unitId,
    roles: ["approver"],
  }));

/** 经办人: they accept applications and make home visits, two by two. */
const handlers = (unitId: string, names: readonly string[]): readonly Person[] =>
  names.map((name, index) => ({
    name,
    mailbox: `${unitId}-handler-${index + 1}`,
    unit: unitId,
    roles: ["handler"],
  }));

/** Two at most offices, so that one may stand in where the other must not decide; one alone in Qiushi. */
const people: readonly Person[] = [
  ...approvers("chunfeng", ["陈春生", "赵小梅"]),
  ...approvers("qiushi", ["孙秋月"]),
  ...approvers("xiahe", ["周荷香", "吴大江"]),
  ...approvers("chengdong", ["郑东升", "王海燕"]),
  ...approvers("chengxi", ["冯西平", "褚建国"]),
  ...approvers("liangang", ["卫铁山", "蒋红梅"]),
  ...approvers("zhagang", ["沈志强", "韩雪莲"]),
  ...approvers("gangtie", ["杨卫东", "朱丽华"]),
  ...approvers("jixie", ["秦长河", "尤玉兰"]),
  ...approvers("city", ["许文华", "何永安"]),
  { name: "吕清", mailbox: "finance", unit: "city", roles: ["finance_officer"] },
  { name: "施正", mailbox: "authoriser", unit: "city", roles: ["finance_authoriser"] },
  { name: "张管", mailbox: "admin", unit: "city", roles: ["administrator"] },
  { name: "孔明镜", mailbox: "auditor", unit: "city", roles: ["auditor"] },
  { name: "严复清", mailbox: "reviewer", unit: "city", roles: ["reviewer"] },
  ...handlers("chunfeng", ["柳知夏", "安小满"]),
  ...handlers("xiahe", ["范清荷", "石立夏"]),
  ...handlers("chengdong", ["贺东来", "倪白露"]),
  ...handlers("chengxi", ["汤西宁", "滕霜降"]),
  ...handlers("liangang", ["罗钢生", "毕小寒"]),
  ...handlers("zhagang", ["郝铁柱", "邬大雪"]),
  ...handlers("gangtie", ["安卫国", "常谷雨"]),
  ...handlers("jixie", ["乐江河", "于立秋"]),
  ...handlers("city", ["时文明", "傅冬至"]),
];

const grants: Readonly<Record<FundCode, number>> = {
  CENTRAL: 600_000,
  FISCAL_MATCH: 300_000,
  UNION: 400_000,
  DONATION: 100_000,
  SWN: 200_000,
};

/** What a newcomer needs to know to play every part. */
export const demoGuide: readonly string[] = [
  "演示数据（虚构）。Demo data, all made up:",
  `  审批 PIN / decision PIN   ${demoPin}`,
  `  TOTP 密钥 / secret        ${demoTotpSecret}（验证码 / code: /dev/totp）`,
  "  财务 / finance           finance@example.org, authoriser@example.org",
  "  管理、经审 / others       admin@example.org, auditor@example.org",
];

type Uses = Pick<
  Dependencies,
  "archive" | "clock" | "directory" | "fundOrders" | "funds" | "policy" | "random" | "vault"
>;

/** Money comes in as it does at the desk: one orders it, another authorises it. */
const bringIn = async (
  uses: Uses,
  toFundId: FundId,
  amountFen: Fen,
  number: number,
): Promise<void> => {
  const [maker, checker] = ["admin", "authoriser"].map(staffIdOf);
  invariant(maker && checker, "the demo city has people who order and authorise");
  const order = `O20260101-DEM00${number}`;
  const proposed = {
    kind: "income",
    voucher: "DEMO-1",
    reason: "演示资金（虚构）",
    lines: [{ fromFundId: null, toFundId, amountFen }],
    opens: [],
    formula: null,
  } as const;
  await proposeOrder(uses, proposed, { id: order, by: maker });
  const kept = await uses.fundOrders.get(order);
  if (kept?.status === "proposed") await authoriseOrder(uses, kept, checker);
};

const openFunds = async (uses: Uses): Promise<void> => {
  const { clock, funds } = uses;
  const each = Object.entries(grants) as [FundCode, number][];
  for (const [index, [code, amountYuan]] of each.entries()) {
    const id = code.toLowerCase().replaceAll("_", "-") as FundId;
    await funds.open(emptyFund(id, plainTerms(code), clock.now()));
    await bringIn(uses, id, yuan(amountYuan), index + 1);
  }
};

/** People are numbered in the order of the list. */
const staffIdAt = (index: number): StaffId => `ST${String(index + 1).padStart(8, "0")}` as StaffId;

const staffIdOf = (mailbox: string): StaffId =>
  staffIdAt(people.findIndex((person) => person.mailbox === mailbox));

const putPeople = async ({ directory, vault }: Uses): Promise<void> => {
  // One hash for all: scrypt is slow on purpose, and the PIN is no secret here.
  const pinHash = await vault.hashSecret(demoPin);
  for (const [index, person] of people.entries()) {
    const id = staffIdAt(index);
    const staff: Staff = {
      id,
      name: person.name,
      email: `${person.mailbox}@example.org`,
      unitId: person.unit as UnitId,
      roles: person.roles,
      locale: "zh-CN",
      active: true,
      kin: [],
      absence: null,
      identity: null,
      pinHash,
      pinTries: 0,
      totpSealed: await vault.seal(totpScope(id), demoTotpSecret),
    };
    await directory.putStaff(staff);
  }
};

/** Whether a store may be given the demo city: nobody else's office is there, and the city isn't whole yet. */
export const wantsDemoCity = async ({ directory }: Pick<Uses, "directory">): Promise<boolean> => {
  const ours = new Set([city, ...offices].map(({ id }) => id));
  const { units } = await directory.organisation();
  return units.every(({ id }) => ours.has(id)) && !units.some(({ id }) => id === city.id);
};

/** Writes the demo city; begun again after a crash, it changes nothing that is there already. */
export const seedDemoCity = async (dependencies: Uses): Promise<void> => {
  await openFunds(dependencies);
  await putPeople(dependencies);
  await openDemoFiles(dependencies, offices);
  for (const office of [...offices, city]) await dependencies.directory.putUnit(office);
};
