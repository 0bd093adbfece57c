import * as z from "zod";
import { loadCase } from "#shared/casework/load.ts";
import { publishNotice } from "#shared/casework/publish-notice.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

type Uses = Pick<Dependencies, "cases" | "directory" | "notices" | "clock" | "policy">;

/**
 * Publishes the case's notice and says until when it stands: an instant that was kept with it, so a re-run waits
 * no longer. A case that stands under none any more has nothing to wait for.
 */
export const createHandler = (uses: Uses) =>
  taskHandler(
    { name: "publish-notice", input: Input },
    async ({ applicationId }): Promise<{ until: Instant }> => {
      const notice = await publishNotice(uses, await loadCase(uses, applicationId));
      return { until: notice?.endsAt ?? uses.clock.now() };
    },
  );
