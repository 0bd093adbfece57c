/** Where the files of exports lie, and what they are called: ids only. */
import type { FinanceExport } from "./finance-export.ts";

/** An object here asks for the export of its name to be made. */
export const exportRequestsPrefix = "exports/requests/";

/** The file's name, for the store and for whoever takes it. */
export const exportFileName = ({
  id,
  request,
  isLocked,
}: Pick<FinanceExport, "id" | "request" | "isLocked">): string =>
  `${request.kind}-${id}.${isLocked ? "zip" : request.format}`;
