/**
 * `npm run policy:simulate -- <draft.json> [--on 2027-07-01] [--data-dir .data | --deployed | --examples]`: runs a
 * draft over past cases and tells who gains and who loses. References, offices and amounts are printed, and
 * nothing personal. Without cases at hand it takes the worked cases.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { accessKeyIn, region } from "#infra/local/environment.ts";
import { masterKeyId, startKms } from "#infra/local/kms.ts";
import { openStateFile } from "#infra/local/state-file.ts";
import type { Environment } from "#shared/adapters/environment.ts";
import { storesFromEnvironment } from "#shared/adapters/stores.ts";
import { isPersonalField } from "#shared/casework/personal-fields.ts";
import {
  flyDraft,
  loadPastCases,
  workedCases,
  type DraftFlight,
  type PastCases,
} from "#shared/casework/simulate-policy.ts";
import type {
  AwardChange,
  SimulatedCase,
  SimulatedOutcome,
  SimulatedTotals,
} from "#shared/domain/policy-simulation.ts";
import { localDate, type LocalDate } from "#shared/kernel/calendar.ts";
import { invariant } from "#shared/kernel/assert.ts";
import { parseApplicationId, type ApplicationId } from "#shared/kernel/ids.ts";
import { displayYuan } from "#shared/kernel/money.ts";
import { policyPack } from "#workflows/policy-pack.ts";
import {
  changeLines,
  readDraft,
  readPack,
  tell,
  todayInChina,
  toldFaults,
  type Told,
} from "./check-policy.ts";
import { storeEnvironmentOf } from "./seed-demo-city.ts";

/** Every case that was sent. The one place that reads the whole table: a rare errand of an administrator. */
const everyCase = async (tableName: string): Promise<readonly ApplicationId[]> => {
  const client = new DynamoDBClient({});
  try {
    const ids: ApplicationId[] = [];
    const pages = paginateScan(
      { client },
      {
        TableName: tableName,
        FilterExpression: "SK = :meta AND attribute_exists(submittedAt)",
        ExpressionAttributeValues: { ":meta": { S: "META" } },
        ProjectionExpression: "PK",
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { PK } of Items) {
        const id = parseApplicationId((PK?.S ?? "").replace("APP#", ""));
        if (id) ids.push(id);
      }
    }
    return ids;
  } finally {
    client.destroy();
  }
};

/** The cases of the store that an environment leads to. */
export const casesOfStore = async (environment: Environment): Promise<PastCases> => {
  const { cases } = storesFromEnvironment(environment, isPersonalField);
  const tableName = environment["TABLE_NAME"];
  invariant(tableName, "a store has a table");
  return loadPastCases({ cases }, await everyCase(tableName));
};

/**
 * The cases of an embedded run's data directory.
 * @throws DataDirectoryInUse while the run itself is up: then the desk has the simulator.
 */
export const casesOfDirectory = async (dataDir: string): Promise<PastCases> => {
  const state = openStateFile(dataDir);
  const stops: (() => unknown)[] = [() => state.close()];
  try {
    const key = accessKeyIn(state);
    const database = await startDynamoDb(dataDir);
    stops.push(database.stop);
    const kms = await startKms({ dataDir, accessKeyId: key.id });
    stops.push(kms.stop);
    const environment = {
      TABLE_NAME: "songnuan",
      MASTER_KEY_ID: masterKeyId,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: key.id,
      AWS_SECRET_ACCESS_KEY: key.secret,
      AWS_ENDPOINT_URL_DYNAMODB: database.url,
      AWS_ENDPOINT_URL_KMS: kms.url,
    };
    Object.assign(process.env, environment);
    return await casesOfStore(environment);
  } finally {
    for (const stop of stops.toReversed()) await stop();
  }
};

const changeNames: Readonly<Record<AwardChange, string>> = {
  gains: "增加 gain",
  loses: "减少 lose",
  newly_approved: "新获批准 newly approved",
  newly_refused: "不再批准 newly refused",
  unchanged: "不变 unchanged",
};

const outcomeText = ({
  approved,
  code,
  amountFen,
  tiers,
  needsMinutes,
}: SimulatedOutcome): string =>
  [
    approved ? displayYuan(amountFen) : `0.00 (${code ?? ""})`,
    tiers.at(-1) ?? "",
    needsMinutes ? "纪要 minutes" : "",
  ]
    .filter(Boolean)
    .join(" ");

