/** Which of a fund's payable cases a batch takes in: chosen before it is made, shown on it afterwards. */
import { wholeFund, type BatchScope } from "#shared/domain/batch-scope.ts";
import { unitOf, type Organisation } from "#shared/domain/organisation.ts";
import type { UnitId } from "#shared/kernel/ids.ts";
import type { Text } from "#shared/kernel/text.ts";
import { html, type Html } from "#shared/web/html.ts";
import { paths } from "#shared/web/paths.ts";
import { programmeById, programmes } from "#workflows/registry.ts";
import { say, type Desk } from "../../frame.ts";
import { selectField } from "../people/fields.ts";

const words = {
  programme: { zh: "救助项目", en: "Programme" },
  everyProgramme: { zh: "全部项目", en: "All programmes" },
  unit: { zh: "单位（含下属）", en: "Office (with those under it)" },
  everyUnit: { zh: "全部单位", en: "All offices" },
  show: { zh: "按范围预检", en: "Look at these" },
} as const satisfies Record<string, Text>;

/** What an address or a form names; whatever is unknown narrows nothing. */
export const scopeTyped = (
  typed: Readonly<Record<string, string>>,
  organisation: Organisation,
): BatchScope => {
  const { programme = "", unit = "" } = typed;
  return {
    ...wholeFund,
    programmeId: programmeById(programme)?.id ?? null,
    unitId: unitOf(organisation, unit as UnitId)?.id ?? null,
  };
};

/** Asks again with another scope: an address, and no more than that. */
export const scopeForm = (desk: Desk, organisation: Organisation, scope: BatchScope): Html => {
  const view = {
    values: { programme: scope.programmeId ?? "", unit: scope.unitId ?? "" },
    problem: null,
  };
  const { fund } = desk.request.query;
  return html`<form method="get" action="${paths.desk("batches", "new")}">
    ${fund === undefined ? null : html`<input type="hidden" name="fund" value="${fund}" />`}
    ${selectField(desk, view, "programme", {
      label: words.programme,
      options: [
        { value: "", label: say(desk, words.everyProgramme) },
        ...programmes.map(({ id, title }) => ({ value: id, label: say(desk, title) })),
      ],
    })}
    ${selectField(desk, view, "unit", {
      label: words.unit,
      options: [
        { value: "", label: say(desk, words.everyUnit) },
        ...organisation.units.map(({ id, name }) => ({ value: id, label: say(desk, name) })),
      ],
    })}
    <p class="actions"><button class="second">${say(desk, words.show)}</button></p>
  </form>`;
};

/** What the batch was narrowed to, in words; null where it takes in the whole fund. */
export const scopeWords = (
  desk: Desk,
  organisation: Organisation,
  { programmeId, unitId }: BatchScope,
): string | null => {
  const programme = programmeId === null ? undefined : programmeById(programmeId);
  const unit = unitId === null ? undefined : unitOf(organisation, unitId);
  const named = [programme?.title, unit?.name].flatMap((text) => (text ? [say(desk, text)] : []));
  return named.length === 0 ? null : named.join(" · ");
};
