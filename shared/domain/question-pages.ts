/** A form as pages of one small topic each, in the order in which they are asked. Pure. */
import type { Text } from "../kernel/text.ts";
import type { Answers, Fields, QuestionPage, Section } from "./form.ts";

/** A page whatever its form's own names of questions are. */
interface AnyPage {
  readonly title: Text;
  readonly why?: Text;
  readonly fields: readonly string[];
}

/** A page with its name in addresses, which is that of its first question. */
export interface NamedPage extends AnyPage {
  readonly id: string;
  readonly section: Text;
  /** May be answered after an advance (先救助后补手续). */
  readonly mayFollow: boolean;
}

const dashed = (name: string): string =>
  name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);

/** A section that is written down page by page. */
export const sectionOf = <F extends Fields>(
  section: Omit<Section<F>, "fields" | "pages"> & { readonly pages: readonly QuestionPage<F>[] },
): Section<F> => ({ ...section, fields: section.pages.flatMap(({ fields }) => fields) });

/** A section with some of its questions only; pages without any are left out. */
export const onlyAsking = <F extends Fields>(
  section: Section<F>,
  keeps: (name: keyof F & string) => boolean,
): Section<F> => {
  const pages = section.pages
    ?.map((page) => ({ ...page, fields: page.fields.filter(keeps) }))
    .filter(({ fields }) => fields.length > 0);
  return { ...section, fields: section.fields.filter(keeps), ...(pages ? { pages } : {}) };
};

/** The questions of several sections as those of one. */
export const sectionsTogether = <F extends Fields>(
  sections: readonly Section<F>[],
): Pick<Section<F>, "fields" | "pages"> => ({
  fields: sections.flatMap(({ fields }) => fields),
  pages: sections.flatMap(({ pages }) => pages ?? []),
});

/** A section whatever its form's own names of questions are. */
export interface AnySection {
  readonly title: Text;
  readonly intro?: Text;
  readonly fields: readonly string[];
  readonly pages?: readonly AnyPage[];
  readonly mayFollow?: true;
}

/** All pages of a form. A section that names none is one page under its own title. */
export const questionPages = (form: {
  readonly sections: readonly AnySection[];
}): readonly NamedPage[] =>
  form.sections.flatMap((section) => {
    const whole: AnyPage = {
      title: section.title,
      ...(section.intro ? { why: section.intro } : {}),
      fields: section.fields,
    };
    return (section.pages ?? [whole]).map((page) => ({
      ...page,
      id: dashed(page.fields[0] ?? ""),
      section: section.title,
      mayFollow: section.mayFollow === true,
    }));
  });

/** Whether each question of a page was shown and sent back, be it empty. */
export const isReached = ({ fields }: Pick<AnyPage, "fields">, answers: Answers): boolean =>
  fields.every((name) => Object.hasOwn(answers, name));