const caseLine = (one: SimulatedCase): string =>
  [
    one.reference,
    one.programmeId,
    one.unitId,
    changeNames[one.change],
    `${outcomeText(one.before)} → ${outcomeText(one.after)}`,
    ...(one.otherPapers ? ["材料有变 other papers"] : []),
  ].join(" | ");

const totalsLine = (name: string, totals: SimulatedTotals): string => {
  const { cases, changes, approvedBefore, approvedAfter, beforeFen, afterFen } = totals;
  return [
    name,
    `${cases} 件 cases`,
    `批准 approved ${approvedBefore} → ${approvedAfter}`,
    `${displayYuan(beforeFen)} → ${displayYuan(afterFen)} 元 yuan`,
    ...(Object.keys(changeNames) as AwardChange[])
      .filter((change) => changes[change] > 0)
      .map((change) => `${changeNames[change]} ${changes[change]}`),
    `审批层级有变 other tiers ${totals.otherRoute}`,
    `材料有变 other papers ${totals.otherPapers}`,
  ].join(" | ");
};

const isChanged = ({ change, otherRoute, otherPapers }: SimulatedCase): boolean =>
  change !== "unchanged" || otherRoute || otherPapers;

/** What a flight found, as lines: figures that differ, totals, and each case that comes out otherwise. */
export const flightLines = (
  { on, simulation }: DraftFlight,
  changes: readonly string[],
  leftOut: number,
): readonly string[] => {
  const { cases, groups, total } = simulation;
  const changed = cases.filter(isChanged);
  return [
    `按 ${on} 的政策比较（现行 → 草案） · by the rules of ${on}, present → draft`,
    ...changes,
    "",
    totalsLine("合计 total", total),
    ...groups.map((group) => totalsLine(`${group.programmeId} ${group.unitId}`, group)),
    ...(leftOut > 0
      ? [`未纳入（草稿、撤回、表格已改） left out (drafts, withdrawn, other forms): ${leftOut}`]
      : []),
    "",
    `结果有变的 ${changed.length} 件 · cases that come out otherwise: ${changed.length}`,
    ...changed.map(caseLine),
  ];
};

/** Runs a draft's text over cases. */
export const simulatePolicy = (
  draftText: string,
  { cases, leftOut }: PastCases,
  days: { readonly on: LocalDate | null; readonly today: LocalDate },
): Told => {
  const read = readPack(draftText);
  if (read.kind === "faults") return toldFaults(read.faults);
  const flight = flyDraft({ present: policyPack, draft: read.pack }, cases, days);
  return {
    exitCode: 0,
    lines: flightLines(flight, changeLines(policyPack, read.pack, flight.on), leftOut),
  };
};

const examplesOnly: PastCases = { cases: workedCases(), leftOut: 0 };

const casesFor = async (
  options: Readonly<Record<string, string | boolean | undefined>>,
): Promise<PastCases> => {
  if (options["examples"] === true) return examplesOnly;
  if (options["deployed"] === true) {
    const outputs = new URL("../../out/outputs.json", import.meta.url);
    return casesOfStore(storeEnvironmentOf(readFileSync(outputs, "utf8")));
  }
  const dataDir = String(options["data-dir"] ?? process.env["DATA_DIR"] ?? ".data");
  if (existsSync(join(dataDir, "table.db"))) return casesOfDirectory(dataDir);
  process.stdout.write(
    `${dataDir} 中没有案件，改用各项目的算例。No cases in ${dataDir}: the worked cases are taken.\n`,
  );
  return examplesOnly;
};

const usage =
  "npm run policy:simulate -- <draft.json> [--on 2027-07-01] [--data-dir .data | --deployed | --examples]";

const run = async (): Promise<Told> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      on: { type: "string" },
      "data-dir": { type: "string" },
      deployed: { type: "boolean" },
      examples: { type: "boolean" },
    },
  });
  const [path] = positionals;
  if (path === undefined) return { exitCode: 1, lines: [usage] };
  const draft = readDraft(path);
  const on = values.on === undefined ? null : localDate(values.on);
  return simulatePolicy(draft, await casesFor(values), { on, today: todayInChina() });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    tell(await run());
  } catch (error) {
    tell({ exitCode: 1, lines: [error instanceof Error ? error.message : String(error), usage] });
  }
}
