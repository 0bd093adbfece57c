import * as z from "zod";
import { loadCase } from "#shared/casework/load.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { Instant } from "#shared/kernel/calendar.ts";
import type { ApplicationId } from "#shared/kernel/ids.ts";
import { taskHandler } from "#shared/lambda/task-handler.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";

const Input = z.object({ applicationId: z.string().transform((id) => id as ApplicationId) });

/** Says until when the notice stands: an absolute instant set with the decision, so a re-run waits no longer. */
export const createHandler = (uses: Pick<Dependencies, "cases">) =>
  taskHandler(
    { name: "publish-notice", input: Input },
    async ({ applicationId }): Promise<{ until: Instant }> => {
      const { noticeEndsAt } = await loadCase(uses, applicationId);
      invariant(noticeEndsAt, "a case is noticed until an instant that its decision set");
      return { until: noticeEndsAt };
    },
  );
