/** Files by the day on which something is due: about to run out, run out, watched, or all of them. */
import { reminderDays } from "#shared/domain/hardship-file.ts";
import { addDays, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import type { FileId } from "#shared/kernel/ids.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import { maskedName } from "#shared/domain/masking.ts";
import { unitOf } from "#shared/domain/organisation.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import type { FileList } from "#shared/ports/archive.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import { date } from "#shared/web/figures.ts";
import { html, type Fragment } from "#shared/web/html.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { cardTable, deskPage, mayDo, say, type Desk } from "../../frame.ts";
import { filePath, loadOurs, ourUnits, type LoadedFile } from "./load.ts";
import { categoryName } from "./words.ts";

export const fileLists = ["expiring", "expired", "prevention", "open"] as const;
export type FileListName = (typeof fileLists)[number];

export const listNames: Readonly<Record<FileListName, Text>> = {
  expiring: {
    zh: `${reminderDays}天内到期，等待重新申报`,
    en: `Running out within ${reminderDays} days, to be declared anew`,
  },
  expired: { zh: "已过有效期，不能作为申请依据", en: "Run out: no claim may rest on them" },
  prevention: { zh: "防困对象，定期复核", en: "Prevention list, looked at from time to time" },
  open: { zh: "全部在档家庭", en: "All households on file" },
};

/** Which files stand in a list on a day. */
export const rangeOf = (name: FileListName, today: LocalDate): Omit<FileList, "unitId"> => {
  switch (name) {
    case "expiring":
      return { state: "open", from: today, to: addDays(today, reminderDays) };
    case "expired":
      return { state: "open", to: addDays(today, -1) };
    case "prevention":
      return { state: "prevention" };
    case "open":
      return { state: "open" };
  }
};

const words = {
  file: { zh: "档案编号", en: "File" },
  worker: { zh: "职工", en: "Worker" },
  category: { zh: "类别", en: "Category" },
  unit: { zh: "所在工会", en: "Office" },
  validUntil: { zh: "有效期至", en: "Valid until" },
  verifiedOn: { zh: "上次复核", en: "Last looked at" },
  none: { zh: "目前没有。", en: "None at present." },
  first: { zh: "只列出最先到期的", en: "Only those due first are listed: " },
} as const satisfies Record<string, Text>;

const shownMax = 100;
const readsAtOnce = 8;

const isList = (typed: string): typed is FileListName => fileLists.some((name) => name === typed);

const idsIn = async (desk: Desk, name: FileListName): Promise<readonly FileId[]> => {
  const units = ourUnits(desk, await desk.uses.directory.organisation());
  const range = rangeOf(name, localDateOf(desk.uses.clock.now()));
  const pages = await inParallel(units, readsAtOnce, ({ id }) =>
    desk.uses.archive.list({ unitId: id, ...range }, shownMax),
  );
  return pages.flatMap(({ rows }) => rows);
};

const dueOf = ({ file }: LoadedFile): LocalDate =>
  file.state === "prevention" ? (file.verifiedOn ?? file.declaredOn) : file.validUntil;

const fileCells = (desk: Desk, loaded: LoadedFile): readonly Fragment[] => {
  const { file, content, organisation } = loaded;
  const { locale } = desk.request;
  const name = content.members[0]?.name ?? "";
  const unit = unitOf(organisation, file.unitId);
  return [
    html`<a class="nowrap" href="${filePath(file.id)}">${file.id}</a>`,
    mayDo(desk, "see_facts") ? name : maskedName(name),
    say(desk, categoryName(file.category)),
    unit ? inLocale(unit.name, locale) : file.unitId,
    html`<span class="nowrap">${date(dueOf(loaded), locale)}</span>`,
  ];
};

export const showList = async (desk: Desk, typed: string): Promise<PageResponse> => {
  if (!isList(typed)) return notFoundPage(desk.request.locale);
  const ids = await idsIn(desk, typed);
  const read = await inParallel(ids, readsAtOnce, (id) => loadOurs(desk, id));
  const loaded = read
    .flatMap((one) => one ?? [])
    .toSorted((one, other) => (dueOf(one) < dueOf(other) ? -1 : 1))
    .slice(0, shownMax);
  const due = typed === "prevention" ? words.verifiedOn : words.validUntil;
  const title = say(desk, listNames[typed]);
  return deskPage(desk, {
    title,
    body: html`<h1>${title}</h1>
      ${
        loaded.length === 0
          ? html`<p>${say(desk, words.none)}</p>`
          : cardTable(
              desk,
              [words.file, words.worker, words.category, words.unit, due],
              loaded.map((one) => fileCells(desk, one)),
            )
      }
      ${ids.length > shownMax ? html`<p class="soft">${say(desk, words.first)}${shownMax}</p>` : null}`,
  });
};
