/** What every function has: the real clock, randomness, and the address its pages stand under. */
import { randomBytes } from "node:crypto";
import { instantOfMs } from "#shared/kernel/calendar.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { Environment } from "./environment.ts";

/** Reads SITE_URL. */
export const runtimeFromEnvironment = (
  environment: Environment,
): Pick<Dependencies, "clock" | "random" | "siteUrl"> => ({
  clock: { now: () => instantOfMs(Date.now()) },
  random: (length) => randomBytes(length),
  siteUrl: environment["SITE_URL"] ?? "",
});
