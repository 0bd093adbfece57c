import { expect, test } from "vitest";
import { localDate } from "#shared/kernel/calendar.ts";
import type { StaffId, UnitId } from "#shared/kernel/ids.ts";
import { archiveDigestMail } from "#shared/web/mails/archive-digest.ts";

const digest = {
  to: "keeper@example.org",
  locale: "zh-CN",
  staffId: "ST00000030" as StaffId,
  unitId: "chunfeng" as UnitId,
  unitName: { zh: "春风街道工会服务站", en: "Chunfeng Street Service Station" },
  on: localDate("2026-08-10"),
  counts: { expiring: 3, expired: 1, followUps: 2 },
  link: "https://relief.example.org/desk/archive",
} as const;

test("it says how many files of the office are due, and where they stand", () => {
  const mail = archiveDigestMail(digest);
  expect(mail).toMatchObject({
    id: "archive:chunfeng:2026-08-10:ST00000030",
    to: "keeper@example.org",
  });
  expect(mail.text).toContain("需要重新申报的档案 3 户；已过有效期 1 户；防困对象需要复核 2 户");
  expect(mail.text).toContain(digest.link);
});

test("it is written in the reader's language, and the same day's mail is the same mail", () => {
  const mail = archiveDigestMail({ ...digest, locale: "en" });
  expect(mail.text).toContain("3 files are about to run out");
  expect(mail.text).not.toMatch(/\p{Script=Han}/u);
  expect(archiveDigestMail(digest).id).toBe(mail.id);
});
