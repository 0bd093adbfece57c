/**
 * Comparing with another branch (policy 3.5): our list of keyed hashes goes out as a file, theirs comes in, and
 * what stands on both is kept with our cases.
 */
import { compareWith, listRows, ownHashes, casesMax } from "#shared/casework/compare-branches.ts";
import {
  listColumns,
  listProblemWords,
  type ListedHash,
} from "#shared/domain/branch-comparison.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import type { Text } from "#shared/kernel/text.ts";
import { csv, type Column } from "#shared/exports/csv.ts";
import { readReturnTable } from "#shared/exports/return-table.ts";
import { log } from "#shared/lambda/logging.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { fileSize } from "#shared/web/figures.ts";
import { html, type Html } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { absolute, paths } from "#shared/web/paths.ts";
import { count, deskForm, deskPage, factRow, say, type Desk } from "../../frame.ts";
import type { FormView } from "../people/fields.ts";
import { agreementFields, branchField, readAgreement, readBranch } from "./comparison-form.ts";
import { emptyView, summaryOf } from "./words-field.ts";

const listBytesMax = 2 * 1024 * 1024;
const uploadsMax = 10;

const words = {
  title: { zh: "与其他单位比对", en: "Compare with another branch" },
  lead: {
    zh: "双方用同一个约定口令各导出一份清单，交换后导入对方的清单，看有没有同一人在同一项目、同一期间重复申请。清单中只有加密后的对照值，没有姓名、身份证号和受理编号。",
    en: "Both branches export a list with the same passphrase, exchange them and import the other's: it shows who applied to both for the same programme and period. A list holds keyed hashes only: no names, ID numbers or references.",
  },
  covered: {
    zh: "比对范围：所选日期内提交、正在办理或已经安排资金的案件；没有批准、撤回、逾期终止的不比对。",
    en: "Compared are cases sent on these days that are under way or have had money set aside; what was refused, withdrawn or has lapsed is not.",
  },
  step1: { zh: "一、导出本单位清单", en: "1. Export our list" },
  export: { zh: "导出清单", en: "Export" },
  step2: { zh: "二、上传对方清单", en: "2. Upload the other branch's list" },
  file: { zh: "对方清单（CSV）", en: "The other list (CSV)" },
  send: { zh: "上传", en: "Upload" },
  step3: { zh: "三、比对", en: "3. Compare" },
  compare: { zh: "比对", en: "Compare" },
  noFile: { zh: "还没有上传对方的清单。", en: "No list of the other branch was uploaded yet." },
  uploaded: { zh: "已上传的清单", en: "Uploaded list" },
  ready: { zh: "清单已生成", en: "The list is ready" },
  cases: { zh: "本单位案件数", en: "Our cases" },
  hashes: { zh: "清单行数", en: "Lines on the list" },
  download: { zh: "下载清单", en: "Download the list" },
  done: { zh: "比对完成", en: "Compared" },
  listed: { zh: "对方清单行数", en: "Lines on the other list" },
  matches: { zh: "重复的本单位案件", en: "Our cases on both lists" },
  none: { zh: "没有重复。", en: "None." },
  again: { zh: "回到比对", en: "Back to the comparison" },
  tooMany: {
    zh: `案件超过 ${casesMax} 件，请把日期分成几段，双方按同样的分段各比对一次`,
    en: `There are more than ${casesMax} cases: part the days, and compare each part, both branches the same`,
  },
} as const satisfies Record<string, Text>;

const prefixOf = ({ session }: Desk): string => `incoming/comparison/${session.staff.id}/`;
const filePattern = /^[0-9a-f]{24}\.csv$/u;

const uploadForm = async (desk: Desk): Promise<Html> => {
  const { uses } = desk;
  const form = await uses.files.uploadForm({
    key: `${prefixOf(desk)}${Buffer.from(uses.random(12)).toString("hex")}.csv`,
    maxBytes: listBytesMax,
    returnTo: absolute(uses.siteUrl, paths.desk("oversight", "comparison")),
  });
  const hidden = Object.entries(form.fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${form.url}" enctype="multipart/form-data">
    ${hidden}
    <div class="item">
      <label for="file">${say(desk, words.file)}</label>
      <input type="file" id="file" name="file" accept=".csv,text/csv" />
    </div>
    <p class="actions"><button class="second">${say(desk, words.send)}</button></p>
  </form>`;
};

type Part = "export" | "import";

/** For the list that was uploaded last. */
const compareForm = async (desk: Desk, view: FormView): Promise<Html> => {
  const uploads = (await desk.uses.files.list(prefixOf(desk))).slice(-uploadsMax);
  const newest = uploads.at(-1);
  if (!newest) return html`<p>${say(desk, words.noFile)}</p>`;
  const name = newest.key.split("/").pop() ?? "";
  const action = paths.desk("oversight", "comparison", "import");
  return deskForm(
    desk,
    action,
    html`<input type="hidden" name="upload" value="${name}" />
      <p>${say(desk, words.uploaded)} · ${fileSize(newest.sizeBytes)}</p>
      ${branchField(desk, view)}${agreementFields(desk, view)}
      <p class="actions"><button>${say(desk, words.compare)}</button></p>`,
  );
};

const exportForm = (desk: Desk, view: FormView): Promise<Html> =>
  deskForm(
    desk,
    paths.desk("oversight", "comparison", "export"),
    html`${agreementFields(desk, view)}
      <p class="actions"><button>${say(desk, words.export)}</button></p>`,
  );

/** One of the two forms at a time: `?step=import` after the export, so that an id stands on a page once. */
const comparisonPage = async (desk: Desk, part: Part, view: FormView): Promise<PageResponse> => {
  const today = localDateOf(desk.uses.clock.now());
  const values = { from: `${today.slice(0, 4)}-01-01`, to: today, ...view.values };
  const filled = { ...view, values };
  const title = say(desk, words.title);
  const other = part === "export" ? "import" : "export";
  const turn = html`<p>
    <a href="${paths.desk("oversight", "comparison")}?step=${other}"
      >${say(desk, part === "export" ? words.step2 : words.step1)}</a
    >
  </p>`;
  const steps =
    part === "export"
      ? html`<h2>${say(desk, words.step1)}</h2>
          ${await exportForm(desk, filled)}`
      : html`<h2>${say(desk, words.step2)}</h2>
          ${await uploadForm(desk)}
          <h2>${say(desk, words.step3)}</h2>
          ${await compareForm(desk, filled)}`;
  return deskPage(desk, {
    title,
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${title}</h1>
      <p class="lead">${say(desk, words.lead)}</p>
      <p>${say(desk, words.covered)}</p>
      ${turn}${steps}`,
  });
};

