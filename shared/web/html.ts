/**
 * HTML as a type of its own. Text becomes HTML only through the html tag, which escapes it; so a name that
 * holds markup is shown as text everywhere, without anybody having to think of it.
 */

const markup: unique symbol = Symbol("markup");

/** A piece of HTML that is safe to send. Made only by `html`, `join`, `attributes` and `raw`. */
export interface Html {
  readonly [markup]: string;
}

/** What may stand in a template: text is escaped, null and false leave nothing. */
export type Fragment = Html | string | number | null | undefined | false | readonly Fragment[];

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");

const isHtml = (fragment: Fragment): fragment is Html =>
  typeof fragment === "object" && fragment !== null && markup in fragment;

const rendered = (fragment: Fragment): string => {
  if (fragment === null || fragment === undefined || fragment === false) return "";
  if (typeof fragment === "string") return escaped(fragment);
  if (typeof fragment === "number") return String(fragment);
  return isHtml(fragment) ? fragment[markup] : fragment.map(rendered).join("");
};

/**
 * Takes text as HTML without escaping it. Only for constants of this code: an entity, a doctype. Never for
 * anything that came from a person or a store.
 */
export const raw = (text: string): Html => ({ [markup]: text });

/** A template's constant parts without their indentation, made once for each template. */
const parts = new WeakMap<TemplateStringsArray, readonly string[]>();

const partsOf = (template: TemplateStringsArray): readonly string[] => {
  const known = parts.get(template);
  if (known) return known;
  const made = template.map((part) => part.replaceAll(/\n\s+/gu, "\n"));
  parts.set(template, made);
  return made;
};

/** html`<p>${typed}</p>`: HTML in which every value is escaped. Attribute values must stand in double quotes. */
export const html = (template: TemplateStringsArray, ...values: readonly Fragment[]): Html =>
  raw(
    partsOf(template)
      .map((part, index) => part + rendered(values[index]))
      .join(""),
  );

/** Several pieces one after the other. */
export const join = (fragments: readonly Fragment[]): Html => raw(fragments.map(rendered).join(""));

/**
 * Attributes of one element, each with a space before it: true gives the bare name, and false, null and
 * undefined leave it out. Names are constants of this code.
 */
export const attributes = (
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Html =>
  join(
    Object.entries(values).map(([name, value]) => {
      if (value === false || value === null || value === undefined) return null;
      return value === true ? raw(` ${name}`) : html` ${raw(name)}="${String(value)}"`;
    }),
  );

/** Text with its line breaks kept, as a person wrote it in several lines. */
export const lines = (text: string): Html =>
  join(text.split(/\r\n|\r|\n/u).map((line, index) => (index === 0 ? line : html`<br />${line}`)));

/** The characters to send. */
export const markupOf = (page: Html): string => page[markup];
