/** On the page of a batch: the bank refused the file as a whole, by its paper, one person's word and a second one's. */
import type { Batch, BatchItem } from "#shared/domain/disbursement.ts";
import { paperMaxBytes } from "#shared/domain/paper-file.ts";
import type { Text } from "#shared/kernel/text.ts";
import { dateTime, fileSize } from "#shared/web/figures.ts";
import { html, lines, type Html } from "#shared/web/html.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deskForm, mayDo, say, type Desk } from "../../frame.ts";
import { selectField, textField, type FormView } from "../people/fields.ts";

export const reasonMaxLength = 200;

export const refusalWords = {
  title: { zh: "银行整批拒收", en: "The bank refused the whole file" },
  lead: {
    zh: "只有银行对整个文件拒收、一笔都没有受理时才用。先上传银行的书面答复，再登记；另一位财务人员确认后，全部付款退回待发放，业务参考号作废，原文件不得再次提交。",
    en: "Only where the bank refused the file as a whole and took in no payment of it. Upload the bank's paper, then say so; once another person confirms it, every payment is payable again under a new reference, and the file must not be sent again.",
  },
  paper: {
    zh: "银行书面答复（PDF 或照片，最大 10 MB）",
    en: "The bank's paper (PDF or photo, at most 10 MB)",
  },
  send: { zh: "上传", en: "Upload" },
  which: { zh: "已上传的文件", en: "Uploaded file" },
  reason: { zh: "银行说明的原因", en: "The bank's reason" },
  say: { zh: "登记整批拒收", en: "Say that it was refused" },
  reasonRequired: { zh: "请填写银行说明的原因", en: "Give the bank's reason" },
  paperRequired: {
    zh: "请先上传银行的书面答复，要能打开的 PDF 或照片",
    en: "Upload the bank's paper first: a PDF or photo that opens",
  },
  said: {
    zh: "已登记银行整批拒收，等待另一位财务人员确认",
    en: "Said to be refused as a whole; another person is to confirm it",
  },
  by: { zh: "登记人", en: "Said by" },
  open: { zh: "查看银行书面答复", en: "See the bank's paper" },
  confirm: { zh: "确认整批拒收，全部退回待发放", en: "Confirm: put all payments back" },
  own: { zh: "这是您登记的，需由另一人确认。", en: "You said it; another person confirms it." },
  withdraw: { zh: "撤销登记", en: "Take it back" },
} as const satisfies Record<string, Text>;

export const prefixOf = ({ id }: Batch): string => `incoming/refused/${id}/`;

const uploadForm = async (desk: Desk, batch: Batch): Promise<Html> => {
  const { uses } = desk;
  const form = await uses.files.uploadForm({
    key: `${prefixOf(batch)}${Buffer.from(uses.random(12)).toString("hex")}`,
    maxBytes: paperMaxBytes,
    returnTo: absolute(uses.siteUrl, paths.desk("batches", batch.id)),
  });
  return html`<form method="post" action="${form.url}" enctype="multipart/form-data">
    ${Object.entries(form.fields).map(
      ([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`,
    )}
    <div class="item">
      <label for="refusal-paper">${say(desk, refusalWords.paper)}</label>
      <input type="file" id="refusal-paper" name="file" accept=".pdf,image/*" />
    </div>
    <p class="actions"><button class="second">${say(desk, refusalWords.send)}</button></p>
  </form>`;
};

const sayForm = async (desk: Desk, batch: Batch, view: FormView): Promise<Html | null> => {
  const uploads = await desk.uses.files.list(prefixOf(batch));
  if (uploads.length === 0) return null;
  const options = uploads.map(({ key, sizeBytes }, index) => ({
    value: key.slice(prefixOf(batch).length),
    label: `${index + 1} · ${fileSize(sizeBytes)}`,
  }));
  return deskForm(
    desk,
    paths.desk("batches", batch.id, "refusal"),
    html`${selectField(desk, view, "upload", { label: refusalWords.which, options })}
      ${textField(desk, view, "refusalReason", { label: refusalWords.reason, maxLength: reasonMaxLength })}
      <p class="actions"><button class="danger">${say(desk, refusalWords.say)}</button></p>`,
  );
};

const saidPart = async (
  desk: Desk,
  batch: Batch,
  names: ReadonlyMap<string, string>,
): Promise<Html | null> => {
  const { refusal } = batch;
  if (refusal === null) return null;
  const isOwn = refusal.by === desk.session.staff.id;
  const confirming =
    mayDo(desk, "authorise") && !isOwn
      ? await deskForm(
          desk,
          paths.desk("batches", batch.id, "refusal-confirmed"),
          html`<input type="hidden" name="version" value="${batch.version}" />
            <p class="actions">
              <button class="danger">${say(desk, refusalWords.confirm)}</button>
            </p>`,
        )
      : null;
  const withdrawing = mayDo(desk, "void")
    ? await deskForm(
        desk,
        paths.desk("batches", batch.id, "refusal-withdrawn"),
        html`<p class="actions">
          <button class="second">${say(desk, refusalWords.withdraw)}</button>
        </p>`,
      )
    : null;
  return html`<div class="notice wait">
    <p><strong>${say(desk, refusalWords.said)}</strong></p>
    <p>${lines(refusal.reason)}</p>
    <p class="soft">
      ${say(desk, refusalWords.by)} ${names.get(refusal.by) ?? refusal.by} ·
      ${dateTime(refusal.at, desk.request.locale)}
    </p>
    <p>
      <a href="${paths.desk("batches", batch.id, "refusal")}">${say(desk, refusalWords.open)}</a>
    </p>
    ${isOwn ? html`<p>${say(desk, refusalWords.own)}</p>` : null}${confirming}${withdrawing}
  </div>`;
};

/** Nothing once the bank has said something of one payment. */
export const refusalPart = async (
  desk: Desk,
  shown: {
    readonly batch: Batch;
    readonly items: readonly BatchItem[];
    readonly names: ReadonlyMap<string, string>;
  },
  typed: FormView | null,
): Promise<Html | null> => {
  const { batch, items, names } = shown;
  if (batch.status !== "sent") return null;
  if (batch.refusal !== null) return saidPart(desk, batch, names);
  if (!mayDo(desk, "import_return") || items.some(({ status }) => status !== "ready")) return null;
  const view = typed ?? { values: {}, problem: null };
  const form = await sayForm(desk, batch, view);
  return html`<details ${typed || form ? html`open` : null}>
    <summary>${say(desk, refusalWords.title)}</summary>
    <p>${say(desk, refusalWords.lead)}</p>
    ${form}${await uploadForm(desk, batch)}
  </details>`;
};
