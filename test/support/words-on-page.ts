/** Which words of a page are in the other language: what is left when people's own words are taken away. */
import type { Page } from "playwright-core";
import { typedAtStage, type StagedCity } from "./staged-city.ts";

const han = /\p{Script=Han}/u;

/** A name as public notices show it, an amount in capitals, and a language's name in itself. */
const everywhere =
  /\p{Script=Han}{1,2}\*+|人民币[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整]+|中文|演示数据/gu;

/** Everything that people typed or are called, longest first: it stands on pages as it is in either language. */
export const dataOf = async ({ city, cases, draft }: StagedCity): Promise<readonly string[]> => {
  const { directory, cases: store } = city.dependencies;
  const { staff } = await directory.organisation();
  const answers = await Promise.all(
    [...Object.values(cases).map(({ applicationId }) => applicationId), draft.id].map(
      async (id) => {
        const application = await store.get(id);
        return application ? await store.answers(application) : null;
      },
    ),
  );
  const words = [staff.map(({ name }) => name), answers, typedAtStage].flatMap(
    (source) => JSON.stringify(source).match(/[^"\\]*\p{Script=Han}[^"\\]*/gu) ?? [],
  );
  return [...new Set(words)].toSorted((one, other) => other.length - one.length);
};

/** The texts of a page that people read or hear, outside what is marked as another language. */
const textsOf = (page: Page, language: string): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const foreign = (element) => {
      const marked = element.closest("[lang]");
      return marked !== null && marked.getAttribute("lang") !== ${JSON.stringify(language)};
    };
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
      if (!element || foreign(element) || element.closest("code, .code")) continue;
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
      else for (const name of ["aria-label", "alt", "title", "placeholder"]) {
        const value = element.getAttribute(name);
        if (value) texts.push(value);
      }
    }
    return texts.map((text) => text.replace(/\\s+/gu, " ").trim()).filter(Boolean);
  })()`);

/** Chinese left on an English page. */
export const chineseLeft = async (
  page: Page,
  data: readonly string[],
): Promise<readonly string[]> => {
  const texts = await textsOf(page, "en");
  return texts
    .map((text) => data.reduce((left, own) => left.replaceAll(own, ""), text))
    .map((text) => text.replaceAll(everywhere, ""))
    .filter((text) => han.test(text));
};

/** Three English words in a row on a Chinese page. */
export const englishLeft = async (page: Page): Promise<readonly string[]> => {
  const texts = await textsOf(page, "zh-CN");
  return texts.filter((text) => /\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b/u.test(text));
};
