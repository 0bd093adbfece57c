/** The way from one case to all that waits for the same person. */
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";

/** No links of the workers' pages: an approver has come to decide. */
export const approverNavigation = [] as const;

/** From a case to all that waits for the same person; how many there are is told after deciding. */
export const queueNavigation = (locator: string) => [
  { href: paths.decideQueue(locator), label: { zh: "我的待审批", en: "Waiting for me" } },
];

/** What waits for the same person still, and where its list is. */
export interface StillWaiting {
  readonly count: number;
  readonly isCut: boolean;
  readonly href: string;
}

export const waitingText = ({ count, isCut }: StillWaiting): Text => ({
  zh: `还有${count}件${isCut ? "以上" : ""}等您审批`,
  en: `${count}${isCut ? " or more" : ""} ${count === 1 ? "case waits" : "cases wait"} for you`,
});

const nothingMore: Text = {
  zh: "没有其他等您审批的案件，可以关闭此页。",
  en: "Nothing else waits for you; you can close this page.",
};

/** After a decision: what is next, the first thing to tap. */
export const stillWaiting = (waiting: StillWaiting, locale: Locale): Html =>
  waiting.count === 0
    ? html`<p>${inLocale(nothingMore, locale)}</p>`
    : html`<p class="actions">
        <a class="button" href="${waiting.href}">${inLocale(waitingText(waiting), locale)}</a>
      </p>`;
