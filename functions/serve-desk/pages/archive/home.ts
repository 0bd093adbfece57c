/** The archive's first page: a way to one file, and the lists that need somebody's attention. */
import { personIndex } from "#shared/casework/person-index.ts";
import { idNumber } from "#shared/domain/form.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { parseFileId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { Text } from "#shared/kernel/text.ts";
import { log } from "#shared/lambda/logging.ts";
import { html, type Html } from "#shared/web/html.ts";
import { redirect, type PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import {
  count,
  deskForm,
  deskPage,
  figureHeading,
  mayDo,
  say,
  table,
  type Desk,
} from "../../frame.ts";
import { textField, type FormView } from "../people/fields.ts";
import { emptyView, summaryOf } from "../oversight/words-field.ts";
import { fileLists, listNames, rangeOf, type FileListName } from "./lists.ts";
import { filePath, isOurs, ourUnits } from "./load.ts";
import { archiveTitle } from "./words.ts";

const words = {
  find: { zh: "查档案", en: "Find a file" },
  findBy: { zh: "身份证号或档案编号", en: "ID number or file number" },
  findHint: {
    zh: "家庭任何一名成员的身份证号（18位），或 HF 开头的档案编号；身份证号只用来查找，不会出现在网址和日志里",
    en: "The ID number of any member, or a file number that begins with HF. An ID number is used for the search only and stands in no address and no log",
  },
  search: { zh: "查找", en: "Find" },
  lists: { zh: "需要办理的档案", en: "Files that need attention" },
  list: { zh: "名单", en: "List" },
  files: { zh: "户数", en: "Households" },
  open: { zh: "建立档案", en: "Open a file" },
  import: { zh: "批量导入", en: "Import files" },
  neither: {
    zh: "请填18位身份证号，或 HF 开头、共10位的档案编号",
    en: "Type an ID number of 18 characters, or a file number: HF and eight characters",
  },
  notFound: {
    zh: "本单位和下级单位的档案里没有这个人（或这个编号）。请核对后再查；确实没有的，可以建档。",
    en: "No file of your office or of those below it has this person or number. Check it; if there is none, open one.",
  },
} as const satisfies Record<string, Text>;

const countMax = 200;
const unitsAtOnce = 16;

const shownCount = (found: number): string =>
  found > countMax ? `${count(countMax)}+` : count(found);

const lengthOf = async (desk: Desk, name: FileListName): Promise<number> => {
  const units = ourUnits(desk, await desk.uses.directory.organisation());
  const range = rangeOf(name, localDateOf(desk.uses.clock.now()));
  const lengths = await inParallel(units, unitsAtOnce, async ({ id }) => {
    const page = await desk.uses.archive.list({ unitId: id, ...range }, countMax + 1);
    return page.rows.length;
  });
  return lengths.reduce((sum, length) => sum + length, 0);
};

const listRow = (desk: Desk, name: FileListName, length: number): Html =>
  html`<tr>
    <td>
      <a href="${paths.desk("archive", "list", name)}">${say(desk, listNames[name])}</a>
    </td>
    <td class="figure">${shownCount(length)}</td>
  </tr>`;

const keepPart = (desk: Desk): Html | null =>
  mayDo(desk, "keep_archive")
    ? html`<p class="actions">
        <a class="button" href="${paths.desk("archive", "new")}">${say(desk, words.open)}</a>
        <a class="button second" href="${paths.desk("archive", "import")}"
          >${say(desk, words.import)}</a
        >
      </p>`
    : null;

const archivePage = async (desk: Desk, view: FormView): Promise<PageResponse> => {
  const lengths = await Promise.all(fileLists.map((name) => lengthOf(desk, name)));
  const find = await deskForm(
    desk,
    paths.desk("archive", "find"),
    html`${textField(desk, view, "wanted", { label: words.findBy, hint: words.findHint, maxLength: 24 })}
      <p class="actions"><button class="second">${say(desk, words.search)}</button></p>`,
  );
  return deskPage(desk, {
    title: say(desk, archiveTitle),
    status: view.problem ? 422 : 200,
    body: html`${summaryOf(desk, view)}
      <h1>${say(desk, archiveTitle)}</h1>
      ${keepPart(desk)}
      <h2>${say(desk, words.find)}</h2>
      ${find}
      <h2>${say(desk, words.lists)}</h2>
      ${table(
        desk,
        [words.list, figureHeading(words.files)],
        fileLists.map((name, place) => listRow(desk, name, lengths[place] ?? 0)),
      )}`,
  });
};

export const showArchive = (desk: Desk): Promise<PageResponse> => archivePage(desk, emptyView);

const idField = idNumber({ label: words.findBy });

const fileWanted = async ({ uses }: Desk, typed: string) => {
  const id = parseFileId(typed.toUpperCase().replaceAll(" ", ""));
  if (id) return uses.archive.get(id);
  const read = idField.schema.safeParse(typed);
  return read.success ? uses.archive.fileOf(await personIndex(uses, read.data)) : undefined;
};

/** A POST, so that an ID number stands in no address. What was typed comes back with what is wrong. */
export const findFile = async (desk: Desk): Promise<PageResponse> => {
  const typed = (desk.request.form["wanted"] ?? "").trim();
  const file = await fileWanted(desk, typed);
  const organisation = await desk.uses.directory.organisation();
  log.info("archive searched", { function: "serve-desk", staffId: desk.session.staff.id });
  if (file && isOurs(desk, organisation, file)) return redirect(filePath(file.id));
  const says = file === undefined ? words.neither : words.notFound;
  return archivePage(desk, { values: { wanted: typed }, problem: { field: "wanted", says } });
};
