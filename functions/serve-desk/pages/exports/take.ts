/** Taking an export: under a link that holds for a minute, and never without a line in the log. */
import { exportFileName } from "#shared/domain/export-files.ts";
import { stateOf } from "#shared/domain/finance-export.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { forbidden, mayDo, type Desk } from "../../frame.ts";
import { noteAccess } from "../../note-access.ts";
import { loadExport } from "./load-export.ts";
import { manifestJson } from "./manifest.ts";
import { startMaking } from "./new-export.ts";

/** Sends on to the file. Full numbers go to those who may have them; whoever may not is taken down too. */
export const takeExport = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, session, request } = desk;
  const one = await loadExport(desk, typed);
  if (!one?.made) return notFoundPage(request.locale);
  const at = uses.clock.now();
  const by = session.staff.id;
  if (one.request.isFull && !mayDo(desk, "export_full")) {
    await uses.exports.noteTaking(one.id, { at, by, outcome: "refused" });
    return forbidden(desk, "export_full");
  }
  const isThere = stateOf(one, at) === "made" && (await uses.files.head(one.made.fileKey, 1));
  if (!isThere) return redirect(paths.desk("exports", one.id));
  await uses.exports.noteTaking(one.id, { at, by, outcome: "taken" });
  if (one.request.isFull) await noteAccess(desk, "export", one.id);
  const location = await uses.files.downloadLink(one.made.fileKey, exportFileName(one));
  return { status: 303, body: "", headers: { location } };
};

export const showManifest = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const one = await loadExport(desk, typed);
  if (!one) return notFoundPage(desk.request.locale);
  return {
    status: 200,
    body: manifestJson(one),
    contentType: "application/json; charset=utf-8",
    headers: { "content-disposition": `attachment; filename="${one.id}.json"` },
  };
};

/** Asks once more for what failed; what was made meanwhile stays as it is. */
export const retryExport = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const one = await loadExport(desk, typed);
  if (!one) return notFoundPage(desk.request.locale);
  const now = desk.uses.clock.now();
  if (stateOf(one, now) === "failed" && (await desk.uses.exports.retry(one.id, now))) {
    await startMaking(desk, one.id);
  }
  return redirect(paths.desk("exports", one.id));
};
