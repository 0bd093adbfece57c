/**
 * A worker is to be done in eight minutes. Nobody stands beside one here with a watch, so the form itself is walked
 * and what it asks of a person is counted: words to read, characters to type, choices to tap, pages to wait for,
 * photos to take; each at the pace of somebody slow. A question too many shows here. It is a model, not a person.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordsOf, formTo, type VisitedPage } from "#infra/local/demo/visitor.ts";
import { asTyped } from "#infra/local/demo/applicant.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { questionPages } from "#shared/domain/question-pages.ts";
import { instant } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { programmes } from "#workflows/registry.ts";
import { beginDraft, newAnswers, programmeOf, uploadForms } from "#test/support/applicant.ts";
import { startCity } from "#test/support/city.ts";

/** Seconds, of somebody past fifty on a small screen. */
const pace = {
  /** Silent reading of Chinese: some 400 characters a minute. */
  characterRead: 1 / 7,
  /** People over fifty type some 26 words of five letters a minute on a phone (Palin and others, 2019). */
  characterTyped: 0.5,
  choice: 2,
  /** The button, and the next page over a slow network (test/bench/pages.test.ts measures 1.2 s). */
  page: 2.5,
  /** Camera, shutter, "use it", and the time it takes to send; the papers lie ready. */
  photo: 12,
} as const;

interface Effort {
  pages: number;
  charactersRead: number;
  charactersTyped: number;
  choices: number;
  photos: number;
}

const formMinutes = ({ pages, charactersRead, charactersTyped, choices }: Effort): number =>
  (pages * pace.page +
    charactersRead * pace.characterRead +
    charactersTyped * pace.characterTyped +
    choices * pace.choice) /
  60;

const photoMinutes = ({ photos }: Effort): number => (photos * pace.photo) / 60;

let city: Embedded;
beforeAll(async () => {
  city = await startCity({ meter: false });
});
afterAll(() => city.stop());

const unread = ["option", "details", "button"].map(
  (tag) => new RegExp(`<${tag}[\\s>][\\s\\S]*?</${tag}>`, "gu"),
);

/**
 * What a page says for its question. The frame around it and the buttons under it are known after the first page, of
 * a list only the choice is read, and whatever is said twice in a row is read once.
 */
const questionWords = ({ html }: VisitedPage): string => {
  const main = /<main[\s\S]*<\/main>/u.exec(html)?.[0] ?? "";
  const form = /<form[^>]*>[\s\S]*<\/form>/u.exec(main)?.[0] ?? "";
  const read = wordsOf(unread.reduce((left, pattern) => left.replaceAll(pattern, " "), form));
  return [...new Set(read.split(" "))].join("");
};

const isTyped = ({ html }: VisitedPage, name: string): boolean =>
  new RegExp(`<(?:input|textarea)[^>]* name="${name}"`, "u").test(html) &&
  !new RegExp(`<input[^>]*type="(?:radio|checkbox)"[^>]* name="${name}"`, "u").test(html);

const pagesMax = 60;

const walk = async (programmeId: string): Promise<Effort> => {
  const { form } = programmeOf(programmeId);
  const answers = asTyped(programmeOf(programmeId), newAnswers(programmeId));
  const { visitor, page: first, id } = await beginDraft(city, programmeId);
  const effort: Effort = { pages: 1, charactersRead: 0, charactersTyped: 0, choices: 0, photos: 0 };
  let page = first;
  while (page.url.includes("/questions/") && effort.pages < pagesMax) {
    const asked = questionPages(form).find((one) =>
      page.url.includes(`/questions/${one.id}`),
    )?.fields;
    const own = Object.entries(answers).filter(
      ([name, said]) =>
        said !== "" && asked?.some((field) => name === field || name.startsWith(`${field}-`)),
    );
    effort.charactersRead += questionWords(page).length;
    for (const [name, said] of own) {
      if (isTyped(page, name)) effort.charactersTyped += said.length;
      else effort.choices += 1;
    }
    page = await visitor.send(page, formTo(page, /\/questions\//u), Object.fromEntries(own));
    effort.pages += 1;
  }
  expect(page.url).toContain(paths.check(programmeId, id));
  effort.charactersRead += questionWords(page).length;
  const papers = await visitor.get(paths.papers(programmeId, id));
  effort.charactersRead += questionWords(papers).length;
  effort.photos = uploadForms(papers).length;
  effort.pages += 2;
  return effort;
};

test.each(programmes.map(({ id }) => id))(
  "%s is filled in within eight minutes, photos aside",
  async (programmeId) => {
    await city.clock.advanceTo(
      programmeId === "winter-warmth" ? instant("2026-12-20T01:00:00Z") : city.clock.now(),
    );
    const effort = await walk(programmeId);
    const [form, photos] = [formMinutes(effort), photoMinutes(effort)];
    process.stdout.write(
      `${programmeId}: ${form.toFixed(1)} min for the form, ${photos.toFixed(1)} for photos; ${JSON.stringify(effort)}\n`,
    );
    expect(effort.photos).toBeGreaterThan(0);
    expect(form).toBeLessThanOrEqual(8);
  },
);
