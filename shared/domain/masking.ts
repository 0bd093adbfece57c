/** How people appear where not everything may be seen (policy 7): 王*, 欧阳*, ****1234. */

/** Two-character family names that are still common; any other name keeps its first character only. */
const compoundSurnames = [
  "欧阳",
  "太史",
  "端木",
  "上官",
  "司马",
  "东方",
  "独孤",
  "南宫",
  "万俟",
  "闻人",
  "夏侯",
  "诸葛",
  "尉迟",
  "公羊",
  "赫连",
  "澹台",
  "皇甫",
  "宗政",
  "濮阳",
  "公冶",
  "太叔",
  "申屠",
  "公孙",
  "慕容",
  "仲孙",
  "钟离",
  "长孙",
  "宇文",
  "司徒",
  "鲜于",
  "司空",
  "闾丘",
  "子车",
  "亓官",
  "司寇",
  "令狐",
];

/**
 * The family name and one star for all the rest, so that the length tells nothing. A name that is no longer
 * than such a family name is of one character and a given name, and would else be shown whole.
 */
export const maskedName = (name: string): string => {
  const compound = compoundSurnames.find(
    (surname) => name.length > surname.length && name.startsWith(surname),
  );
  return `${compound ?? Array.from(name)[0] ?? ""}*`;
};

/** The last four digits, as banks print them. */
export const maskedCard = (cardNumber: string): string => `****${cardNumber.slice(-4)}`;
