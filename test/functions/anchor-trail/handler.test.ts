import { afterAll, beforeAll, expect, test } from "vitest";
import { createHandler } from "#functions/anchor-trail/handler.ts";
import type { Embedded } from "#infra/local/embedded.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import { startCity, until } from "#test/support/city.ts";

let city: Embedded;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.stop());

const minutesADay = 1_440;

test("each night makes an anchor and mails its root once, and running it by hand changes nothing", async () => {
  for (let night = 1; night <= 2; night += 1) {
    await city.clock.advanceTo(addMinutes(city.clock.now(), minutesADay));
    await until("anchored and told", async () => {
      const [anchor] = await city.dependencies.trail.anchors(1);
      return (
        typeof anchor?.mailedAt === "string" &&
        (await city.dependencies.trail.anchors(9)).length === night
      );
    });
  }
  const anchors = await city.dependencies.trail.anchors(9);
  expect(await createHandler(city.dependencies)()).toEqual({ count: anchors[0]?.leaves });
  expect(await city.dependencies.trail.anchors(9)).toEqual(anchors);
  const mails = city.mailbox.mails({ to: "auditor@example.org" });
  expect(mails.map(({ subject }) => subject)).toEqual([
    "轨迹日锚 2026-07-21",
    "轨迹日锚 2026-07-20",
  ]);
  expect(anchors.map(({ previous }) => previous)).toEqual([anchors[1]?.root, ""]);
});
