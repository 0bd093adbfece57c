/** What people do with a file that the bank refused as a whole; each form sent twice happens once. */
import {
  confirmRefused,
  sayRefused,
  unsayRefused,
  type Refusing,
} from "#shared/casework/refuse-batch.ts";
import type { Batch } from "#shared/domain/disbursement.ts";
import { checkPaperFile, paperMaxBytes } from "#shared/domain/paper-file.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { forbidden, type Desk } from "../../frame.ts";
import { batchPage } from "../batch.ts";
import { changedSince, loadBatch } from "../batch-actions.ts";
import { prefixOf, reasonMaxLength, refusalWords } from "./refusal-part.ts";

const uploadPattern = /^[0-9a-f]{24}$/u;

const answerOf = (desk: Desk, batch: Batch, outcome: Refusing): PageResponse => {
  if (outcome === "own_proposal") return forbidden(desk, "own_proposal");
  return outcome === "done" ? redirect(paths.desk("batches", batch.id)) : changedSince(desk, batch);
};

/** The uploaded paper, copied to where nobody can upload over it; null when it is none that opens. */
const keepPaper = async (desk: Desk, batch: Batch, upload: string): Promise<string | null> => {
  if (!uploadPattern.test(upload)) return null;
  const bytes = await desk.uses.files.read(`${prefixOf(batch)}${upload}`, paperMaxBytes);
  if (!bytes) return null;
  const checked = checkPaperFile({ sizeBytes: bytes.length, head: bytes });
  if (checked.kind === "refused") return null;
  const paperKey = `batches/${batch.id}/refusal/${upload}`;
  await desk.uses.files.write(paperKey, bytes, checked.mediaType);
  return paperKey;
};

export const sayBatchRefused = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(request.locale);
  const { upload = "", refusalReason = "" } = request.form;
  const reason = refusalReason.trim().slice(0, reasonMaxLength);
  const again = (field: string, says: Text): Promise<PageResponse> =>
    batchPage(desk, batch, {
      form: "refusal",
      values: { upload, refusalReason },
      problem: { field, says },
    });
  if (reason === "") return again("refusalReason", refusalWords.reasonRequired);
  if (batch.refusal) return redirect(paths.desk("batches", batch.id));
  const paperKey = await keepPaper(desk, batch, upload);
  if (paperKey === null) return again("upload", refusalWords.paperRequired);
  const said = { paperKey, reason, by: session.staff.id };
  return answerOf(desk, batch, await sayRefused(uses, batch, said));
};

export const confirmBatchRefused = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(request.locale);
  const isShown = request.form["version"] === String(batch.version);
  if (batch.status === "sent" && !isShown) return changedSince(desk, batch);
  return answerOf(desk, batch, await confirmRefused(uses, batch, session.staff.id));
};

export const withdrawBatchRefused = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(request.locale);
  return answerOf(desk, batch, await unsayRefused(uses, batch, session.staff.id));
};

/** Sends on to the bank's paper, under a link that holds for a minute. */
export const sendRefusalPaper = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const batch = await loadBatch(desk, typed);
  if (!batch?.refusal) return notFoundPage(desk.request.locale);
  const location = await desk.uses.files.downloadLink(batch.refusal.paperKey, `${batch.id}-bank`);
  return { status: 303, body: "", headers: { location } };
};
