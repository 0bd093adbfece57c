/**
 * Everything this process writes to its output, with logs in full. Import it before anything else: the functions'
 * logger reads its level when it is loaded.
 */
process.env["POWERTOOLS_LOG_LEVEL"] = "DEBUG";

const written: string[] = [];

/** Log lines are kept and not shown, since hundreds of them would bury the test's own report. */
const isLogLine = (text: string): boolean => text.startsWith('{"level":');

for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array): boolean => {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    written.push(text);
    return isLogLine(text) || write(text);
  };
}

export const capturedOutput = (): readonly string[] => written;
