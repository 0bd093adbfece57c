/** What waits for the person at the desk, counted: each with the way to it. */
import { baseUnitsBelow } from "#shared/casework/handling-queue.ts";
import { isAbsent } from "#shared/domain/approver.ts";
import { isCardToCheck } from "#shared/domain/card-check.ts";
import { fundFault } from "#shared/domain/ledger.ts";
import type { Organisation, Staff } from "#shared/domain/organisation.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { addFen, fen } from "#shared/kernel/money.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { QueueEntry } from "#shared/ports/case-store.ts";
import { amount } from "#shared/web/figures.ts";
import { html, join, type Html } from "#shared/web/html.ts";
import { statusNames } from "#shared/web/messages.ts";
import { paths } from "#shared/web/paths.ts";
import { count, mayDo, say, type Desk } from "../frame.ts";
import { dueCounts } from "./deadline.ts";

/** One thing to do: how many, where, and how urgent. */
interface ToDo {
  readonly title: Text;
  readonly href: string;
  readonly count: number;
  /** Counting stopped here: there may be more. */
  readonly atLeast?: boolean;
  readonly tags?: readonly Html[];
  readonly soft?: string;
}

const words = {
  title: { zh: "等我办的", en: "For me to do" },
  fundOrders: { zh: "待授权的资金单", en: "Fund orders to authorise" },
  nothing: { zh: "现在没有等您办的事。", en: "Nothing waits for you now." },
  in_acceptance: { zh: "待受理", en: "To accept" },
  in_verification: { zh: "待入户核实", en: "To visit" },
  needs_information: { zh: "等待申请人补正", en: "Waiting for applicants' papers" },
  overdue: { zh: "已超期", en: "overdue" },
  today: { zh: "今天到期", en: "due today" },
  week: { zh: "本周到期", en: "due this week" },
  payable: { zh: "待归集发放", en: "To be put into a batch" },
  toAuthorise: { zh: "批次待授权", en: "Batches to authorise" },
  atBank: { zh: "批次待银行回盘", en: "Batches waiting for the bank" },
  oddLines: { zh: "有异常行", en: "with odd lines" },
  looks: { zh: "待复核的决定", en: "Decisions to look at again" },
  concerns: { zh: "复核提出的疑点", en: "Concerns to answer" },
  unmanned: { zh: "缺审批人的机构", en: "Offices without an approver" },
  away: { zh: "缺勤且没有代理的人", en: "People away without a stand-in" },
  noPin: { zh: "还没有设PIN的审批人", en: "Approvers without a PIN" },
  lateEverywhere: { zh: "已超期的案件", en: "Cases over their limit" },
  cards: { zh: "待核对收款信息", en: "Mended cards to check" },
  faults: { zh: "核账有差异的资金", en: "Funds frozen by the audit" },
} as const satisfies Record<string, Text>;

const listMax = 100;

const casesHref = (query: string): string => `${paths.desk("cases")}?${query}`;

const dueTags = (desk: Desk, entries: readonly QueueEntry[]): readonly Html[] => {
  const counts = dueCounts(entries, desk.uses.clock.now());
  return (
    [
      ["overdue", "wrong"],
      ["today", "wait"],
      ["week", ""],
    ] as const
  ).flatMap(([name, mood]) =>
    counts[name] === 0
      ? []
      : [html`<span class="tag ${mood}">${say(desk, words[name])} ${count(counts[name])}</span> `],
  );
};

/** Acceptance, visits and papers of the offices that this person's office sees to. */
const handlingToDos = (
  desk: Desk,
  organisation: Organisation,
  entries: readonly QueueEntry[],
): readonly ToDo[] => {
  const ours = new Set<string>(
    baseUnitsBelow(organisation, desk.session.staff.unitId).map(({ id }) => id),
  );
  return (["in_acceptance", "in_verification", "needs_information"] as const).map((status) => {
    const mine = entries.filter(
      (entry) => entry.status === status && entry.unitId !== null && ours.has(entry.unitId),
    );
    return {
      title: words[status],
      href: `${paths.desk("handling")}#${status}`,
      count: mine.length,
      tags: dueTags(desk, mine),
    };
  });
};

const batchToDos = async (desk: Desk): Promise<readonly ToDo[]> => {
  const open = await desk.uses.batches.list("open", listMax);
  const href = paths.desk("batches");
  const waiting = open.filter(({ status }) => status === "awaiting_authorisation");
  const sent = open.filter(({ status }) => status === "sent");
  const odd = sent.filter(({ exceptions }) => exceptions > 0).length;
  return [
    ...(mayDo(desk, "authorise")
      ? [{ title: words.toAuthorise, href, count: waiting.length }]
      : []),
    {
      title: words.atBank,
      href,
      count: sent.length,
      tags:
        odd === 0
          ? []
          : [html`<span class="tag wrong">${say(desk, words.oddLines)} ${count(odd)}</span>`],
    },
  ];
};

const payableToDo = (desk: Desk, entries: readonly QueueEntry[]): ToDo => {
  const payable = entries.filter(({ status }) => status === "reserved");
  const sum = addFen(...payable.map(({ amountFen }) => fen(amountFen)));
  return {
    title: words.payable,
    href: paths.desk("batches", "new"),
    count: payable.length,
    tags: dueTags(desk, payable),
    soft: amount(sum, desk.request.locale),
  };
};

const cardsToDo = (entries: readonly QueueEntry[]): ToDo => ({
  title: words.cards,
  href: paths.desk("batches", "cards"),
  count: entries.filter(isCardToCheck).length,
});

