/**
 * Every field of every form, empty, too long, wrong and hostile: what a page that refuses it must still have. Over
 * HTTP, since it is about what the server answers.
 */
import type { PageForm, VisitedPage } from "#infra/local/demo/visitor.ts";
import type { Target } from "./page-looks.ts";

const typings: Readonly<Record<string, string>> = {
  empty: "",
  "too long": "长".repeat(9_000),
  wrong: "？-1e99",
  hostile: `"><script>alert(1)</script>'&`,
};

/** What is never shown again, whoever typed it. */
const isSecret = (name: string): boolean => /^(?:pin|again|code|passphrase|_token)$/u.test(name);

const escaped = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");

/** Names of the fields that somebody types into, of one form on a page. */
const typedFields = (html: string, form: PageForm): readonly string[] =>
  form.fields
    .map(([name]) => name)
    .filter((name) => {
      const tag = new RegExp(`<(?:input|textarea)\\b[^>]*\\sname="${name}"[^>]*>`, "u").exec(html);
      return tag !== null && !/type="(?:hidden|radio|checkbox|submit)"/u.test(tag[0]);
    });

/** A line of a summary may be about a whole part of the form; then there is no one field to say it at. */
const isControl = (html: string, id: string): boolean =>
  new RegExp(`<(?:input|select|textarea)\\b[^>]*\\sid="${id}"`, "u").test(html);

/** What a page of 422 lacks of what its reader needs to go on. */
const lacking = (page: VisitedPage, typed: Readonly<Record<string, string>>): readonly string[] => {
  const summary = /<div class="summary"[\s\S]*?<\/div>/u.exec(page.html)?.[0] ?? "";
  const links = [...summary.matchAll(/href="#(?<id>[^"]+)"/gu)].map(
    ({ groups }) => groups?.["id"] ?? "",
  );
  const lost = Object.entries(typed).filter(
    ([name, value]) => !isSecret(name) && !page.html.includes(escaped(value.trim())),
  );
  return [
    ...(links.length === 0 ? ["no summary that links to the field"] : []),
    ...links.filter((id) => !page.html.includes(`id="${id}"`)).map((id) => `no #${id}`),
    ...links
      .filter((id) => isControl(page.html, id) && !/class="problem"/u.test(page.html))
      .map((id) => `no words at #${id}`),
    ...(page.html.includes("<title>有错误") ? [] : ["the title doesn't say so"]),
    ...lost.map(([name]) => `${name} is lost`),
  ];
};

const answered = (
  page: VisitedPage,
  typed: Readonly<Record<string, string>>,
): readonly string[] => [
  ...(page.status >= 500 ? [`status ${page.status}`] : []),
  ...(page.html.includes("<script>alert") ? ["the sender's markup"] : []),
  ...(page.status === 422 ? lacking(page, typed) : []),
];

/** Sends each typing in each field of the forms on a page, everything else as it stands. */
export const fuzzForms = async (
  { visitor, path }: Pick<Target, "visitor" | "path">,
  known: Set<string>,
): Promise<{ readonly refused: number; readonly findings: readonly string[] }> => {
  const findings: string[] = [];
  let refused = 0;
  const page = await visitor.get(path);
  for (const form of page.forms.filter(
    ({ method, multipart }) => method === "post" && !multipart,
  )) {
    const kind = form.action.replaceAll(/[0-9A-Z]{6,}[\w.-]*/gu, ":");
    if (known.has(kind)) continue;
    known.add(kind);
    for (const name of typedFields(page.html, form)) {
      for (const [how, value] of Object.entries(typings)) {
        const answer = await visitor.send(page, form, { [name]: value });
        if (answer.status === 422) refused += 1;
        const typed = how === "too long" ? {} : { [name]: value };
        findings.push(...answered(answer, typed).map((one) => `${kind} ${name} ${how}: ${one}`));
      }
    }
  }
  return { refused, findings };
};
