import { resumeAllocations } from "#shared/casework/allocate.ts";
import { reserveWaiting } from "#shared/casework/reserve-waiting.ts";
import { jobHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

type Uses = Pick<
  Dependencies,
  "allocations" | "archive" | "cases" | "funds" | "directory" | "workflow" | "clock" | "policy"
>;

/**
 * The desk reserves at once when money is booked or shared; this finds what a crash in between left waiting. An
 * allocation that was cut off comes first: its awards were decided before the money was free for anybody else.
 */
export const createHandler = (uses: Uses) =>
  jobHandler({ name: "reserve-waiting" }, async () => {
    const finished = await resumeAllocations(uses);
    return { count: finished + (await reserveWaiting(uses)) };
  });
