/**
 * `npm run policy:check [-- <draft.json>]`: whether the rules can be worked with, or would with a draft laid over
 * them, and what a draft changes in the worked cases. Ends with 1 when something must be mended.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { checkPack, hasErrors, rehearse, type PolicyFinding } from "#shared/domain/policy-check.ts";
import { readPolicyPack, withDraft, type PackRead } from "#shared/domain/policy-draft.ts";
import type { PolicyFault } from "#shared/domain/policy-entries.ts";
import { faultWords } from "#shared/domain/policy-faults.ts";
import { changedFigures, dayOfDraft, packAsOf } from "#shared/domain/policy-figures.ts";
import type { PolicyPack } from "#shared/domain/policy-pack.ts";
import { instantOfMs, localDateOf, type LocalDate } from "#shared/kernel/calendar.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import { programmes } from "#workflows/registry.ts";

/** What a command found, for a person to read. */
export interface Told {
  readonly exitCode: 0 | 1;
  readonly lines: readonly string[];
}

const faultLines = (faults: readonly PolicyFault[]): readonly string[] =>
  faults.flatMap((fault) => {
    const { zh, en } = faultWords(fault);
    const place = fault.value === "" ? fault.path : `${fault.path} = ${fault.value}`;
    return [`✗ ${place}`, `    ${zh}`, `    ${en}`];
  });

const marks: Readonly<Record<PolicyFinding["level"], string>> = {
  error: "✗",
  warning: "!",
  note: "·",
};

const findingLines = (findings: readonly PolicyFinding[]): readonly string[] =>
  findings.flatMap(({ level, says }) => [`${marks[level]} ${says.zh}`, `    ${says.en}`]);

/** The pack of the repository, or that with a draft over it. */
export const readPack = (draftText: string | null): PackRead =>
  draftText === null
    ? readPolicyPack(policyPack.source, programmes)
    : withDraft(policyPack, draftText, programmes);

/** What can't be taken of a pack, with the mend. */
export const toldFaults = (faults: readonly PolicyFault[]): Told => ({
  exitCode: 1,
  lines: [
    `政策文件有 ${faults.length} 处错误 · ${faults.length} fault(s) in the policy file`,
    ...faultLines(faults),
  ],
});

/** "common route.districtFinalMaxYuan: 5000.00 → 6000.00" for each figure that differs. */
export const changeLines = (
  present: PolicyPack,
  draft: PolicyPack,
  on: LocalDate,
): readonly string[] =>
  changedFigures(present, draft, on).map(
    ({ list, name, before, after }) => `· ${list} ${name}: ${before ?? "–"} → ${after ?? "–"}`,
  );

const draftLines = (draft: PolicyPack, today: LocalDate): readonly string[] => {
  const on = dayOfDraft(policyPack, draft, today);
  const changes = changeLines(policyPack, draft, on);
  const rehearsed = rehearse(packAsOf(draft, on), programmes);
  return [
    `自 ${on} 起与现行政策不同 · different from ${on} on: ${changes.length}`,
    ...changes,
    `按 ${on} 的政策，算例结果变化 · worked cases that come out otherwise by the rules of ${on}: ${rehearsed.length}`,
    ...findingLines(rehearsed),
  ];
};

/** Checks the repository's pack, or a draft over it, as of a day. */
export const checkPolicy = (draftText: string | null, today: LocalDate): Told => {
  const read = readPack(draftText);
  if (read.kind === "faults") return toldFaults(read.faults);
  const findings = checkPack(read.pack, programmes, { today, asDraft: draftText !== null });
  const wrong = hasErrors(findings);
  const versions = [
    ...read.pack.common,
    ...read.pack.livingStandards,
    ...Object.values(read.pack.programmes).flat(),
  ].map(({ version }) => version);
  return {
    exitCode: wrong ? 1 : 0,
    lines: [
      `政策版本 · versions: ${versions.join(", ")}`,
      ...findingLines(findings),
      ...(draftText === null ? [] : draftLines(read.pack, today)),
      wrong ? "未通过 · not fit for use" : "通过 · fit for use",
    ],
  };
};

/** A file's text. @throws with the file's name when it can't be read. */
export const readDraft = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new Error(`读不到文件 · can't read ${path}`);
  }
};

/** Today in China: the tools run where people are. */
export const todayInChina = (): LocalDate => localDateOf(instantOfMs(Date.now()));

/** Prints what was found and sets how the process ends. */
export const tell = ({ exitCode, lines }: Told): void => {
  process.stdout.write(`${lines.join("\n")}\n`);
  process.exitCode = exitCode;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path] = process.argv.slice(2);
  try {
    tell(checkPolicy(path === undefined ? null : readDraft(path), todayInChina()));
  } catch (error) {
    tell({ exitCode: 1, lines: [error instanceof Error ? error.message : String(error)] });
  }
}
