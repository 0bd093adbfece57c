/** Asking for an export: its form, and what becomes of it when it is sent. */
import { exportRequestsPrefix } from "#shared/domain/export-files.ts";
import {
  exportKinds,
  isExportKind,
  type ExportKind,
  type ExportRequest,
  type FinanceExport,
} from "#shared/domain/finance-export.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { newExportId, parseExportId } from "#shared/kernel/ids.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { errorSummary } from "#shared/web/form.ts";
import { html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskForm, deskPage, forbidden, mayDo, say, type Desk } from "../../frame.ts";
import { exportFields } from "./export-form.ts";
import { readExport, type AskedExport, type ExportProblems } from "./read-request.ts";
import { loadExport } from "./load-export.ts";
import { words } from "./words.ts";

const newId = ({ uses }: Desk): string =>
  newExportId(localDateOf(uses.clock.now()), uses.random(6));

const formPage = async (
  desk: Desk,
  kind: ExportKind,
  problems: ExportProblems,
): Promise<PageResponse> => {
  const { title, says } = exportKinds[kind];
  const summary = Object.entries(problems).map(([name, problem]) => ({
    href: `#${name}`,
    words: say(desk, problem),
  }));
  // The number is the form's own: sent twice, it is one export.
  const id = parseExportId(desk.request.form["number"] ?? "") ?? newId(desk);
  const content = html`<input type="hidden" name="number" value="${id}" />
    ${await exportFields(desk, kind, problems)}
    <p class="actions"><button>${say(desk, words.make)}</button></p>`;
  return deskPage(desk, {
    title: say(desk, title),
    status: summary.length > 0 ? 422 : 200,
    body: html`${errorSummary(summary, desk.request.locale)}
      <h1>${say(desk, title)}</h1>
      <p class="lead">${say(desk, says)}</p>
      ${await deskForm(desk, paths.desk("exports", "new", kind), content)}`,
  });
};

export const showNewExport = async (desk: Desk, typed: string): Promise<PageResponse> =>
  isExportKind(typed) ? formPage(desk, typed, {}) : notFoundPage(desk.request.locale);

/** Tells whoever makes exports, by an object of its number; nothing of the request stands in it. */
export const startMaking = ({ uses }: Desk, id: string): Promise<void> =>
  uses.files.write(
    `${exportRequestsPrefix}${id}.json`,
    new TextEncoder().encode(JSON.stringify({ id })),
    "application/json",
  );

const waitsMax = 8;
const waitMs = 120;

/** A small table is there at once: a moment's patience spares a page that only says so. */
const waitBriefly = async ({ uses }: Desk, id: string): Promise<void> => {
  for (let waits = 0; waits < waitsMax; waits += 1) {
    const one = await uses.exports.get(id);
    if (one?.made || one?.failedAt) return;
    await new Promise((resolve) => {
      setTimeout(resolve, waitMs);
    });
  }
};

const ask = async (
  desk: Desk,
  id: string,
  request: ExportRequest,
  { purpose, password }: Pick<AskedExport, "purpose" | "password">,
): Promise<PageResponse> => {
  const { uses, session } = desk;
  const now = uses.clock.now();
  const asked: FinanceExport = {
    id,
    request,
    askedBy: session.staff.id,
    askedAt: now,
    triedAt: now,
    purpose,
    isLocked: password !== null,
    failedAt: null,
    made: null,
  };
  if (await uses.exports.put(asked, password)) {
    log.info("export asked for", {
      function: "serve-desk",
      code: request.kind,
      outcome: request.isFull ? "full" : "masked",
      staffId: session.staff.id,
    });
  }
  // Also for a form that was sent before: its first sending may have been cut off just here.
  await startMaking(desk, id);
  await waitBriefly(desk, id);
  return redirect(paths.desk("exports", id));
};

/** Asks for an export; sent twice, it is asked for once. */
export const makeExport = async (desk: Desk, typed: string): Promise<PageResponse> => {
  if (!isExportKind(typed)) return notFoundPage(desk.request.locale);
  const asked = await readExport(desk, typed);
  if (!("request" in asked)) return formPage(desk, typed, asked);
  const id = parseExportId(desk.request.form["number"] ?? "") ?? newId(desk);
  const before = await desk.uses.exports.get(id);
  const isOthers = before !== null && before.askedBy !== desk.session.staff.id;
  const cutOff = desk.uses.clock.now();
  return ask(desk, isOthers ? newId(desk) : id, { ...asked.request, cutOff }, asked);
};

/** The same once more, with the same cut-off: it must come out with the same hash. */
export const rebuildExport = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const one = await loadExport(desk, typed);
  if (!one) return notFoundPage(desk.request.locale);
  if (one.request.isFull && !mayDo(desk, "export_full")) return forbidden(desk, "export_full");
  const id = parseExportId(desk.request.form["number"] ?? "") ?? newId(desk);
  return ask(desk, id, one.request, { purpose: one.purpose, password: null });
};
