/**
 * Province and city of a payee's bank, as far as the bank's name that was typed says them. Some
 * banks' files have columns for them and the form asks for the bank only; nothing is guessed.
 */

/** Provinces by the name that banks' files want, without 省 and the like. */
const provinces = [
  ..."北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南".split(
    " ",
  ),
  ..."广东 海南 四川 贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆".split(" "),
];
const municipalities = new Set(["北京", "天津", "上海", "重庆"]);

export interface BankPlace {
  /** "广东"; empty where the name doesn't say it. */
  readonly province: string;
  /** "广州". */
  readonly city: string;
}

const bankItself = /^.*?银行(?:股份有限公司|有限责任公司|有限公司)?/u;
const provinceEnd = /^(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)/u;
const cityName = /^(?<city>[\u4E00-\u9FFF]{2,7}?)市/u;

/**
 * The place in a bank's name: 中国工商银行广东省广州市天河支行 is in 广东, 广州. A city is taken only with
 * its 市, since 南京路支行 is in no 南京.
 */
export const placeOfBank = (bankName: string): BankPlace => {
  const branch = bankName.normalize("NFKC").replaceAll(/\s/gu, "").replace(bankItself, "");
  const found = provinces.find((name) => branch.startsWith(name));
  const after = found === undefined ? branch : branch.slice(found.length);
  const isSaid = provinceEnd.test(after);
  const province = found !== undefined && isSaid ? found : "";
  if (municipalities.has(province)) return { province, city: province };
  const rest = province === "" ? branch : after.replace(provinceEnd, "");
  return { province, city: cityName.exec(rest)?.groups?.["city"] ?? "" };
};
