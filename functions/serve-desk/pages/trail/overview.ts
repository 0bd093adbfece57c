/** The auditor's first page of the trail: prove one, prove all, and the anchors as they were mailed. */
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { date, dateTime } from "#shared/web/figures.ts";
import { errorSummary } from "#shared/web/form.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import type { TrailProofRun } from "#shared/ports/trail-store.ts";
import {
  cardTable,
  count,
  deskForm,
  deskPage,
  figureHeading,
  say,
  type Desk,
} from "../../frame.ts";
import { words } from "./words.ts";

const anchorsShown = 14;
const proofsShown = 8;

/** The address of a proof: when it was asked for, and its name. */
export const proofPath = ({ askedAt, id }: Pick<TrailProofRun, "askedAt" | "id">): string =>
  paths.desk("trail", "proofs", `${Date.parse(askedAt)}-${id}`);

const proofState = (desk: Desk, { done }: TrailProofRun): Html => {
  if (!done) return html`<span class="tag wait">${say(desk, words.pending)}</span>`;
  const { first } = done.verdict;
  const [mood, text]: readonly [string, Text] = first
    ? ["wrong", words.faulty]
    : ["good", words.sound];
  return html`<span class="tag ${mood}">${say(desk, text)}</span>`;
};

const proofsPart = async (desk: Desk): Promise<Html> => {
  const [proofs, { staff }] = await Promise.all([
    desk.uses.trail.proofs(proofsShown),
    desk.uses.directory.organisation(),
  ]);
  if (proofs.length === 0) return html`<p class="soft">${say(desk, words.noProofs)}</p>`;
  const nameOf = (id: string): string => staff.find((one) => one.id === id)?.name ?? id;
  return cardTable(
    desk,
    [words.askedAt, words.askedBy, words.result],
    proofs.map((run) => [
      html`<a href="${proofPath(run)}">${dateTime(run.askedAt, desk.request.locale)}</a>`,
      nameOf(run.askedBy),
      proofState(desk, run),
    ]),
  );
};

const anchorsPart = async (desk: Desk): Promise<Html> => {
  const anchors = await desk.uses.trail.anchors(anchorsShown);
  const { locale } = desk.request;
  if (anchors.length === 0) return html`<p class="soft">${say(desk, words.noAnchors)}</p>`;
  return cardTable(
    desk,
    [words.day, words.root, figureHeading(words.leaves), words.mailed],
    anchors.map((anchor) => [
      html`<span class="nowrap">${date(anchor.date, locale)}</span>`,
      html`<span class="code hash">${anchor.root}</span>`,
      count(anchor.leaves),
      anchor.mailedAt ? dateTime(anchor.mailedAt, locale) : say(desk, words.notMailed),
    ]),
  );
};

const oneForm = (desk: Desk, typed: string, problem: Text | null): Html => {
  const state = attributes({
    value: typed,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? "number-problem number-hint" : "number-hint",
  });
  return html`<form method="get" action="${paths.desk("trail", "one")}">
    <div class="${problem ? "item wrong" : "item"}">
      <label for="number">${say(desk, words.number)}</label>
      <span class="hint" id="number-hint">${say(desk, words.numberHint)}</span>
      ${problem ? html`<span class="problem" id="number-problem">${say(desk, problem)}</span>` : null}
      <input class="medium" type="text" id="number" name="number" maxlength="24" ${state} />
    </div>
    <p class="actions"><button class="second">${say(desk, words.prove)}</button></p>
  </form>`;
};

/** The page; `problem`: the number that was typed is none. */
export const overviewPage = async (
  desk: Desk,
  typed = "",
  problem: Text | null = null,
): Promise<PageResponse> => {
  const summary = problem ? [{ href: "#number", words: say(desk, problem) }] : [];
  const start = html`<p class="actions">
    <button>${say(desk, words.start)}</button>
  </p>`;
  const title = inLocale(words.title, desk.request.locale);
  return deskPage(desk, {
    title,
    status: problem ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <div class="two-columns">
        <div>
          <h2>${say(desk, words.all)}</h2>
          <p>${say(desk, words.allLead)}</p>
          ${await deskForm(desk, paths.desk("trail", "proofs"), start)}
          <h3>${say(desk, words.proofs)}</h3>
          ${await proofsPart(desk)}
        </div>
        <div>
          <h2>${say(desk, words.one)}</h2>
          ${oneForm(desk, typed, problem)}
          <h2>${say(desk, words.reads)}</h2>
          <p>${say(desk, words.readsLead)}</p>
          <p class="actions">
            <a class="button second" href="${paths.desk("trail", "reads")}"
              >${say(desk, words.show)}</a
            >
          </p>
        </div>
      </div>
      <h2>${say(desk, words.anchors)}</h2>
      ${await anchorsPart(desk)}`,
  });
};

export const showTrail = (desk: Desk): Promise<PageResponse> => overviewPage(desk);
