/**
 * What a reviewer looks at first: what was said against the case. The words of an objector or applicant may name
 * people, so they are shown after the PIN only.
 */
import type { RecordedEvent } from "#shared/domain/application.ts";
import { answerTo } from "#shared/domain/public-notice.ts";
import { isReviewed } from "#shared/domain/review.ts";
import { inLocale, type Locale, type Text } from "#shared/kernel/text.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { labelled } from "#shared/web/messages.ts";
import type { Uses } from "../uses.ts";
import type { CaseView } from "./case-view.ts";

const words = {
  objection: { zh: "异议内容", en: "What was objected" },
  under_appeal: { zh: "申请人的复议理由", en: "Why the applicant appeals" },
  contact: { zh: "异议人联系方式（保密）", en: "How to reach the objector (confidential)" },
  sealed: {
    zh: "内容可能涉及个人信息，请先在下方输入审批密码查看。",
    en: "It may name people: give your PIN below to read it.",
  },
  untouched: {
    zh: "您没有参与过此案的任何一步。请独立核实后书面答复。",
    en: "You have had no part in any step of this case. Verify it by yourself and answer in writing.",
  },
} as const satisfies Record<string, Text>;

/** What this page is for, in its title. */
export const reviewTitles: Readonly<Record<"objection" | "under_appeal", Text>> = {
  objection: { zh: "答复异议", en: "Answer an objection" },
  under_appeal: { zh: "复议", en: "Answer an appeal" },
};

interface Said {
  readonly words: string;
  readonly contact: string;
}

/** The appeal, or every objection that has no answer yet. */
const saidAgainst = async (
  uses: Uses,
  { link }: CaseView,
  events: readonly RecordedEvent[],
): Promise<readonly Said[]> => {
  const { application } = link;
  if (application.status === "under_appeal") {
    const appeal = events.findLast(({ type }) => type === "appealed");
    return [{ words: appeal?.confidential?.reason ?? "", contact: "" }];
  }
  const objections = await uses.notices.objectionsOf(application.id);
  return objections.filter((objection) => answerTo(objection, events) === null);
};

const saidItem = ({ words: said, contact }: Said, locale: Locale): Html =>
  html`<li>
    ${lines(said)}
    ${
      contact === ""
        ? null
        : html`<br /><span class="soft">${labelled(words.contact, locale)}${contact}</span>`
    }
  </li>`;

/** @returns null for a case that is decided, not reviewed. */
export const reviewPart = async (
  uses: Uses,
  view: CaseView,
  events: readonly RecordedEvent[],
): Promise<Html | null> => {
  const { link, locale, whole } = view;
  const { status } = link.application;
  if (!isReviewed(status)) return null;
  const said = whole ? await saidAgainst(uses, view, events) : [];
  return html`<div class="notice wait">
    <h2>${inLocale(words[status], locale)}</h2>
    ${
      whole
        ? html`<ul>
            ${said.map((one) => saidItem(one, locale))}
          </ul>`
        : html`<p>${inLocale(words.sealed, locale)}</p>`
    }
    <p>${inLocale(words.untouched, locale)}</p>
  </div>`;
};
