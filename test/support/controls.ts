/** Looks into markup that is no whole page: what stands in its controls. */

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

const attributeOf = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}="([^"]*)"`, "u").exec(tag);
  return match ? unescaped(match[1] ?? "") : null;
};

/** What stands in a control of a page, as the reader sees it. */
export const typedIn = (html: string, name: string): string | null => {
  const input = new RegExp(`<input\\s[^>]*\\sname="${name}"[^>]*>`, "gu");
  const tags = [...html.matchAll(input)].map(([tag]) => tag);
  if (tags.length > 0) {
    const ticked = tags.find((tag) => /\schecked/u.test(tag));
    if (ticked) return attributeOf(ticked, "value");
    const isText = !["radio", "checkbox"].includes(attributeOf(tags[0] ?? "", "type") ?? "");
    return isText ? attributeOf(tags[0] ?? "", "value") : null;
  }
  const select = new RegExp(`<select[^>]*\\sname="${name}"[^>]*>[\\s\\S]*?</select>`, "u").exec(
    html,
  );
  const selected = /<option[^>]*\sselected[^>]*>/u.exec(select?.[0] ?? "")?.[0];
  return selected === undefined ? null : attributeOf(selected, "value");
};
