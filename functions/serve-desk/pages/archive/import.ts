/** Importing files from a spreadsheet: upload, look at what is wrong or what would come of it, then import. */
import { checkImport, runImport, type CheckedImport } from "#shared/casework/archive-import.ts";
import { importColumns } from "#shared/domain/import-columns.ts";
import { csv } from "#shared/exports/csv.ts";
import {
  readSheetTable,
  sheetBytesMax,
  type SheetUnreadable,
} from "#shared/exports/sheet-table.ts";
import { instantOfMs, msOfInstant } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { dateTime, fileSize } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import {
  count,
  deskForm,
  deskMessage,
  deskPage,
  figureHeading,
  say,
  table,
  type Desk,
} from "../../frame.ts";
import { columnTitle, errorText, unreadableWords } from "./import-words.ts";
import { archiveTitle } from "./words.ts";

const words = {
  title: { zh: "批量导入困难职工档案", en: "Import hardship files" },
  means: {
    zh: "每名家庭成员一行，同一户用同一个户编号；全户共用的内容填在“本人”那一行。身份证号、银行卡号、电话所在的列要设为“文本”。文件先整体检查，有一处错误就什么都不导入。",
    en: "One row a member; rows of a household share its number, and what is asked once stands on the worker's row. Columns of ID, card and phone numbers must be text. The file is checked as a whole: with one error nothing is imported.",
  },
  template: {
    zh: "下载模板（CSV，可用表格软件打开）",
    en: "Download the template (CSV, opens in a spreadsheet)",
  },
  upload: { zh: "选择文件（XLSX 或 CSV）", en: "Choose a file (XLSX or CSV)" },
  uploadHint: { zh: "最大 5 MB，最多 5000 行", en: "At most 5 MB and 5,000 rows" },
  send: { zh: "上传", en: "Upload" },
  uploaded: { zh: "已上传的文件", en: "Uploaded files" },
  check: { zh: "检查", en: "Check it" },
  errors: { zh: "需要改正", en: "To be mended" },
  nothing: {
    zh: "什么都没有导入。请改正下面列出的每一处，再上传整个文件。",
    en: "Nothing was imported. Mend everything listed below and upload the whole file again.",
  },
  row: { zh: "行", en: "Row" },
  column: { zh: "列", en: "Column" },
  problem: { zh: "问题", en: "What is wrong" },
  head: { zh: "标题行", en: "heading" },
  more: { zh: "还有更多，先改正这些。", en: "There are more; mend these first." },
  ready: { zh: "检查通过，可以导入", en: "Checked: it can be imported" },
  households: { zh: "户", en: "Households" },
  people: { zh: "人", en: "People" },
  there: {
    zh: "其中已经在档（上次导入过）",
    en: "Of them on file from an earlier import of this file",
  },
  import: { zh: "导入", en: "Import" },
  reason: { zh: "批量导入", en: "Imported from a spreadsheet" },
} as const satisfies Record<string, Text>;

/** When it was asked for, in milliseconds, and what nobody can guess. */
const uploadPattern = /^(?<at>\d{15})-[0-9a-f]{24}$/u;
const uploadName = ({ uses }: Desk): string => {
  const at = String(msOfInstant(uses.clock.now())).padStart(15, "0");
  return `${at}-${Buffer.from(uses.random(12)).toString("hex")}`;
};
const uploadsShownMax = 5;
const errorsShownMax = 200;

/** Uploads of one person: nobody imports, or sees, what another has uploaded. */
const folderOf = ({ session }: Desk): string => `incoming/archive/${session.staff.id}/`;

const uploadPart = async (desk: Desk): Promise<Html> => {
  const { uses } = desk;
  const form = await uses.files.uploadForm({
    key: `${folderOf(desk)}${uploadName(desk)}`,
    maxBytes: sheetBytesMax,
    returnTo: absolute(uses.siteUrl, paths.desk("archive", "import")),
  });
  const fields = Object.entries(form.fields).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}" />`,
  );
  return html`<form method="post" action="${form.url}" enctype="multipart/form-data">
    ${fields}
    <div class="item">
      <label for="file">${say(desk, words.upload)}</label>
      <span class="hint" id="file-hint">${say(desk, words.uploadHint)}</span>
      <input type="file" id="file" name="file" accept=".xlsx,.csv" aria-describedby="file-hint" />
    </div>
    <p class="actions"><button class="second">${say(desk, words.send)}</button></p>
  </form>`;
};

const uploadedAt = ({ request }: Desk, name: string): string =>
  dateTime(instantOfMs(Number(uploadPattern.exec(name)?.groups?.["at"] ?? 0)), request.locale);

/** The newest first; files that nobody imports are deleted after some days. */
const uploadsPart = async (desk: Desk): Promise<Html | null> => {
  const found = await desk.uses.files.list(folderOf(desk));
  const uploads = found
    .map(({ key, sizeBytes }) => ({ name: key.slice(folderOf(desk).length), sizeBytes }))
    .filter(({ name }) => uploadPattern.test(name))
    .toSorted((one, other) => (one.name < other.name ? 1 : -1))
    .slice(0, uploadsShownMax);
  if (uploads.length === 0) return null;
  const forms = await Promise.all(
    uploads.map(({ name, sizeBytes }) =>
      deskForm(
        desk,
        paths.desk("archive", "import"),
        html`<input type="hidden" name="upload" value="${name}" />
          <p>
            ${uploadedAt(desk, name)} · ${fileSize(sizeBytes)}
            <button>${say(desk, words.check)}</button>
          </p>`,
      ),
    ),
  );
  return html`<h2>${say(desk, words.uploaded)}</h2>
    ${forms}`;
};

