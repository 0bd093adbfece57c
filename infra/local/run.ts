/**
 * `npm start`: the whole system on this machine, one port. Loads the rest only after Node's compile cache is on,
 * so that a second start has nothing to translate.
 */
import { enableCompileCache } from "node:module";

enableCompileCache();
const { runCommand } = await import("./run-command.ts");
await runCommand(process.argv.slice(2), process.env);
