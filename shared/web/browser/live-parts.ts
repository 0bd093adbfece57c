/** Parts of a page that are fetched anew and put in place, while what stands around them stays as it is. */

const tickedIn = (part: Element): readonly string[] =>
  [...part.querySelectorAll<HTMLInputElement>("input:checked")].map(({ name }) => name);

/** Puts the fresh contents in, with the same boxes ticked. */
const replace = (part: Element, fresh: Element): void => {
  const ticked = tickedIn(part);
  part.textContent = "";
  while (fresh.firstChild) part.appendChild(fresh.firstChild);
  for (const box of part.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    box.checked = ticked.includes(box.name);
  }
};

/** @returns the page as it is now, its `data-live` parts moved into this one; null when there is no such page any more. */
export const refreshLiveParts = async (page: Document): Promise<Document | null> => {
  const answer = await fetch(page.location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of page.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (now) replace(part, now);
  }
  return fresh;
};