const importPage = async (desk: Desk, found: Html | null, status = 200): Promise<PageResponse> =>
  deskPage(desk, {
    title: say(desk, words.title),
    status,
    body: html`<h1>${say(desk, words.title)}</h1>
      ${found}
      <p>${say(desk, words.means)}</p>
      <p>
        <a href="${paths.desk("archive", "template")}">${say(desk, words.template)}</a>
      </p>
      ${await uploadPart(desk)}${await uploadsPart(desk)}`,
  });

export const showImport = (desk: Desk): Promise<PageResponse> => importPage(desk, null);

const unreadablePart = (desk: Desk, why: SheetUnreadable): Html =>
  html`<div class="notice wrong" role="alert">
    <p>${say(desk, unreadableWords[why])}</p>
  </div>`;

const errorsPart = (desk: Desk, { errors }: Extract<CheckedImport, { kind: "errors" }>): Html => {
  const rows = errors.slice(0, errorsShownMax).map(
    (error) =>
      html`<tr>
        <td class="figure">${error.line === 0 ? say(desk, words.head) : error.line}</td>
        <td>${say(desk, columnTitle(error))}</td>
        <td>${say(desk, errorText(error))}</td>
      </tr>`,
  );
  return html`<div class="notice wrong" role="alert">
      <p>${say(desk, words.nothing)}</p>
    </div>
    ${table(desk, [figureHeading(words.row), words.column, words.problem], rows, words.errors)}
    ${errors.length > errorsShownMax ? html`<p>${say(desk, words.more)}</p>` : null}`;
};

const readyPart = async (
  desk: Desk,
  upload: string,
  { households }: Extract<CheckedImport, { kind: "ready" }>,
): Promise<Html> => {
  const people = households.reduce((sum, { declaration }) => sum + declaration.members.length, 0);
  const there = households.filter(({ isThere }) => isThere).length;
  const figure = (label: Text, value: number): Html =>
    html`<dt>${say(desk, label)}</dt>
      <dd>${count(value)}</dd>`;
  const form = await deskForm(
    desk,
    paths.desk("archive", "import"),
    html`<input type="hidden" name="upload" value="${upload}" />
      <p class="actions">
        <button name="intent" value="import">${say(desk, words.import)}</button>
      </p>`,
  );
  return html`<div class="notice good"><p>${say(desk, words.ready)}</p></div>
    <dl class="facts">
      ${figure(words.households, households.length)}${figure(words.people, people)}
      ${figure(words.there, there)}
    </dl>
    ${form}`;
};

const imported = async (
  desk: Desk,
  checked: Extract<CheckedImport, { kind: "ready" }>,
): Promise<PageResponse> => {
  const keeper = { by: desk.session.staff.id, reason: words.reason.zh };
  const { opened, wereThere, failed } = await runImport(desk.uses, checked.households, keeper);
  log.info("archive imported", {
    function: "serve-desk",
    staffId: desk.session.staff.id,
    count: opened,
  });
  const [taken, before, missed] = [opened, wereThere, failed.length].map(count);
  const lines = failed.map(({ line }) => line).join(", ");
  return deskMessage(desk, failed.length > 0 ? 409 : 200, {
    title:
      failed.length > 0
        ? { zh: "有些家庭没有导入", en: "Some households were not imported" }
        : { zh: "导入完成", en: "The import is done" },
    happened: {
      zh: `新建档案 ${taken} 户；原已导入 ${before} 户${failed.length > 0 ? `；没有导入 ${missed} 户（第 ${lines} 行），因为导入期间别人为其中的人建了档` : ""}。`,
      en: `${taken} files were opened; ${before} were there from an earlier import${failed.length > 0 ? `; ${missed} were not imported (rows ${lines}), because somebody else opened files for their people meanwhile` : ""}.`,
    },
    next:
      failed.length > 0
        ? {
            zh: "请核对这几户后改正文件，再导入一次；已导入的不会重复。",
            en: "Look at these households, mend the file and import it again; what is there stays as it is.",
          }
        : {
            zh: "可以在档案里按身份证号查到他们。",
            en: "They can be found in the archive by ID number.",
          },
    link: { href: paths.desk("archive"), label: archiveTitle },
  });
};

/** Checks the upload, and imports it when the keeper has seen what would come of it. Sent twice, it changes nothing more. */
export const takeImport = async (desk: Desk): Promise<PageResponse> => {
  const { uses, request, session } = desk;
  const upload = request.form["upload"] ?? "";
  const bytes = uploadPattern.test(upload)
    ? await uses.files.read(`${folderOf(desk)}${upload}`, sheetBytesMax)
    : null;
  const importer = {
    organisation: await uses.directory.organisation(),
    unitId: session.staff.unitId,
  };
  const sheet = await readSheetTable(bytes ?? new Uint8Array());
  if (sheet.kind === "unreadable") return importPage(desk, unreadablePart(desk, sheet.why), 422);
  const checked = await checkImport(uses, importer, sheet.rows);
  switch (checked.kind) {
    case "errors":
      return importPage(desk, errorsPart(desk, checked), 422);
    case "ready":
      return request.form["intent"] === "import"
        ? imported(desk, checked)
        : importPage(desk, await readyPart(desk, upload, checked));
  }
};

const asBytes = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
};

/** A table with its headings and no rows; the byte order mark makes Excel read it as UTF-8. */
export const downloadTemplate = async (desk: Desk): Promise<PageResponse> => {
  const columns = importColumns.map(({ title }) => ({
    title: say(desk, title),
    kind: "text" as const,
    value: () => "",
  }));
  return {
    status: 200,
    body: await asBytes(csv(columns, [])),
    contentType: "text/csv; charset=utf-8",
    headers: { "content-disposition": 'attachment; filename="archive-template.csv"' },
  };
};
