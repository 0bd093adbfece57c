import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

/** The desk reserves at once when money is booked; this finds what a crash in between left waiting. */
export const createHandler = (uses: Pick<Dependencies, "cases" | "funds" | "workflow" | "clock">) =>
  jobHandler({ name: "reserve-waiting" }, async () => ({ count: await reserveWaiting(uses) }));