/** After an upload the browser comes back without a query: then the list that waits is what matters. */
export const showComparison = async (desk: Desk): Promise<PageResponse> => {
  const asked = desk.request.query["step"];
  const uploads = asked === undefined ? await desk.uses.files.list(prefixOf(desk)) : [];
  const part = asked === "import" || uploads.length > 0 ? "import" : "export";
  return comparisonPage(desk, part, emptyView);
};

const typedOf = ({ request }: Desk): FormView["values"] => {
  const { from = "", to = "", branch = "" } = request.form;
  return { from, to, branch };
};

const wrong = (
  desk: Desk,
  part: Part,
  problem: NonNullable<FormView["problem"]>,
): Promise<PageResponse> => comparisonPage(desk, part, { values: typedOf(desk), problem });

const columns: readonly Column<ListedHash>[] = [
  { title: listColumns[0], kind: "text", value: ({ programmeId }) => programmeId },
  { title: listColumns[1], kind: "text", value: ({ period }) => period },
  { title: listColumns[2], kind: "text", value: ({ hash }) => hash },
];

export const exportOwn = async (desk: Desk): Promise<PageResponse> => {
  const agreement = readAgreement(desk);
  if ("field" in agreement) return wrong(desk, "export", agreement);
  const list = await ownHashes(desk.uses, agreement);
  if (list.kind === "too_many") {
    return wrong(desk, "export", { field: "from", says: words.tooMany });
  }
  const name = `${Buffer.from(desk.uses.random(12)).toString("hex")}.csv`;
  await desk.uses.files.writeStream(`comparison/${name}`, csv(columns, listRows(list)), "text/csv");
  log.info("comparison list exported", {
    function: "serve-desk",
    count: list.hashes.length,
    staffId: desk.session.staff.id,
  });
  const title = say(desk, words.ready);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.cases), count(list.cases))}
        ${factRow(say(desk, words.hashes), count(list.hashes.length))}
      </dl>
      <p>${say(desk, words.covered)}</p>
      <p class="actions">
        <a class="button" href="${paths.desk("oversight", "lists", name)}"
          >${say(desk, words.download)}</a
        >
        <a href="${paths.desk("oversight", "comparison")}?step=import">${say(desk, words.step2)}</a>
      </p>`,
  });
};

/** Sends on to the list, under a link that holds for a minute. */
export const downloadList = async (desk: Desk, name: string): Promise<PageResponse> => {
  const key = `comparison/${name}`;
  if (!filePattern.test(name) || !(await desk.uses.files.head(key, 1))) {
    return notFoundPage(desk.request.locale);
  }
  const location = await desk.uses.files.downloadLink(key, `comparison-${name}`);
  return { status: 303, body: "", headers: { location } };
};

export const importTheirs = async (desk: Desk): Promise<PageResponse> => {
  const upload = desk.request.form["upload"] ?? "";
  if (!filePattern.test(upload)) return notFoundPage(desk.request.locale);
  const branch = readBranch(desk);
  if (typeof branch !== "string") return wrong(desk, "import", branch);
  const agreement = readAgreement(desk);
  if ("field" in agreement) return wrong(desk, "import", agreement);
  const bytes = await desk.uses.files.read(`${prefixOf(desk)}${upload}`, listBytesMax);
  const rows = (bytes && readReturnTable(bytes)) ?? [];
  const by = desk.session.staff.id;
  const compared = await compareWith(desk.uses, { agreement, branch, by, rows });
  if (compared.kind === "too_many") {
    return wrong(desk, "import", { field: "from", says: words.tooMany });
  }
  if (compared.kind === "problem") {
    const field = compared.problem === "another_passphrase" ? "passphrase" : "branch";
    return wrong(desk, "import", { field, says: listProblemWords[compared.problem] });
  }
  const { matches } = compared;
  log.info("branches compared", { function: "serve-desk", count: matches.length, staffId: by });
  const title = say(desk, words.done);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      <dl class="facts">
        ${factRow(say(desk, words.cases), count(compared.cases))}
        ${factRow(say(desk, words.listed), count(compared.listed))}
      </dl>
      <h2>${say(desk, words.matches)}</h2>
      ${
        matches.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : html`<ul>
              ${matches.map(
                ({ applicationId: id }) =>
                  html`<li><a href="${paths.desk("oversight", "matches", id)}">${id}</a></li> `,
              )}
            </ul>`
      }
      <p><a href="${paths.desk("oversight", "comparison")}">${say(desk, words.again)}</a></p>`,
  });
};
