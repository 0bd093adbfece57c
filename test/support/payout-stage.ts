/**
 * A city's data directory with many people whose money is set aside: one of them came there over HTTP, the others' rows
 * are made after it and brought in with the database's own import, which takes a tenth of writing them one by one.
 */
import { execFile } from "node:child_process";
import { createWriteStream, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual, promisify } from "node:util";
import { createGzip } from "node:zlib";
import {
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
  type AttributeValue,
} from "@aws-sdk/client-dynamodb";
import { startDynamoDb } from "#infra/local/dynamodb.ts";
import { startEmbedded } from "#infra/local/embedded.ts";
import { readAnswers } from "#shared/adapters/dynamodb/case-answers.ts";
import { fromItem, toItem, type Row } from "#shared/adapters/dynamodb/client.ts";
import { awardAccountKey, fundKey } from "#shared/adapters/dynamodb/keys.ts";
import { grantTransfer } from "#shared/domain/ledger.ts";
import { localDateOf, yearOf } from "#shared/kernel/calendar.ts";
import type { FundId } from "#shared/kernel/ids.ts";
import { addFen, type Fen } from "#shared/kernel/money.ts";
import type { Dependencies } from "#shared/ports/dependencies.ts";
import type { Vault } from "#shared/ports/vault.ts";
import { programmeById } from "#workflows/registry.ts";
import { applyWith, caseOf, decideAt, until, winter } from "./city.ts";
import {
  namedAsTemplate,
  namedPerson,
  rowsOf,
  type Named,
  type Template,
} from "./payout-people.ts";

/** What is known of everybody before the payout. */
export interface Staged {
  readonly fundId: FundId;
  readonly people: readonly Pick<Named, "id" | "amountFen">[];
  readonly sumFen: Fen;
}

type RealCase = Omit<Template, "account">;

/** The case that goes the whole way over HTTP; then those after its kind, and money for them in its fund. */
const realCase = async (
  dataDir: string,
  count: number,
): Promise<{
  readonly real: RealCase;
  readonly people: readonly Named[];
  readonly dependencies: Dependencies;
}> => {
  const city = await startEmbedded({ dataDir, seed: true, now: winter });
  try {
    const programme = programmeById("winter-warmth");
    const [example] = programme?.examples ?? [];
    if (!programme || !example) throw new Error("there is such a programme, with a worked case");
    const applied = await applyWith(city, programme.id);
    for (const tier of example.expected.tiers) await decideAt(city, applied, tier);
    await until("its money is set aside", async () => {
      const { status, outcomeMailedAt } = await caseOf(city, applied);
      return status === "reserved" && outcomeMailedAt !== null;
    });
    await city.clock.settled();
    const { cases, funds, clock, vault } = city.dependencies;
    const application = await caseOf(city, applied);
    const { id, household, persons, fundId } = application;
    const transfer = (await funds.transfersOf(id, 1)).find(({ kind }) => kind === "reserve");
    if (!household || !fundId || !transfer || !application.submittedAt) {
      throw new Error("money is set aside for a household, out of a fund");
    }
    const claims = await Promise.all([household, ...persons].map((one) => cases.claimsOf(one)));
    const real: RealCase = {
      programme,
      application,
      answers: (await cases.answers(application)) ?? {},
      events: await cases.events(application),
      claims: [
        ...new Map(
          claims
            .flat()
            .filter(({ applicationId }) => applicationId === id)
            .map((claim) => [`${claim.household}|${claim.subject}`, claim]),
        ).values(),
      ],
      year: yearOf(localDateOf(application.submittedAt)),
      transfer,
    };
    const people: Named[] = [];
    for (let number = 1; number < count; number += 1) {
      people.push(await namedPerson({ vault }, real, number));
    }
    const amountFen = addFen(...people.map((person) => person.amountFen));
    await funds.grant(grantTransfer("PAYOUT-1", { fundId, amountFen, at: clock.now() }));
    return { real, people, dependencies: city.dependencies };
  } finally {
    await city.stop();
  }
};

type Item = Readonly<Record<string, AttributeValue>>;

const scan = async (client: DynamoDBClient, TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) }),
    );
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
};

const keyOf = ({ PK, SK }: Row): string => `${String(PK)} ${String(SK)}`;

/** What sealing draws anew each time, and what is hashed from it. */
const drawn = new Set(["sealed", "hash", "previousHash", "chainHead"]);

const lasting = (row: Row): Row =>
  Object.fromEntries(Object.entries(fromItem(toItem(row))).filter(([name]) => !drawn.has(name)));

