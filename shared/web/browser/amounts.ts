/**
 * An amount in words while it is typed, so that a nought too many is seen. Without it the hint's example has to do.
 */
import { saidOf } from "./amount-words.ts";

const say = (input: HTMLInputElement, output: HTMLOutputElement): void => {
  const said = saidOf(input.value, input.dataset["amount"], document.documentElement.lang);
  output.textContent = said;
};

/** Puts a line under each amount of the page. */
export const amounts = (page: Document): void => {
  for (const input of page.querySelectorAll<HTMLInputElement>("input[data-amount]")) {
    const output = page.createElement("output");
    output.className = "said";
    output.htmlFor.add(input.id);
    output.setAttribute("aria-live", "polite");
    input.insertAdjacentElement("afterend", output);
    input.addEventListener("input", () => say(input, output));
    if (input.value !== "") say(input, output);
  }
};
