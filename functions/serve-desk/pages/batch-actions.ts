/**
 * What people do with a batch. Whatever is sent twice, or too late, leads to the batch as it
 * stands.
 */
import { holdsSomething } from "#shared/casework/held-payments.ts";
import { changeBatch } from "#shared/casework/move-batch.ts";
import { signalBatch, signalOrStart } from "#shared/casework/signal-batch.ts";
import { finishVoid } from "#shared/casework/void-batch.ts";
import { moveBatch, unreadReturn, type Batch } from "#shared/domain/disbursement.ts";
import { bankFileName, orderOf } from "#shared/exports/bank-order.ts";
import { bankProfileOf } from "#shared/exports/bank-profiles.ts";
import { returnBytesMax } from "#shared/exports/return-table.ts";
import { parseBatchId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, forbidden, type Desk } from "../frame.ts";
import { noteAccess } from "../note-access.ts";
import { batchPage, voidNeedsReason } from "./batch.ts";
import { readReturn } from "./batches/read-return.ts";

const reasonMaxLength = 200;
/** Of a file that nobody opens here: what it is, its bytes say. */
const anyMedia = "application/octet-stream";
const backToBatch: Text = { zh: "返回批次", en: "Back to the batch" };

export const loadBatch = async (desk: Desk, typed: string): Promise<Batch | null> => {
  const id = parseBatchId(typed);
  return id && desk.uses.batches.get(id);
};

const toBatch = ({ id }: Batch): PageResponse => redirect(paths.desk("batches", id));

export const changedSince = (desk: Desk, batch: Batch): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "批次有变化", en: "The batch has changed" },
    happened: {
      zh: "您看到的内容已经不是最新的，所以没有办理。",
      en: "What you saw is no longer how it stands, so nothing was done.",
    },
    next: { zh: "请返回批次重新核对。", en: "Please go back and look at it again." },
    link: { href: paths.desk("batches", batch.id), label: backToBatch },
  });

/** Finance holds something of it since it was assembled: the second person is not to send it on. */
const heldSince = (desk: Desk, batch: Batch): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "批次中有暂停发放的付款", en: "A payment of the batch is on hold" },
    happened: {
      zh: "归集之后有项目或案件被暂停发放，所以没有授权。",
      en: "A programme or case was put on hold after the batch was assembled, so it was not authorised.",
    },
    next: {
      zh: "请等暂停解除后再授权，或作废批次后重新归集，其余付款照常发放。",
      en: "Authorise it once the hold is released, or void the batch and assemble anew without those payments.",
    },
    link: { href: paths.desk("batches", batch.id), label: backToBatch },
  });

/** The second person authorises; the store itself refuses the maker, whatever the page offered. */
export const authorise = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const shown = await loadBatch(desk, typed);
  if (!shown) return notFoundPage(request.locale);
  const by = session.staff.id;
  // The same button pressed twice: it is done, and once.
  if (shown.checkerId === by) return toBatch(shown);
  if (request.form["version"] !== String(shown.version)) return changedSince(desk, shown);
  if (await holdsSomething(uses, shown)) return heldSince(desk, shown);
  const { batch, refused } = await changeBatch(uses, shown.id, (before) =>
    before.version === shown.version
      ? moveBatch(before, { type: "authorised", at: uses.clock.now(), by })
      : { kind: "refused", code: "not_in_this_state" },
  );
  if (refused === "own_batch") return forbidden(desk, "own_batch");
  if (refused !== null && batch.checkerId !== by) return changedSince(desk, batch);
  await signalBatch(uses, batch);
  return toBatch(batch);
};

