/** The form of a new export: what its kind asks for, and nothing else. */
import { exportKinds, type ExportKind } from "#shared/domain/finance-export.ts";
import { localDateOf } from "#shared/kernel/calendar.ts";
import { inLocale, type Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { programmes } from "#workflows/registry.ts";
import { mayDo, say, type Desk } from "../../frame.ts";
import type { ExportField, ExportProblems } from "./read-request.ts";
import { words } from "./words.ts";

interface View {
  readonly desk: Desk;
  readonly problems: ExportProblems;
}

const typed = ({ desk }: View, name: string, otherwise = ""): string =>
  desk.request.form[name] ?? desk.request.query[name] ?? otherwise;

const item = (
  { desk, problems }: View,
  name: ExportField,
  label: Text,
  control: (state: Html) => Html,
  hint?: Text,
): Html => {
  const problem = problems[name];
  const described = [hint ? `${name}-hint` : "", problem ? `${name}-problem` : ""]
    .filter(Boolean)
    .join(" ");
  const state = attributes({
    id: name,
    name,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": described === "" ? null : described,
  });
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, label)}</label>
    ${hint && html`<span class="hint" id="${name}-hint">${say(desk, hint)}</span>`}
    ${problem && html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>`}
    ${control(state)}
  </div>`;
};

interface Option {
  readonly value: string;
  readonly label: string;
}

const select = (view: View, name: ExportField, label: Text, options: readonly Option[]): Html => {
  const chosen = typed(view, name);
  return item(
    view,
    name,
    label,
    (state) =>
      html`<select${state}>
        ${options.map(({ value, label: text }) => {
          const shape = attributes({ value, selected: value === chosen });
          return html`<option${shape}>${text}</option>`;
        })}
      </select>`,
  );
};

const dateItem = (view: View, name: "from" | "to", label: Text): Html => {
  const today = localDateOf(view.desk.uses.clock.now());
  const value = typed(view, name, name === "from" ? `${today.slice(0, 8)}01` : today);
  const type = view.problems[name] ? "text" : "date";
  return item(
    view,
    name,
    label,
    (state) => html`<input class="medium" ${state}${attributes({ type, value })} />`,
  );
};

const narrowing = async (view: View, kind: ExportKind): Promise<readonly (Html | null)[]> => {
  const { desk } = view;
  const { asks } = exportKinds[kind];
  const { locale } = desk.request;
  const funds = asks.fund === null ? [] : await desk.uses.funds.all();
  const anyFund: Option = { value: "", label: say(desk, words.allFunds) };
  const units = asks.caseFilter ? (await desk.uses.directory.organisation()).units : [];
  return [
    asks.batch &&
      item(
        view,
        "batch",
        asks.batch === "needed" ? words.batch : words.batchOr,
        (state) =>
          html`<input
            class="medium"
            type="text"
            autocomplete="off"
            ${state}${attributes({ value: typed(view, "batch") })}
          />`,
      ),
    asks.fund &&
      select(view, "fund", words.fund, [
        ...(asks.fund === "or_all" ? [anyFund] : []),
        ...funds.map(({ id, name }) => ({ value: id, label: inLocale(name, locale) })),
      ]),
    asks.period ? dateItem(view, "from", words.from) : null,
    asks.period ? dateItem(view, "to", words.to) : null,
    asks.caseFilter
      ? select(view, "programme", words.programme, [
          { value: "", label: say(desk, words.allProgrammes) },
          ...programmes.map(({ id, title }) => ({ value: id, label: inLocale(title, locale) })),
        ])
      : null,
    asks.caseFilter
      ? select(view, "unit", words.unit, [
          { value: "", label: say(desk, words.allUnits) },
          ...units.map(({ id, name }) => ({ value: id, label: inLocale(name, locale) })),
        ])
      : null,
  ];
};

const formats = (view: View): Html => {
  const chosen = typed(view, "format", "xlsx");
  return html`<fieldset class="item">
    <legend>${say(view.desk, words.format)}</legend>
    <div class="ticks">
      ${(["xlsx", "csv"] as const).map((format) => {
        const input = attributes({
          type: "radio",
          name: "format",
          value: format,
          checked: chosen === format,
        });
        return html`<label class="tick"
          ><input${input} /><span>${say(view.desk, words[format])}</span></label
        >`;
      })}
    </div>
  </fieldset>`;
};

const fullPart = (view: View): Html => {
  const tick = attributes({
    type: "checkbox",
    name: "full",
    value: "yes",
    checked: typed(view, "full") === "yes",
    "aria-describedby": "full-hint",
  });
  return html`<div class="item">
      <span class="hint" id="full-hint">${say(view.desk, words.fullHint)}</span>
      <label class="tick"><input${tick} /><span>${say(view.desk, words.full)}</span></label>
    </div>
    ${item(
      view,
      "purpose",
      words.purpose,
      (state) =>
        html`<input
          class="medium"
          type="text"
          maxlength="200"
          ${state}${attributes({ value: typed(view, "purpose") })}
        />`,
    )}`;
};

/** A password is never sent back, not even to its writer. */
const passwordItem = (view: View, name: "password" | "password-again", label: Text, hint?: Text) =>
  item(
    view,
    name,
    label,
    (state) =>
      html`<input
        class="medium"
        type="password"
        autocomplete="new-password"
        maxlength="128"
        ${state}
      />`,
    hint,
  );

/** Everything between the form's tags but the button. */
export const exportFields = async (
  desk: Desk,
  kind: ExportKind,
  problems: ExportProblems,
): Promise<Html> => {
  const view: View = { desk, problems };
  const mayBeFull = exportKinds[kind].namesPeople && mayDo(desk, "export_full");
  return html`${await narrowing(view, kind)} ${formats(view)} ${mayBeFull ? fullPart(view) : null}
  ${passwordItem(view, "password", words.lock, words.lockHint)}
  ${passwordItem(view, "password-again", words.lockAgain)}`;
};
