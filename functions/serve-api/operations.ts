/** Everything the API does. */
import type { Operation } from "./operation.ts";
import { draftOperations } from "./operations/drafts.ts";
import { noticeOperations } from "./operations/notices.ts";
import { paperOperations } from "./operations/papers.ts";
import { programmeOperations } from "./operations/programmes.ts";
import { remedyOperations } from "./operations/remedies.ts";
import { stepOperations } from "./operations/steps.ts";

export const operations: readonly Operation[] = [
  ...programmeOperations,
  ...draftOperations,
  ...paperOperations,
  ...stepOperations,
  ...remedyOperations,
  ...noticeOperations,
];
