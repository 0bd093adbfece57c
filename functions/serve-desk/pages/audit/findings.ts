/** Findings as tables: those of a fund that is frozen, and those that were cleared. */
import type { Finding } from "#shared/domain/ledger-audit.ts";
import { fen } from "#shared/kernel/money.ts";
import type { AuditRun, ClearedFinding, OpenFinding } from "#shared/ports/audit-store.ts";
import { amount, dateTime } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { cardTable, count, figureHeading, say, type Desk } from "../../frame.ts";
import { detailTitles, findingTitles, words } from "./words.ts";

const placeLink = (desk: Desk, { place, fundId }: Finding): Html => {
  const area = { fund: "funds", case: "case", batch: "batches" }[place.kind];
  const label = place.kind === "fund" ? say(desk, words.fund) : place.id;
  const id = place.kind === "fund" ? fundId : place.id;
  return html`<a class="nowrap" href="${paths.desk(area, id)}">${label}</a>`;
};

const figureOf = (desk: Desk, { unit }: Finding, value: number | string): string => {
  if (typeof value === "string") return value === "" ? "—" : value;
  return unit === "fen" ? amount(fen(value), desk.request.locale) : count(value);
};

const whatOf = (desk: Desk, { code, detail }: Finding): Html => {
  const title = detailTitles[detail];
  const more = title ? say(desk, title) : detail;
  return html`${say(desk, findingTitles[code])}
  ${more === "" ? null : html`<span class="soft small">${more}</span>`}`;
};

const cellsOf = (desk: Desk, finding: Finding): readonly (Html | string)[] => [
  whatOf(desk, finding),
  placeLink(desk, finding),
  figureOf(desk, finding, finding.expected),
  figureOf(desk, finding, finding.found),
];

const head = [
  words.what,
  words.where,
  figureHeading(words.expected),
  figureHeading(words.found),
] as const;

/** What is open in one fund; what the last run didn't see any more says so. */
export const openTable = (
  desk: Desk,
  findings: readonly OpenFinding[],
  last: AuditRun | undefined,
): Html =>
  cardTable(
    desk,
    [...head, words.firstSeen, words.lastSeen],
    findings.map((finding) => [
      ...cellsOf(desk, finding),
      dateTime(finding.firstSeenAt, desk.request.locale),
      last && finding.lastSeenAt < last.at
        ? html`${dateTime(finding.lastSeenAt, desk.request.locale)}
            <span class="tag good">${say(desk, words.gone)}</span>`
        : dateTime(finding.lastSeenAt, desk.request.locale),
    ]),
    words.differences,
  );

/** Findings that somebody has dealt with, with the words that were said. */
export const clearedTable = async (
  desk: Desk,
  cleared: readonly ClearedFinding[],
): Promise<Html> => {
  if (cleared.length === 0) return html`<p class="soft">${say(desk, words.none)}</p>`;
  const { staff } = await desk.uses.directory.organisation();
  const nameOf = (id: string): string => staff.find((person) => person.id === id)?.name ?? id;
  return cardTable(
    desk,
    [...head, words.firstSeen, words.clearedBy, words.said],
    cleared.map((finding) => [
      ...cellsOf(desk, finding),
      dateTime(finding.firstSeenAt, desk.request.locale),
      `${nameOf(finding.clearedBy)} · ${dateTime(finding.clearedAt, desk.request.locale)}`,
      lines(finding.words),
    ]),
    words.history,
  );
};
