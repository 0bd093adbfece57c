import { expect, test } from "vitest";
import { attributes, html, join, lines, markupOf, raw } from "#shared/web/html.ts";

const hostile = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `javascript:alert(1)`,
  `&lt;b&gt; & <b>`,
];

test.each(hostile)("hostile text is shown as text: %s", (typed) => {
  const shown = markupOf(html`<p title="${typed}">${typed}</p>`);

  const inside = shown.slice('<p title="'.length, -"</p>".length);
  expect(inside).not.toMatch(/[<']/u);
  expect(inside.split('"')).toHaveLength(2);
  const read = inside
    .slice(inside.indexOf('">') + 2)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
  expect(read).toBe(typed);
});

test("HTML inside HTML is not escaped again, in lists neither", () => {
  const items = ["a<b", "c"].map((item) => html`<b>${item}</b>`);

  expect(markupOf(html`<i>${items}</i>`)).toBe("<i><b>a&lt;b</b><b>c</b></i>");
  expect(markupOf(join([html`<b></b>`, "<", 3]))).toBe("<b></b>&lt;3");
});

test("null, undefined and false leave nothing, zero is shown", () => {
  expect(markupOf(html`[${null}${undefined}${false}${0}${""}]`)).toBe("[0]");
});

test("an object that merely looks like HTML can't be smuggled in as such", () => {
  const forged = JSON.parse(`{"markup":"<script>","text":"<script>"}`) as never;

  expect(() => markupOf(html`${forged}`)).toThrow();
});

test("attributes are escaped, bare when true and left out when absent", () => {
  const shown = attributes({
    value: `"><script>`,
    checked: true,
    hidden: false,
    id: null,
    cols: 3,
  });

  expect(markupOf(shown)).toBe(` value="&quot;&gt;&lt;script&gt;" checked cols="3"`);
});

test("line breaks of a person's text are kept and nothing else of it", () => {
  expect(markupOf(lines("one\r\n<two>"))).toBe("one<br />&lt;two&gt;");
});

test("only what is marked as raw passes unescaped", () => {
  expect(markupOf(html`${raw("&nbsp;")}${"&nbsp;"}`)).toBe("&nbsp;&amp;nbsp;");
});

test("a template's indentation isn't sent, what a person typed stays as it was", () => {
  const typed = "one\n      two";

  const shown = markupOf(
    html`<div>
      <p>${typed}</p>
    </div>`,
  );

  expect(shown).toBe("<div>\n<p>one\n      two</p>\n</div>");
});
