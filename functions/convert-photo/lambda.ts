import { storedPapersFromEnvironment } from "#shared/adapters/stored-files.ts";
import { createHandler } from "./handler.ts";

export const handler = createHandler({ papers: storedPapersFromEnvironment(process.env) });
