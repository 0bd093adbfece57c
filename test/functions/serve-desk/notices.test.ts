/** The internal copy of a case's notices, on its page at the desk. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { wordsOf } from "#infra/local/demo/visitor.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { objectTo } from "#shared/casework/raise-objection.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { paths } from "#shared/web/paths.ts";
import { decideAt, startCity, until } from "#test/support/city.ts";
import { signIn } from "#test/support/desk.ts";
import { applyAs } from "#test/support/journey.ts";
import { said } from "#test/support/notices.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

test("the desk sees what was published and that it was objected to, also when the page is down; never who objected or what", async () => {
  const applied = await applyAs(city, "golden-autumn");
  const { applicationId } = applied;
  const { notices } = city.dependencies;
  await decideAt(city, applied, "station");
  await until("it is published", async () => (await notices.noticesOf(applicationId)).length === 1);
  const words = said("他名下有两套住房", { contact: "neighbour@example.org" });
  await objectTo(city.dependencies, applicationId, words);
  const [notice] = await notices.noticesOf(applicationId);
  await city.clock.advanceTo(addMinutes(notice!.endsAt, 1));

  const page = await (await signIn(city, "auditor")).get(paths.desk("case", applicationId));
  const shown = wordsOf(page.html);

  expect(page.status).toBe(200);
  expect(shown).toContain("公示记录");
  expect(shown).toContain(`初审公示 ${notice!.maskedName} · 春风街道工会服务站`);
  expect(shown).toContain(`${applicationId}-1`);
  expect(shown).toContain("核实中");
  expect(page.html).not.toMatch(/两套住房|neighbour/u);
});
