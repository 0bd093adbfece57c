import { expect, test } from "vitest";
import { letterOf, sheetHead, textCellOf, workbookRelations } from "#shared/exports/xlsx-parts.ts";

test("columns are lettered as spreadsheets do", () => {
  expect([1, 26, 27, 52, 53, 702, 703].map(letterOf)).toEqual([
    "A",
    "Z",
    "AA",
    "AZ",
    "BA",
    "ZZ",
    "AAA",
  ]);
});

test("a cell holds what Excel takes, and text that Excel would read as an escape stays as it is", () => {
  expect(textCellOf("A1", "_x0041_")).toContain("_x005F_x0041_");
  expect(textCellOf("A1", "a\u0000b")).toContain("<t>ab</t>");
  expect(textCellOf("A1", " a")).toContain('xml:space="preserve"');
  const cut = textCellOf("A1", `${"甲".repeat(32_766)}😀`);
  expect(cut).toContain(`${"甲".repeat(10)}</t>`);
  expect(textCellOf("A1", "")).toBe("");
});

test("a sheet's head names its columns, and the workbook its sheets and its styles", () => {
  expect(sheetHead([{ title: "金额<元>", kind: "amount" }])).toContain("金额&lt;元&gt;");
  expect(workbookRelations(2)).toContain('Id="rId3"');
});
