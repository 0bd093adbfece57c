/** A proof of the whole trail: asked for, waited for, read, and its file taken away. */
import { askForProof } from "#shared/casework/trail-run.ts";
import { faultWords, provedFigures, verdictWords } from "#shared/domain/trail-words.ts";
import { instantOfMs, localDateOf } from "#shared/kernel/calendar.ts";
import type { TrailProofRun } from "#shared/ports/trail-store.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { dateTime } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { count, deskPage, factRow, say, type Desk } from "../../frame.ts";
import { proofPath } from "./overview.ts";
import { words } from "./words.ts";

type Done = NonNullable<TrailProofRun["done"]>;

/** Asks for the export and its proof; they are made in the background, however long they take. */
export const askProof = async (desk: Desk): Promise<PageResponse> =>
  redirect(proofPath(await askForProof(desk.uses, desk.session.staff.id)));

const addressPattern = /^(?<ms>\d{10,16})-(?<id>[0-9a-f]{18})$/u;

const loadRun = async (desk: Desk, typed: string): Promise<TrailProofRun | null> => {
  const { ms, id } = addressPattern.exec(typed)?.groups ?? {};
  return ms && id ? desk.uses.trail.proof(instantOfMs(Number(ms)), id) : null;
};

const fileNameOf = ({ askedAt }: TrailProofRun): string => `trail-${localDateOf(askedAt)}.jsonl.gz`;

const outcome = (desk: Desk, { verdict }: Done): Html => {
  const said = say(desk, verdictWords(verdict));
  if (!verdict.first) {
    return html`<p class="notice good"><strong>${said}</strong></p>`;
  }
  return html`<p class="notice wrong"><strong>${said}</strong></p>
    <p>${say(desk, words.whatNow)}</p>
    <h2>${say(desk, words.faults)}</h2>
    <ul class="files">
      ${verdict.faults.map((fault) => html`<li>${say(desk, faultWords(fault))}</li> `)}
    </ul>`;
};

const donePart = (desk: Desk, run: TrailProofRun, done: Done): Html => {
  const { verdict, sizeBytes, sha256 } = done;
  const { locale } = desk.request;
  const { lastAnchor } = verdict;
  return html`${outcome(desk, done)}
    <p class="actions">
      <a class="button" href="${proofPath(run)}/file"
        >${say(desk, words.download)} (${count(Math.ceil(sizeBytes / 1024))} KB)</a
      >
    </p>
    <dl class="facts">
      ${factRow(say(desk, words.upTo), dateTime(run.askedAt, locale))}
      ${factRow(
        say(desk, words.lastRoot),
        lastAnchor
          ? html`${lastAnchor.date} <span class="code hash">${lastAnchor.root}</span>`
          : say(desk, words.noAnchors),
      )}
      ${factRow(say(desk, words.fileHash), html`<span class="code hash">${sha256}</span>`)}
    </dl>
    <h2>${say(desk, words.figures)}</h2>
    <dl class="facts">
      ${provedFigures(verdict.proved).map(([name, figure]) => factRow(say(desk, name), figure))}
    </dl>
    <p class="soft">
      ${say(desk, words.offline)}
      <span class="code">npm run verify -- ${fileNameOf(run)}</span>
    </p>`;
};

export const showProof = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const run = await loadRun(desk, typed);
  if (!run) return notFoundPage(desk.request.locale);
  const title = `${say(desk, words.proofTitle)} ${dateTime(run.askedAt, desk.request.locale)}`;
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${
        run.done
          ? donePart(desk, run, run.done)
          : html`<p class="notice wait"><strong>${say(desk, words.pending)}</strong></p>
              <p>${say(desk, words.pendingHow)}</p>
              <p class="actions">
                <a class="button second" href="${proofPath(run)}">${say(desk, words.reload)}</a>
              </p>`
      }
      <p><a href="${paths.desk("trail")}">${say(desk, words.back)}</a></p>`,
  });
};

/** Sends on to the file, under a link that holds for a minute. It holds nothing that can be read about people. */
export const sendTrail = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const run = await loadRun(desk, typed);
  if (!run?.done) return notFoundPage(desk.request.locale);
  const location = await desk.uses.files.downloadLink(run.done.fileKey, fileNameOf(run));
  return { status: 303, body: "", headers: { location } };
};
