/** The notices of a case as the desk sees them: the internal copy, kept after the public page is down. */
import type { Application } from "#shared/domain/application.ts";
import { answerTo } from "#shared/domain/public-notice.ts";
import { programmeOf } from "#shared/casework/load.ts";
import type { Text } from "#shared/kernel/text.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { noticeKinds, noticeLines } from "#shared/web/notice-lines.ts";
import { say, type Desk } from "../frame.ts";

const words = {
  title: { zh: "公示记录", en: "Notices" },
  published: { zh: "发布于", en: "published" },
  objections: { zh: "异议", en: "Objections" },
  open: { zh: "核实中", en: "being looked into" },
  upheld: { zh: "成立", en: "upheld" },
  dismissed: { zh: "不成立", en: "dismissed" },
} as const satisfies Record<string, Text>;

/** That there were objections, and what came of them. Words and names are for whoever answers them alone. */
const objectionsPart = async (desk: Desk, application: Application): Promise<Html | null> => {
  const objections = await desk.uses.notices.objectionsOf(application.id);
  if (objections.length === 0) return null;
  const events = await desk.uses.cases.events(application);
  return html`<h3>${say(desk, words.objections)}</h3>
    <ul class="files">
      ${objections.map((objection) => {
        const answer = answerTo(objection, events)?.type;
        const result = answer === "objection_upheld" ? words.upheld : words.dismissed;
        return html`<li>
          ${objection.applicationId}-${objection.number} ·
          ${dateTime(objection.raisedAt, desk.request.locale)} ·
          ${say(desk, answer ? result : words.open)}
        </li> `;
      })}
    </ul>`;
};

export const noticesPart = async (desk: Desk, application: Application): Promise<Html | null> => {
  const notices = await desk.uses.notices.noticesOf(application.id);
  if (notices.length === 0) return null;
  const { locale } = desk.request;
  const { title } = programmeOf(application);
  return html`<section id="notices">
    <h2>${say(desk, words.title)}</h2>
    <ul class="files">
      ${notices.map((notice) => {
        const lines = Object.values(noticeLines(notice, title, locale)).filter(Boolean);
        return html`<li>
          <strong>${say(desk, noticeKinds[notice.kind])}</strong> ${lines.join(" · ")}
          <span class="soft small"
            >${say(desk, words.published)} ${dateTime(notice.publishedAt, locale)}</span
          >
        </li> `;
      })}
    </ul>
    ${await objectionsPart(desk, application)}
  </section>`;
};
