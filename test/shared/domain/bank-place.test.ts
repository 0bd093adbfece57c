import { expect, test } from "vitest";
import { placeOfBank } from "#shared/domain/bank-place.ts";

test.each([
  ["中国工商银行广东省广州市天河支行", "广东", "广州"],
  ["中国建设银行股份有限公司广西壮族自治区南宁市分行", "广西", "南宁"],
  ["招商银行上海市浦东支行", "上海", "上海"],
  ["中国工商银行示例市分行", "", "示例"],
  ["农业银行 新疆维吾尔自治区 乌鲁木齐市 支行", "新疆", "乌鲁木齐"],
])("%s says province %j and city %j", (bankName, province, city) => {
  expect(placeOfBank(bankName)).toEqual({ province, city });
});

test.each(["工行", "", "中国银行南京路支行", "中国银行北京路支行", "示例银行", "建设银行广东分行"])(
  "%j says no place, and none is made up",
  (bankName) => {
    expect(placeOfBank(bankName)).toEqual({ province: "", city: "" });
  },
);
