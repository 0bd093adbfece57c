import { expect, test } from "vitest";
import { renderMail, type MailContent } from "#shared/web/mails/frame.ts";

const content: MailContent = {
  id: "test/1",
  to: "worker@example.org",
  locale: "zh-CN",
  subject: { zh: "主题", en: "Subject" },
  paragraphs: [{ zh: '甲 < 乙 & "丙" <script>alert(1)</script>', en: "a" }],
  link: { href: "https://relief.example.org/status?a=1&b=2", label: { zh: "查看", en: "See" } },
  reference: "SN4K7P2QX9AB",
};

test("what stands in a mail is text: markup in it is shown and never acted on", () => {
  const { text, html } = renderMail(content);

  expect(text).toContain('甲 < 乙 & "丙" <script>alert(1)</script>');
  expect(html).toContain("甲 &lt; 乙 &amp; &quot;丙&quot; &lt;script&gt;");
  expect(html).not.toContain("<script");
  expect(html).toContain('href="https://relief.example.org/status?a=1&amp;b=2"');
  expect(text).toContain("https://relief.example.org/status?a=1&b=2");
});

test("a mail without link and reference has neither", () => {
  const { link: _link, ...rest } = content;
  const { text, html } = renderMail({ ...rest, reference: null });

  expect(html).not.toContain("href");
  expect(text).not.toContain("受理编号");
});

test.each(["javascript:alert(1)", "/status", 'https://a.example/"onclick="x', "https://a b"])(
  "a mail doesn't link to %s",
  (href) => {
    expect(() => renderMail({ ...content, link: { href, label: content.subject } })).toThrow(
      "links to pages",
    );
  },
);
