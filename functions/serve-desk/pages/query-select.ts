/** A choice that narrows a list, as its address has it. */
import type { Text } from "#shared/kernel/text.ts";
import { attributes, html, type Html } from "#shared/web/html.ts";
import { say, type Desk } from "../frame.ts";

const all: Text = { zh: "全部", en: "All" };

/** A labelled select of a GET form; "all" stands first and narrows nothing. */
export const querySelect = (
  desk: Desk,
  name: string,
  label: Text,
  options: readonly { readonly value: string; readonly label: string }[],
): Html => {
  const chosen = desk.request.query[name] ?? "";
  return html`<div class="item">
    <label for="${name}">${say(desk, label)}</label>
    <select id="${name}" name="${name}">
      ${[{ value: "", label: say(desk, all) }, ...options].map((option) => {
        const shape = attributes({ value: option.value, selected: option.value === chosen });
        return html`<option${shape}>${option.label}</option>`;
      })}
    </select>
  </div>`;
};