export const voidBatch = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const shown = await loadBatch(desk, typed);
  if (!shown) return notFoundPage(request.locale);
  const voidReason = (request.form["reason"] ?? "").trim().slice(0, reasonMaxLength);
  if (voidReason === "") {
    return batchPage(desk, shown, {
      form: "void",
      values: {},
      problem: { field: "reason", says: voidNeedsReason },
    });
  }
  const decided = await changeBatch(uses, shown.id, (before) =>
    before.status === "voiding" || before.status === "voided"
      ? null
      : moveBatch(
          before,
          { type: "void_decided", at: uses.clock.now(), by: session.staff.id },
          { voidReason },
        ),
  );
  if (decided.refused !== null) return changedSince(desk, decided.batch);
  const ended = await finishVoid(uses, decided.batch);
  await signalBatch(uses, ended);
  return toBatch(ended);
};

/**
 * Takes up what an execution left lying: a lost signal, a voiding that was cut off, an execution
 * that failed.
 */
export const continueBatch = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const batch = await loadBatch(desk, typed);
  if (!batch) return notFoundPage(desk.request.locale);
  if (batch.status === "voiding") {
    await signalBatch(desk.uses, await finishVoid(desk.uses, batch));
  } else if (
    batch.status === "assembling" ||
    batch.status === "authorised" ||
    unreadReturn(batch) !== null
  ) {
    await signalOrStart(desk.uses, batch);
  }
  return toBatch(batch);
};

const unreadable = (desk: Desk, batch: Batch): PageResponse =>
  deskMessage(desk, 422, {
    title: { zh: "读不懂这个文件", en: "This file can't be read" },
    happened: {
      zh: "它不是 CSV、TXT 或 XLSX 回盘文件，或者缺少“业务参考号”（或账号和户名）“金额”“处理结果”中的某一列，所以什么都没有入账。",
      en: "It is no CSV, TXT or XLSX return, or it lacks a column for the reference (or account and name), the amount or the result. Nothing was booked.",
    },
    next: {
      zh: "请从网银重新导出，不要改动表头，再上传；旧的 .xls 文件请另存为 .xlsx。",
      en: "Export it again from the bank with its headings as they are, and upload that; save an old .xls as .xlsx first.",
    },
    link: { href: paths.desk("batches", batch.id), label: backToBatch },
  });

/**
 * Takes an uploaded return into the batch and has it settled. What is settled is a copy in our own
 * words that nobody can upload over; the bank's own file is kept with the batch (policy 5, retention).
 */
export const importReturn = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const batch = await loadBatch(desk, typed);
  const upload = request.form["upload"] ?? "";
  if (!batch || !/^[0-9a-f]{24}\.csv$/u.test(upload)) return notFoundPage(request.locale);
  const returnKey = `batches/${batch.id}/returns/${upload}`;
  if (!batch.returnKeys.includes(returnKey)) {
    const bytes = await uses.files.read(`incoming/${batch.id}/${upload}`, returnBytesMax);
    const lines = bytes && (await readReturn(uses, batch, bytes));
    if (!bytes || !lines) return unreadable(desk, batch);
    await uses.files.write(`batches/${batch.id}/answers/${upload.slice(0, 24)}`, bytes, anyMedia);
    await uses.files.write(returnKey, lines, "text/csv");
  }
  const given = await changeBatch(uses, batch.id, (before) =>
    before.returnKeys.includes(returnKey)
      ? null
      : moveBatch(
          before,
          { type: "return_given", at: uses.clock.now(), by: session.staff.id },
          { returnKeys: [...before.returnKeys, returnKey] },
        ),
  );
  if (given.refused !== null) return changedSince(desk, given.batch);
  if (unreadReturn(given.batch) !== null) await signalOrStart(uses, given.batch);
  return toBatch(given.batch);
};

/** Sends on to the bank file, under a link that holds for a minute. */
export const downloadBankFile = async (desk: Desk, typed: string): Promise<PageResponse> => {
  const batch = await loadBatch(desk, typed);
  if (!batch?.fileKey) return notFoundPage(desk.request.locale);
  await noteAccess(desk, "bank_file", batch.id);
  const order = orderOf(batch, bankProfileOf(batch.payingAccount));
  const location = await desk.uses.files.downloadLink(batch.fileKey, bankFileName(order));
  return { status: 303, body: "", headers: { location } };
};
