import { expect, test } from "vitest";
import { instant, localDate } from "#shared/kernel/calendar.ts";
import type { StaffId } from "#shared/kernel/ids.ts";
import { yuan } from "#shared/kernel/money.ts";
import { approverDigestMail, type ApproverDigest } from "#shared/web/mails/approver-digest.ts";

const digest: ApproverDigest = {
  to: "approver@example.org",
  locale: "zh-CN",
  staffId: "ST8GHJKMNP" as StaffId,
  on: localDate("2026-07-21"),
  count: 4,
  amountFen: yuan(19_000),
  shares: [
    { title: { zh: "金秋助学", en: "Golden Autumn" }, count: 3, amountFen: yuan(15_000) },
    { title: { zh: "大病救助", en: "Critical illness" }, count: 1, amountFen: yuan(4_000) },
  ],
  dueSoon: 2,
  nearestEnd: instant("2026-07-22T16:00:00Z"),
  link: "https://relief.example.org/decide/queue/3vQ",
};

test("counts, sums by programme, what is due and the list's link, in the reader's language", () => {
  const { subject, text, id } = approverDigestMail(digest);
  expect(subject).toBe("今日待审批 4 件");
  expect(text).toContain("金秋助学：3 件，15,000.00 元");
  expect(text).toContain("大病救助：1 件，4,000.00 元");
  expect(text).toContain("其中 2 件即将到期，最近的期限是2026年7月22日");
  expect(text).toContain(digest.link);
  expect(id).toBe("approval-digest:ST8GHJKMNP:2026-07-21");

  const english = approverDigestMail({ ...digest, locale: "en", dueSoon: 0 });
  expect(english.subject).toBe("4 cases wait for your decision");
  expect(english.text).toContain("Golden Autumn: 3, CNY 15,000.00");
  expect(english.text).toContain("The first is due on 22 July 2026");
});

test("no case's reference stands in it: it is of no single case", () => {
  expect(approverDigestMail(digest).text).not.toMatch(/SN[0-9A-Z]{10}|受理编号/u);
});
