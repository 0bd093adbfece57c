/** The bank's returns as they come in: a form for the file, and what was uploaded and not read yet. */
import type { Batch } from "#shared/domain/disbursement.ts";
import { returnBytesMax } from "#shared/exports/return-table.ts";
import type { Text } from "#shared/kernel/text.ts";
import { fileSize } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { deskForm, say, type Desk } from "../../frame.ts";

const words = {
  upload: { zh: "上传银行回盘文件", en: "Upload the bank's return" },
  uploadHint: {
    zh: "网银导出的结果文件：XLSX，或 CSV、TXT（UTF-8、UTF-16 或 GBK），保留银行的表头。最大 10 MB。",
    en: "The result file as the bank gives it: XLSX, or CSV or TXT (UTF-8, UTF-16 or GBK), with the bank's headings. At most 10 MB.",
  },
  send: { zh: "上传", en: "Upload" },
  uploaded: { zh: "已上传、未读取的回盘文件", en: "Uploaded, not read yet" },
  import: { zh: "读取并入账", en: "Read and settle" },
} as const satisfies Record<string, Text>;

export const uploadPart = async (desk: Desk, batch: Batch): Promise<Html> => {
  const { uses } = desk;
  const name = Buffer.from(uses.random(12)).toString("hex");
  const form = await uses.files.uploadForm({
    key: `incoming/${batch.id}/${name}.csv`,
    maxBytes: returnBytesMax,
    returnTo: absolute(uses.siteUrl, paths.desk("batches", batch.id)),
  });
  const fields = Object.entries(form.fields).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`,
  );
  return html`<h2>${say(desk, words.upload)}</h2>
    <form method="post" action="${form.url}" enctype="multipart/form-data">
      ${fields}
      <div class="item">
        <label for="file">${say(desk, words.upload)}</label>
        <span class="hint" id="file-hint">${say(desk, words.uploadHint)}</span>
        <input
          type="file"
          id="file"
          name="file"
          accept=".csv,.txt,.xlsx,.xml,text/csv"
          aria-describedby="file-hint"
        />
      </div>
      <p class="actions"><button class="second">${say(desk, words.send)}</button></p>
    </form>`;
};

/** Uploads whose content was taken into the batch under the same name are done with. */
export const waitingUploads = async (desk: Desk, batch: Batch): Promise<Html | null> => {
  const uploads = await desk.uses.files.list(`incoming/${batch.id}/`);
  const taken = new Set(batch.returnKeys.map((key) => key.split("/").pop()));
  const waiting = uploads.filter(({ key }) => !taken.has(key.split("/").pop()));
  if (waiting.length === 0) return null;
  const forms = await Promise.all(
    waiting.map(({ key, sizeBytes }) =>
      deskForm(
        desk,
        paths.desk("batches", batch.id, "returns"),
        html`<input type="hidden" name="upload" value="${key.split("/").pop() ?? ""}" />
          <p>${fileSize(sizeBytes)} <button>${say(desk, words.import)}</button></p>`,
      ),
    ),
  );
  return html`<h2>${say(desk, words.uploaded)}</h2>
    ${forms}`;
};
