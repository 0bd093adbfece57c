/**
 * The archive's daily look: files about to run out are put before their office once, and once more when they have
 * run out; a month's first look tells of everything that is still due. A file that has run out stays open and is
 * no ground for a claim until it is declared anew.
 */
import { handlersOf, handlingUnitOf } from "#shared/domain/acceptance.ts";
import { hasExpired, reminderDays, type HardshipFile } from "#shared/domain/hardship-file.ts";
import { isBaseUnit, type Organisation, type Unit } from "#shared/domain/organisation.ts";
import { commonPolicyOn } from "#shared/domain/policy-pack.ts";
import { addDays, addMonths, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { inParallel } from "#shared/kernel/in-parallel.ts";
import type { FileList } from "#shared/ports/archive.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import { archiveDigestMail, type DueCounts } from "#shared/web/mails/archive-digest.ts";
import { absolute, paths } from "#shared/web/paths.ts";

type Uses = Pick<Dependencies, "archive" | "clock" | "directory" | "mailer" | "policy" | "siteUrl">;

const pageSize = 100;
const unitsAtOnce = 8;

async function* filesIn({ archive }: Uses, list: FileList): AsyncGenerator<HardshipFile> {
  let after: string | undefined;
  do {
    const page = await archive.list(list, pageSize, after);
    for (const id of page.rows) {
      const file = await archive.get(id);
      // The list may lag: what the file itself says counts.
      if (file?.state === list.state && file.unitId === list.unitId) yield file;
    }
    after = page.next ?? undefined;
  } while (after !== undefined);
}

interface Due {
  readonly counts: DueCounts;
  /** Nobody was told of these yet, at the stage they are at. */
  readonly fresh: readonly HardshipFile[];
}

/** The day of which the office is told at this stage. */
const tellingOf = (file: HardshipFile, today: LocalDate): LocalDate =>
  hasExpired(file, today) ? addDays(file.validUntil, 1) : file.validUntil;

const dueIn = async (uses: Uses, { id: unitId }: Unit, today: LocalDate): Promise<Due> => {
  const counts = { expiring: 0, expired: 0, followUps: 0 };
  const fresh: HardshipFile[] = [];
  const last = addDays(today, reminderDays);
  for await (const file of filesIn(uses, { unitId, state: "open", to: last })) {
    if (file.validUntil > last) continue;
    if (hasExpired(file, today)) counts.expired += 1;
    else counts.expiring += 1;
    if (file.remindedOf === null || file.remindedOf < tellingOf(file, today)) fresh.push(file);
  }
  // Half a year of stability is what leads out of the archive, so it is the time after which to look again.
  const { archiveExitMonths } = commonPolicyOn(uses.policy, today);
  const lookedBefore = addMonths(today, -archiveExitMonths);
  for await (const _file of filesIn(uses, { unitId, state: "prevention", to: lookedBefore })) {
    counts.followUps += 1;
  }
  return { counts, fresh };
};

const isFirstOfMonth = (day: LocalDate): boolean => day.endsWith("-01");

const tell = async (
  uses: Uses,
  organisation: Organisation,
  unit: Unit,
  { counts }: Due,
  on: LocalDate,
): Promise<void> => {
  const office = handlingUnitOf(organisation, unit.id);
  for (const { id, email, locale } of office ? handlersOf(organisation, office.id) : []) {
    await uses.mailer.send(
      archiveDigestMail({
        staffId: id,
        to: email,
        locale,
        unitId: unit.id,
        unitName: unit.name,
        on,
        counts,
        link: absolute(uses.siteUrl, paths.desk("archive")),
      }),
    );
  }
};

/** Runs daily. @returns how many files somebody was told of for the first time. */
export const reviewArchive = async (uses: Uses): Promise<number> => {
  const today = localDateOf(uses.clock.now());
  const organisation = await uses.directory.organisation();
  const offices = organisation.units.filter(isBaseUnit);
  const fresh = await inParallel(offices, unitsAtOnce, async (unit) => {
    const due = await dueIn(uses, unit, today);
    const { expiring, expired, followUps } = due.counts;
    const outstanding = expiring + expired + followUps > 0;
    if (due.fresh.length > 0 || (outstanding && isFirstOfMonth(today))) {
      await tell(uses, organisation, unit, due, today);
    }
    // Marked after they were told: cut off in between, the same mail goes out again, which is one mail.
    for (const file of due.fresh) await uses.archive.markReminded(file, tellingOf(file, today));
    return due.fresh.length;
  });
  return fresh.reduce((sum, count) => sum + count, 0);
};
