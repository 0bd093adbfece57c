import { expect, test } from "vitest";
import type { Visit } from "#shared/domain/application.ts";
import type { CaseChange } from "#shared/domain/case-change.ts";
import { choice, text } from "#shared/domain/form.ts";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { changesPart } from "#shared/web/case-changes.ts";
import { html, markupOf } from "#shared/web/html.ts";
import { paperUpload } from "#shared/web/paper-upload.ts";
import { visitFlag, visitOf, visitPart } from "#shared/web/visit-part.ts";

const visit: Visit = {
  visitedOn: localDate("2026-07-22"),
  staffIds: ["ann" as StaffId],
  others: ["王社区"],
  metWith: "本人<李>",
  findings: "住房\n属实",
  confirmed: false,
  paperNumbers: [6, 7],
};
const names = new Map([["ann", "安小满"]]);

test("a visit is shown with its visitors; whom they met and what they found only after the PIN", () => {
  const whole = markupOf(visitPart({ visit, names, locale: "zh-CN", whole: true }));
  expect(whole).toContain("安小满、王社区");
  expect(whole).toContain("本人&lt;李&gt;");
  expect(whole).toContain("住房<br />属实");
  expect(whole).toContain("6, 7");
  const masked = markupOf(visitPart({ visit, names, locale: "en", whole: false }));
  expect(masked).toContain("安小满");
  expect(masked).toContain("Not as declared");
  for (const hidden of ["王社区", "李", "住房"]) expect(masked).not.toContain(hidden);
});

test("a visit that bears nothing out is flagged, one that does is not", () => {
  expect(markupOf(visitFlag(visit, "zh-CN")!)).toContain("与申报不符");
  expect(visitFlag({ ...visit, confirmed: true }, "zh-CN")).toBeNull();
  expect(visitFlag(undefined, "zh-CN")).toBeNull();
});

test("of several visits the last one counts", () => {
  const event = (findings: string) => ({
    type: "visited" as const,
    confidential: { visit: { ...visit, findings } },
  });
  expect(visitOf([event("一"), event("二")])?.findings).toBe("二");
  expect(visitOf([])).toBeUndefined();
});

const field = (zh: string, personal: boolean) => ({
  ...text({ label: { zh, en: zh }, maxLength: 20 }),
  personal,
});
const fields = {
  phone: field("电话", true),
  cause: {
    ...choice({
      label: { zh: "致困原因", en: "Cause" },
      options: [{ value: "illness", label: { zh: "患病", en: "Illness" } }],
    }),
    personal: false,
  },
};
const changes: readonly CaseChange[] = [
  {
    at: instant("2026-07-22T01:00:00Z"),
    version: 6,
    type: "corrected",
    newPapers: 2,
    answers: [
      { name: "phone", before: "13800000000", after: "<b>" },
      { name: "cause", before: "", after: "illness" },
      { name: "gone", before: "a", after: "b" },
    ],
  },
];

test("changed answers stand before and after in the reader's words, personal ones only after the PIN", () => {
  const whole = markupOf(changesPart({ changes, fields, locale: "zh-CN", whole: true })!);
  for (const shown of ["13800000000", "&lt;b&gt;", "患病", "（未填）", "新增材料：2"]) {
    expect(whole).toContain(shown);
  }
  const masked = markupOf(changesPart({ changes, fields, locale: "zh-CN", whole: false })!);
  expect(masked).toContain("患病");
  expect(masked).not.toContain("13800000000");
  // A field that the form doesn't know must be treated as personal.
  expect(masked.match(/输入PIN后显示/gu)).toHaveLength(4);
  expect(changesPart({ changes: [], fields, locale: "en", whole: true })).toBeNull();
});

test("whoever decided before is told what changed since", () => {
  const shown = { changes, fields, locale: "zh-CN", whole: true, sinceYours: true } as const;
  expect(markupOf(changesPart(shown)!)).toContain("您上次办理后的改动");
});

test("the form for a paper puts the file last, where the store wants it", () => {
  const upload = { url: "https://store.example.org/", fields: { key: "a", policy: '"' } };
  const paper = { kind: "visit_form", title: { zh: "核实表", en: "Form" } };
  const form = markupOf(html`${paperUpload(upload, paper, "zh-CN")}`);
  expect(form).toContain('value="&quot;"');
  expect(form.indexOf('type="file"')).toBeGreaterThan(form.indexOf('name="policy"'));
});
