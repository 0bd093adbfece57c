/** Controls of the forms for offices and people, each with what was typed and what is wrong with it. */
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { say, type Desk } from "../../frame.ts";

/** What a form shows: what was typed, or what stands now; and the one thing that is wrong. */
export interface FormView {
  readonly values: Readonly<Record<string, string>>;
  readonly problem: { readonly field: string; readonly says: Text } | null;
}

interface Asked {
  readonly label: Text;
  readonly hint?: Text;
}

const problemAt = (view: FormView, name: string): Text | null =>
  view.problem?.field === name ? view.problem.says : null;

const around = (desk: Desk, view: FormView, name: string, asked: Asked, control: Html): Html => {
  const problem = problemAt(view, name);
  return html`<div class="${problem ? "item wrong" : "item"}">
    <label for="${name}">${say(desk, asked.label)}</label>
    ${asked.hint ? html`<span class="hint" id="${name}-hint">${say(desk, asked.hint)}</span>` : null}
    ${problem ? html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>` : null}
    ${control}
  </div>`;
};

const state = (view: FormView, name: string, asked: Asked) => {
  const wrong = problemAt(view, name) !== null;
  const described = [asked.hint ? `${name}-hint` : "", wrong ? `${name}-problem` : ""].filter(
    Boolean,
  );
  return {
    id: name,
    name,
    "aria-describedby": described.length > 0 ? described.join(" ") : null,
    "aria-invalid": wrong ? "true" : null,
  };
};

export const textField = (
  desk: Desk,
  view: FormView,
  name: string,
  asked: Asked & { readonly type?: "text" | "date"; readonly maxLength?: number },
): Html => {
  const input = attributes({
    ...state(view, name, asked),
    class: "medium",
    type: asked.type ?? "text",
    maxlength: String(asked.maxLength ?? 120),
    autocomplete: "off",
    value: view.values[name] ?? "",
  });
  return around(desk, view, name, asked, html`<input${input} />`);
};

export const linesField = (desk: Desk, view: FormView, name: string, asked: Asked): Html => {
  const area = attributes({ ...state(view, name, asked), rows: "3", autocomplete: "off" });
  return around(
    desk,
    view,
    name,
    asked,
    html`<textarea${area}>${view.values[name] ?? ""}</textarea>`,
  );
};

export const selectField = (
  desk: Desk,
  view: FormView,
  name: string,
  asked: Asked & {
    readonly options: readonly { readonly value: string; readonly label: string }[];
  },
): Html => {
  const chosen = view.values[name] ?? "";
  const options = asked.options.map(
    ({ value, label }) =>
      html`<option${attributes({ value, selected: value === chosen })}>${label}</option>`,
  );
  return around(
    desk,
    view,
    name,
    asked,
    html`<select${attributes(state(view, name, asked))}>${options}</select>`,
  );
};

/** A group of boxes to tick; each is a field of its own, "yes" when ticked. */
export const ticksField = (
  desk: Desk,
  view: FormView,
  name: string,
  asked: Asked & { readonly boxes: readonly { readonly name: string; readonly label: Text }[] },
): Html => {
  const problem = problemAt(view, name);
  const described = problem ? `${name}-problem` : asked.hint ? `${name}-hint` : null;
  return html`<fieldset
    class="${problem ? "item wrong" : "item"}"
    ${attributes({ id: name, "aria-describedby": described })}
  >
    <legend>${say(desk, asked.label)}</legend>
    ${asked.hint ? html`<span class="hint" id="${name}-hint">${say(desk, asked.hint)}</span>` : null}
    ${problem ? html`<span class="problem" id="${name}-problem">${say(desk, problem)}</span>` : null}
    <div class="ticks">
      ${asked.boxes.map((box) => {
        const input = attributes({
          type: "checkbox",
          name: box.name,
          value: "yes",
          checked: view.values[box.name] === "yes",
        });
        return html`<label class="tick"
          ><input${input} /><span>${say(desk, box.label)}</span></label
        >`;
      })}
    </div>
  </fieldset>`;
};