const peopleToDos = (desk: Desk, { units, staff }: Organisation): readonly ToDo[] => {
  const today = localDateOf(desk.uses.clock.now());
  const active = staff.filter((person) => person.active);
  const approvers = active.filter(({ roles }) => roles.includes("approver"));
  const manned = new Set<string>(approvers.map(({ unitId }) => unitId));
  const isAlone = (person: Staff): boolean =>
    isAbsent(person, today) && (person.absence?.standInId ?? null) === null;
  const list = paths.desk("people");
  return [
    {
      title: words.unmanned,
      href: `${list}?show=unmanned`,
      count: units.filter(({ id }) => !manned.has(id)).length,
    },
    { title: words.away, href: `${list}?show=away`, count: active.filter(isAlone).length },
    {
      title: words.noPin,
      href: `${list}?show=no-pin`,
      count: approvers.filter(({ pinHash }) => pinHash === null).length,
    },
  ];
};

const statusToDo = (
  desk: Desk,
  entries: readonly QueueEntry[],
  status: "waiting_for_funds" | "recovery_due",
  href: string,
): ToDo => {
  const waiting = entries.filter((entry) => entry.status === status);
  return {
    title: statusNames[status],
    href,
    count: waiting.length,
    tags: dueTags(desk, waiting),
  };
};

const oversightToDos = async (desk: Desk): Promise<readonly ToDo[]> => {
  const { oversight } = desk.uses;
  const href = paths.desk("oversight");
  const of = (title: Text, found: readonly unknown[]): ToDo => ({
    title,
    href,
    count: found.length,
    atLeast: found.length === listMax,
  });
  return [
    ...(mayDo(desk, "second_look")
      ? [of(words.looks, await oversight.openSecondLooks(listMax))]
      : []),
    ...(mayDo(desk, "answer_concern")
      ? [of(words.concerns, await oversight.openConcerns(listMax))]
      : []),
  ];
};

const lateToDo = (desk: Desk, entries: readonly QueueEntry[]): ToDo => ({
  title: words.lateEverywhere,
  href: casesHref("overdue=yes"),
  count: dueCounts(entries, desk.uses.clock.now()).overdue,
});

const faultsToDo = async (desk: Desk): Promise<ToDo> => {
  const funds = await desk.uses.funds.all();
  return {
    title: words.faults,
    href: paths.desk("audit"),
    count: funds.filter((fund) => fund.frozen !== null || fundFault(fund) !== null).length,
  };
};

/** Fund orders that somebody else proposed. */
const ordersToDo = async (desk: Desk): Promise<ToDo> => {
  const { rows } = await desk.uses.fundOrders.list("open", listMax);
  return {
    title: words.fundOrders,
    href: paths.desk("funds"),
    count: rows.filter(({ proposedBy }) => proposedBy !== desk.session.staff.id).length,
    atLeast: rows.length === listMax,
  };
};

/** By right, so that whoever has two roles has both lists. */
const toDosOf = async (
  desk: Desk,
  organisation: Organisation,
  entries: readonly QueueEntry[],
): Promise<readonly ToDo[]> => {
  const isAuditor = desk.session.staff.roles.includes("auditor");
  return [
    ...(mayDo(desk, "handle") ? handlingToDos(desk, organisation, entries) : []),
    ...(mayDo(desk, "assemble") ? [payableToDo(desk, entries)] : []),
    ...(mayDo(desk, "check_card") ? [cardsToDo(entries)] : []),
    ...(mayDo(desk, "assemble") || mayDo(desk, "authorise") ? await batchToDos(desk) : []),
    ...(mayDo(desk, "authorise_funds") ? [await ordersToDo(desk)] : []),
    ...(mayDo(desk, "recover")
      ? [statusToDo(desk, entries, "recovery_due", paths.desk("recovery"))]
      : []),
    ...(await oversightToDos(desk)),
    ...(mayDo(desk, "allocate")
      ? [statusToDo(desk, entries, "waiting_for_funds", paths.desk("allocations"))]
      : []),
    ...(mayDo(desk, "manage_people") ? peopleToDos(desk, organisation) : []),
    ...(isAuditor ? [lateToDo(desk, entries)] : []),
    ...(isAuditor || mayDo(desk, "clear_finding") ? [await faultsToDo(desk)] : []),
  ];
};

const toDoCard = (desk: Desk, toDo: ToDo): Html =>
  html`<li class="${toDo.count === 0 ? "to-do none" : "to-do"}">
    <a href="${toDo.href}"
      ><span class="big">${count(toDo.count)}${toDo.atLeast ? "+" : null}</span>
      <span>${say(desk, toDo.title)}</span></a
    >
    ${toDo.soft && toDo.count > 0 ? html`<p class="soft">${toDo.soft}</p>` : null}
    ${toDo.tags && toDo.tags.length > 0 ? html`<p>${join(toDo.tags)}</p>` : null}
  </li>`;

/** What waits for this person, the most of it first said in figures; nothing for whoever has nothing to do here. */
export const toDoPart = async (
  desk: Desk,
  organisation: Organisation,
  entries: readonly QueueEntry[],
): Promise<Html | null> => {
  const toDos = await toDosOf(desk, organisation, entries);
  if (toDos.length === 0) return null;
  return html`<section>
    <h2>${say(desk, words.title)}</h2>
    ${toDos.every((toDo) => toDo.count === 0) ? html`<p>${say(desk, words.nothing)}</p>` : null}
    <ul class="to-dos">
      ${toDos.map((toDo) => toDoCard(desk, toDo))}
    </ul>
  </section>`;
};
