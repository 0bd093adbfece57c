/**
 * Proves an exported trail: `npm run verify -- trail-2026-11-20.jsonl.gz [--anchor=<root> …]`. Needs Node and this
 * repository, and neither the running system nor any key. A root from an auditor's mailbox proves besides that nobody
 * wrote the whole file anew.
 */
import { createReadStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { proveFile } from "#shared/casework/trail-prove.ts";
import type { Verdict } from "#shared/domain/trail-fault.ts";
import { faultWords, provedFigures, verdictWords } from "#shared/domain/trail-words.ts";
import type { Text } from "#shared/kernel/text.ts";
import type { Told } from "./check-policy.ts";

const usage = "npm run verify -- <trail.jsonl.gz> [--anchor=<root>]…";

const faultsTold = 20;

/** Not check-policy's own, which would load every programme: this runs where there is little. */
const tell = ({ exitCode, lines }: Told): void => {
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
};

const both = ({ zh, en }: Text): string => `${zh}  ${en}`;

/** A verdict as lines in both languages; whoever only looks at the exit code knows it too. */
export const toldVerdict = (verdict: Verdict, heldRoots: readonly string[]): Told => {
  const { first, faults, proved, lastAnchor, at, hash } = verdict;
  const held: Text = {
    zh: `您持有的${heldRoots.length}个根值都在文件中`,
    en: `All ${heldRoots.length} root(s) that you hold are in the file`,
  };
  const noneHeld: Text = {
    zh: "没有给出根值：不能排除整份文件被重写。请用 --anchor 填入邮件中的根值",
    en: "No root was given, so the whole file could have been written anew: give one from a mail with --anchor",
  };
  return {
    exitCode: first ? 1 : 0,
    lines: [
      `${first ? "✗" : "✓"} ${both(verdictWords(verdict))}`,
      ...faults.slice(0, faultsTold).map((fault) => `  ${both(faultWords(fault))}`),
      "",
      ...provedFigures(proved).map(([title, figure]) => `  ${both(title)}: ${figure}`),
      `  截至  Up to: ${at}`,
      `  最后一个日锚  Last anchor: ${lastAnchor ? `${lastAnchor.date} ${lastAnchor.root}` : "-"}`,
      `  最后一行的哈希  Hash of the last line: ${hash}`,
      ...(first ? [] : [both(heldRoots.length > 0 ? held : noneHeld)]),
    ],
  };
};

/** Proves the file at a path. */
export const verifyTrail = async (path: string, heldRoots: readonly string[]): Promise<Told> =>
  toldVerdict(await proveFile(createReadStream(path), heldRoots), heldRoots);

const run = async (): Promise<Told> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { anchor: { type: "string", multiple: true } },
  });
  const [path] = positionals;
  if (path === undefined) return { exitCode: 1, lines: [usage] };
  return verifyTrail(path, values.anchor ?? []);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    tell(await run());
  } catch (error) {
    tell({ exitCode: 1, lines: [error instanceof Error ? error.message : String(error), usage] });
  }
}
