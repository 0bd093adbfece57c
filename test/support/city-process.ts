/** The demo city as a process of its own, to be killed: data directory, port and first instant come as arguments. */
import { startEmbedded } from "#infra/local/embedded.ts";
import { instant } from "#shared/kernel/calendar.ts";

const [dataDir = "", port = "", now = ""] = process.argv.slice(2);
const run = await startEmbedded({ dataDir, port: Number(port), seed: true, now: instant(now) });
process.send?.({ url: run.url, resumed: run.resumed });
