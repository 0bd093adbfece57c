/** What finance does with mended card details: looks at them, and finds them right. */
import { paths } from "#shared/web/paths.ts";
import { expectStatus, formTo, type Visitor } from "./visitor.ts";

/** Checks all mended cards that wait for it, a page of them at a time. */
export const checkCards = async (officer: Visitor): Promise<void> => {
  for (;;) {
    const page = await officer.get(paths.desk("batches", "cards"));
    const boxes = [...page.html.matchAll(/name="(?<name>card SN[^"]+)"/gu)];
    if (boxes.length === 0) return;
    const ticked = Object.fromEntries(boxes.map(({ groups }) => [groups?.["name"] ?? "", "yes"]));
    const form = formTo(page, paths.desk("batches", "cards"));
    expectStatus(await officer.send(page, form, ticked), 200, "the checked cards");
  }
};
