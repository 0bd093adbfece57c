/** A file of the own branch, and the pages for what stands in the way. */
import { loadFile } from "#shared/casework/archive-files.ts";
import { isInBranch } from "#shared/domain/branch.ts";
import type { OpenedFile } from "#shared/domain/file-steps.ts";
import type { HardshipFile } from "#shared/domain/hardship-file.ts";
import { isBaseUnit, type Organisation, type Unit } from "#shared/domain/organisation.ts";
import { parseFileId, type FileId } from "#shared/kernel/ids.ts";
import { notFoundPage } from "#shared/web/error-page.ts";
import type { PageResponse } from "#shared/web/page.ts";
import { paths } from "#shared/web/paths.ts";
import { deskMessage, type Desk } from "../../frame.ts";

export const filePath = (id: FileId, ...more: readonly string[]): string =>
  paths.desk("archive", id, ...more);

export interface LoadedFile extends OpenedFile {
  readonly organisation: Organisation;
}

/** Whether the file is one of the own office's or of those below it. Of others not even their being there is told. */
export const isOurs = (
  desk: Desk,
  organisation: Organisation,
  { unitId }: Pick<HardshipFile, "unitId">,
): boolean => isInBranch(organisation, desk.session.staff.unitId, unitId);

/** Offices that keep files, of the own branch. */
export const ourUnits = (desk: Desk, organisation: Organisation): readonly Unit[] =>
  organisation.units.filter(
    (unit) => isBaseUnit(unit) && isInBranch(organisation, desk.session.staff.unitId, unit.id),
  );

/** @returns null when there is no such file in the own branch. */
export const loadOurs = async (desk: Desk, typed: string): Promise<LoadedFile | null> => {
  const id = parseFileId(typed);
  const [opened, organisation] = await Promise.all([
    id && loadFile(desk.uses, id),
    desk.uses.directory.organisation(),
  ]);
  return opened && isOurs(desk, organisation, opened.file) ? { ...opened, organisation } : null;
};

/** Hands a file of the own branch on, or says that there is none. */
export const withFile = async (
  desk: Desk,
  typed: string,
  answer: (loaded: LoadedFile) => Promise<PageResponse>,
): Promise<PageResponse> => {
  const loaded = await loadOurs(desk, typed);
  return loaded ? answer(loaded) : notFoundPage(desk.request.locale);
};

/** What was sent rests on a file that somebody else has changed since. */
export const fileChanged = (desk: Desk, id: FileId): PageResponse =>
  deskMessage(desk, 409, {
    title: { zh: "档案有变化", en: "The file has changed" },
    happened: {
      zh: "您打开页面以后，这份档案被别人改过，所以刚才的操作没有办理。",
      en: "Somebody else changed the file since you opened the page, so what you sent was not done.",
    },
    next: {
      zh: "请打开档案，看过现在的内容再办理。",
      en: "Open the file and look at it as it stands.",
    },
    link: { href: filePath(id), label: { zh: "打开档案", en: "Open the file" } },
  });

export const isAsShown = ({ request }: Desk, { version }: HardshipFile): boolean =>
  request.form["version"] === String(version);