/**
 * That a person's rows are what the real way writes: the template's, made the same way in its own name, are its own.
 * @throws with the row that differs.
 */
const compareWithReal = async (
  vault: Vault,
  template: Template,
  real: ReadonlyMap<string, Row>,
): Promise<void> => {
  const { rows } = await rowsOf(vault, template, namedAsTemplate(template));
  for (const row of rows) {
    const stored = real.get(keyOf(row));
    if (!stored || !isDeepStrictEqual(lasting(stored), lasting(row))) {
      throw new Error(`a row is not as the real way writes it: ${row.SK}`);
    }
    if (!("open" in row)) continue;
    const [made, was] = await Promise.all(
      [row, stored].map((one) => readAnswers(vault, template.application, one)),
    );
    if (!isDeepStrictEqual(made, was)) throw new Error("answers are not as they were given");
  }
};

/** An item as DynamoDB's export writes it: bytes in base64. */
const exported = (item: Item): string =>
  `${JSON.stringify({ Item: item }, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  )}\n`;

async function* linesOf(
  kept: readonly Item[],
  vault: Vault,
  template: Template,
  people: readonly Named[],
): AsyncGenerator<string> {
  for (const item of kept) yield exported(item);
  for (const named of people) {
    const { rows } = await rowsOf(vault, template, named);
    yield rows.map((row) => exported(toItem(row))).join("");
  }
}

/** What the others' reservations did to the fund. */
const withReserved = (item: Item, fundId: FundId, sumFen: Fen): Item => {
  const row = fromItem(item);
  if (keyOf(row) !== keyOf({ ...fundKey(fundId) })) return item;
  return toItem({
    ...row,
    availableFen: (row["availableFen"] as number) - sumFen,
    reservedFen: (row["reservedFen"] as number) + sumFen,
  });
};

const binary = (): string =>
  join(
    dirname(createRequire(import.meta.url).resolve("@dynoxide/linux-x64/package.json")),
    "dynoxide",
  );

const credentials = { accessKeyId: "AKIATEST", secretAccessKey: "test" };
const tableName = "songnuan";
const folder = "import";

/** Writes all rows as an export of the table, and the database anew from it. */
const rewrite = async (
  dataDir: string,
  dependencies: Dependencies,
  real: RealCase,
  people: readonly Named[],
  sumFen: Fen,
): Promise<void> => {
  const database = await startDynamoDb(dataDir);
  const client = new DynamoDBClient({
    endpoint: database.url,
    region: "us-east-1",
    credentials,
  });
  const source = join(dataDir, folder);
  mkdirSync(join(source, tableName, "data"), { recursive: true });
  try {
    const { application, year } = real;
    const items = await scan(client, tableName);
    const rows = new Map(
      items
        .map((item) => fromItem(item as Record<string, AttributeValue>))
        .map((row) => [keyOf(row), row]),
    );
    const key = awardAccountKey(application.household ?? real.application.persons[0]!, year);
    const account = rows.get(keyOf({ ...key }));
    if (!account || !application.fundId) throw new Error("an award stands in its account");
    const template = { ...real, account: { ...account, ...key } };
    await compareWithReal(dependencies.vault, template, rows);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    writeFileSync(join(dataDir, "schema.json"), JSON.stringify([{ Table }]));
    const fundId = application.fundId;
    const kept = items.map((item) => withReserved(item, fundId, sumFen));
    await pipeline(
      linesOf(kept, dependencies.vault, template, people),
      createGzip({ level: 1 }),
      createWriteStream(join(source, tableName, "data", "1.json.gz")),
    );
  } finally {
    client.destroy();
    await database.stop();
  }
  for (const suffix of ["", "-wal", "-shm"])
    rmSync(join(dataDir, `table.db${suffix}`), { force: true });
  await promisify(execFile)(binary(), [
    "import",
    `--source=${source}`,
    `--schema=${join(dataDir, "schema.json")}`,
    `--output=${join(dataDir, "table.db")}`,
  ]);
  rmSync(source, { recursive: true });
};

/** Fills an empty data directory. The real case is one of the people. */
export const stagePayout = async (dataDir: string, count: number): Promise<Staged> => {
  const { real, people, dependencies } = await realCase(dataDir, count);
  const sumFen = addFen(...people.map(({ amountFen }) => amountFen));
  await rewrite(dataDir, dependencies, real, people, sumFen);
  const { application } = real;
  if (!application.fundId) throw new Error("money is set aside out of a fund");
  return {
    fundId: application.fundId,
    people: [application, ...people].map(({ id, amountFen }) => ({ id, amountFen })),
    sumFen: addFen(sumFen, application.amountFen),
  };
};
