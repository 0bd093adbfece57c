/**
 * Pages that only time or stubbornness brings about: a season that ends while somebody fills in the form, an advance
 * that is claimed back, a code that was tried too often. They move the city's clock, so they come last.
 */
import { createVisitor, formTo, type VisitedPage } from "#infra/local/demo/visitor.ts";
import { addMinutes, instant } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { startDraft } from "./applicant.ts";
import { caseOf, until } from "./city.ts";
import { signIn } from "./desk.ts";
import type { AnsweredPage, ShownPage } from "./page-table.ts";
import type { StagedCity } from "./staged-city.ts";

/** The last minute of the season in China. */
const seasonEnd = instant("2026-08-31T16:00:00Z");

const triedTooOften = async ({ city, cases }: StagedCity): Promise<AnsweredPage> => {
  const visitor = createVisitor(city.url);
  const fields = { reference: cases.paid.applicationId, code: "AAAA-AAAA-AAAA" };
  const tryOnce = async (): Promise<VisitedPage> => {
    const page = await visitor.get(paths.status);
    return visitor.send(page, formTo(page, paths.status), fields);
  };
  let page = await tryOnce();
  for (let tries = 1; page.status === 422 && tries < 50; tries += 1) page = await tryOnce();
  return { name: "a code tried too often", visitor, page, status: 429 };
};

const seasonOverMeanwhile = async ({ city }: StagedCity): Promise<AnsweredPage> => {
  await city.clock.advanceTo(addMinutes(seasonEnd, -20));
  const { visitor, page } = await startDraft(city, "golden-autumn");
  await city.clock.advanceTo(addMinutes(seasonEnd, 1));
  const sent = await visitor.send(page, formTo(page, "/submit"));
  return { name: "a form whose season ended meanwhile", visitor, page: sent, status: 409 };
};

/** What the pages are that time has brought, each with who looks at it. */
export const laterPages = async (
  staged: StagedCity,
): Promise<{
  readonly shown: readonly ShownPage[];
  readonly answered: readonly AnsweredPage[];
}> => {
  const { city, cases } = staged;
  const answered = [await triedTooOften(staged), await seasonOverMeanwhile(staged)];
  const { advanced } = cases;
  await until("the advance is claimed back", async () => {
    return (await caseOf(city, advanced)).status === "recovery_due";
  });
  const finance = await signIn(city, "finance");
  return {
    answered,
    shown: [
      {
        name: "an advance that is claimed back",
        visitor: await staged.applicantOf(advanced),
        path: paths.case(advanced.applicationId),
        status: 200,
      },
      {
        name: "what is claimed back, at the desk",
        visitor: finance,
        path: paths.desk("recovery", advanced.applicationId),
        status: 200,
      },
      {
        name: "a programme out of season",
        visitor: createVisitor(city.url),
        path: paths.apply("golden-autumn"),
        status: 200,
      },
    ],
  };
};
