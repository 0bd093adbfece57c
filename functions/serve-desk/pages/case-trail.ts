/** What happened to a case: what people decided and said, everything in its order, and the chain of hashes. */
import type { PassedOver } from "#shared/domain/fund-fit.ts";
import type { EventType, RecordedEvent } from "#shared/domain/application.ts";
import { tierTitles, unitOf, type Organisation, type Tier } from "#shared/domain/organisation.ts";
import { fen } from "#shared/kernel/money.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { onBehalfWords } from "#shared/web/case-words.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { passedOverWords } from "#shared/web/passed-over-words.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { eventNames, type Mood } from "#shared/web/messages.ts";
import { cardTable, mayDo, say, type Desk } from "../frame.ts";

const words = {
  passedOver: { zh: "没有选用的资金：", en: "Funds passed over: " },
  trail: { zh: "办理过程", en: "What happened" },
  opinions: { zh: "办理和审批意见", en: "Who decided what" },
  none: { zh: "还没有人办理。", en: "Nobody has acted on it yet." },
  applicant: { zh: "申请人", en: "Applicant" },
  system: { zh: "系统", en: "System" },
  opinion: { zh: "意见：", en: "Opinion: " },
  hashes: { zh: "哈希链（核对轨迹是否被改动）", en: "Hash chain (to prove the trail untouched)" },
  version: { zh: "序号", en: "No." },
  event: { zh: "事项", en: "Event" },
  hash: { zh: "哈希", en: "Hash" },
} as const satisfies Record<string, Text>;

/** Events in which somebody gave an answer, and how each is coloured. */
const opinionMoods: Readonly<Partial<Record<EventType, Mood>>> = {
  accepted: "good",
  returned: "wait",
  co_approved: "good",
  recused: "plain",
  stand_in_asked: "wait",
  escalated: "wait",
  advance_approved: "good",
  tier_approved: "good",
  approved: "good",
  approved_without_funds: "good",
  refusal_confirmed_at_tier: "wrong",
  refusal_confirmed: "wrong",
  rejected: "wrong",
  objection_dismissed: "good",
  objection_upheld: "wrong",
  appeal_upheld: "good",
  appeal_dismissed: "wrong",
  write_off_proposed: "wait",
  recovery_proposed: "wait",
  recovery_dropped: "plain",
};

const actorName = (desk: Desk, { staff }: Organisation, event: RecordedEvent): string => {
  const { actor } = event;
  switch (actor.kind) {
    case "applicant":
      return say(desk, words.applicant);
    case "staff":
      return staff.find(({ id }) => id === actor.staffId)?.name ?? actor.staffId;
    case "system":
      return say(desk, words.system);
  }
};

/** The office of whoever acted, as it is today. */
const officeOf = (desk: Desk, organisation: Organisation, event: RecordedEvent): string => {
  const { actor } = event;
  if (actor.kind !== "staff") return "";
  const person = organisation.staff.find(({ id }) => id === actor.staffId);
  const unit = person && unitOf(organisation, person.unitId);
  return unit ? inLocale(unit.name, desk.request.locale) : "";
};

/** Reasons in a person's own words may hold what is nobody else's business. */
const reasonOf = (desk: Desk, { confidential }: RecordedEvent): string =>
  mayDo(desk, "see_facts") ? (confidential?.reason ?? "") : "";

const opinion = (desk: Desk, organisation: Organisation, event: RecordedEvent): Html => {
  const { locale } = desk.request;
  const { type, at, detail } = event;
  const { tier, amountFen } = detail;
  const reason = reasonOf(desk, event);
  const where = [
    typeof tier === "string" ? inLocale(tierTitles[tier as Tier], locale) : "",
    officeOf(desk, organisation, event),
  ];
  return html`<li>
    <span class="tag ${opinionMoods[type] ?? "plain"}">${say(desk, eventNames[type])}</span>
    <strong>${actorName(desk, organisation, event)}</strong>
    ${typeof amountFen === "number" ? html`<span>${amount(fen(amountFen), locale)}</span>` : null}
    <p class="soft small">
      ${[...new Set(where)].filter(Boolean).join(" · ")}
      <time datetime="${at}">${dateTime(at, locale)}</time>
    </p>
    ${reason === "" ? null : html`<p>${say(desk, words.opinion)}${lines(reason)}</p>`}
  </li> `;
};

/** Handlers, approvers and reviewers: what each of them decided, when, and in which words. */
export const opinionsPart = (
  desk: Desk,
  organisation: Organisation,
  events: readonly RecordedEvent[],
): Html => {
  const given = events.filter(({ type }) => opinionMoods[type]);
  return html`<section id="opinions">
    <h2>${say(desk, words.opinions)}</h2>
    ${
      given.length === 0
        ? html`<p class="soft">${say(desk, words.none)}</p>`
        : html`<ol class="opinions">
            ${given.map((event) => opinion(desk, organisation, event))}
          </ol>`
    }
  </section>`;
};

/** Which funds were passed over when money was set aside, and why. */
const passedOverPart = (desk: Desk, { detail }: RecordedEvent): Html | null => {
  const { passedOver } = detail;
  if (typeof passedOver !== "string") return null;
  const said = passedOver.split(" ").map((code) => {
    const [fundId = "", why = ""] = code.split(":");
    const known = Object.hasOwn(passedOverWords, why);
    return `${fundId}: ${known ? say(desk, passedOverWords[why as PassedOver]) : why}`;
  });
  return html`<br /><span class="soft">${say(desk, words.passedOver)}${said.join("; ")}</span>`;
};

/** Everything in its order; what somebody wrote stands with the opinions where the page has them. */
export const trail = async (
  desk: Desk,
  events: readonly RecordedEvent[],
  options: { readonly beside?: "opinions" } = {},
): Promise<Html> => {
  const organisation = await desk.uses.directory.organisation();
  const reasonShown = (event: RecordedEvent): string =>
    options.beside && opinionMoods[event.type] ? "" : reasonOf(desk, event);
  return html`<section id="trail">
    <h2>${say(desk, words.trail)}</h2>
    <ol class="timeline">
      ${events.map((event) => {
        const reason = reasonShown(event);
        return html`<li>
          <time datetime="${event.at}">${dateTime(event.at, desk.request.locale)}</time>
          ${say(desk, eventNames[event.type])} ·
          ${actorName(desk, organisation, event)}${
            event.detail["onBehalf"] === true ? html` · ${say(desk, onBehalfWords)}` : null
          }
          ${passedOverPart(desk, event)}
          ${reason === "" ? null : html`<br /><span class="soft">${lines(reason)}</span>`}
        </li> `;
      })}
    </ol>
  </section>`;
};

/** For the auditor: each event's hash, which carries the one before (quality I18). */
export const hashesPart = (desk: Desk, events: readonly RecordedEvent[]): Html | null =>
  desk.session.staff.roles.includes("auditor")
    ? html`<details>
        <summary>${say(desk, words.hashes)}</summary>
        ${cardTable(
          desk,
          [words.version, words.event, words.hash],
          events.map(({ version, type, hash }) => [
            version,
            say(desk, eventNames[type]),
            html`<span class="code hash">${hash}</span>`,
          ]),
        )}
      </details>`
    : null;
