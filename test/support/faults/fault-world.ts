/** A world of disbursement whose calls can be made to fail, put back to where a scenario begins as often as it takes. */
import { BatchWriteItemCommand, paginateScan, type AttributeValue } from "@aws-sdk/client-dynamodb";
import { SFNClient } from "@aws-sdk/client-sfn";
import { fromItem, type Row } from "#shared/adapters/dynamodb/client.ts";
import { createWorkflow } from "#shared/adapters/step-functions/workflow.ts";
import { addMinutes, type Instant } from "#shared/kernel/calendar.ts";
import { startDisbursementWorld } from "#test/support/disbursement-world.ts";
import { organisation } from "#test/support/cases.ts";
import { monday } from "#test/support/disbursement.ts";
import { injectFaults } from "./injection.ts";

type Item = Record<string, AttributeValue>;

/** Executions in memory, behind the client that the code has on AWS. */
const startExecutions = () => {
  const told = new Set<string>();
  const started = new Set<string>();
  const client = new SFNClient({
    region: "us-east-1",
    credentials: { accessKeyId: "AKIATEST", secretAccessKey: "test" },
    endpoint: "http://127.0.0.1:1",
  });
  const answer =
    (next: unknown, { commandName }: { readonly commandName?: string }) =>
    async ({ request }: { readonly request: { readonly body: string } }) => {
      void next;
      const given = JSON.parse(request.body) as {
        readonly output?: string;
        readonly name?: string;
      };
      if (commandName === "StartExecutionCommand") started.add(given.name ?? "");
      else told.add(given.output ?? "");
      const body = Buffer.from(
        JSON.stringify(
          commandName === "StartExecutionCommand" ? { executionArn: "a", startDate: 0 } : {},
        ),
      );
      return { response: { statusCode: 200, headers: {}, body } };
    };
  const options = { step: "deserialize", priority: "low", name: "executions" };
  client.middlewareStack.add(answer as never, options as never);
  const workflow = createWorkflow(client, { application: "application", disbursement: "batch" });
  return { client, workflow, told, started };
};

const keyOf = ({ PK, SK }: Item): string => `${PK?.S}|${SK?.S}`;
const writesAtOnce = 25;

export const startFaultWorld = async () => {
  const world = await startDisbursementWorld();
  const { table } = world.uses;
  for (const unit of organisation.units) await world.uses.directory.putUnit(unit);
  for (const person of organisation.staff) await world.uses.directory.putStaff(person);
  const executions = startExecutions();
  const faults = injectFaults([table.client, world.s3, executions.client]);
  let now: Instant = addMinutes(monday, 60);
  const uses = {
    ...world.uses,
    clock: { now: () => now },
    workflow: executions.workflow,
  };
  const items = async (): Promise<readonly Item[]> => {
    const all: Item[] = [];
    for await (const page of paginateScan({ client: table.client }, { TableName: table.name })) {
      all.push(...(page.Items ?? []));
    }
    return all;
  };
  /** Writes back what differs from where the scenario began. */
  const restore = async (begin: readonly Item[]): Promise<void> => {
    const wanted = new Map(begin.map((item) => [keyOf(item), item]));
    const present = new Map((await items()).map((item) => [keyOf(item), item]));
    const requests = [
      ...[...present.values()]
        .filter((item) => !wanted.has(keyOf(item)))
        .map(({ PK, SK }) => ({ DeleteRequest: { Key: { PK, SK } as Item } })),
      ...begin
        .filter((item) => JSON.stringify(present.get(keyOf(item))) !== JSON.stringify(item))
        .map((item) => ({ PutRequest: { Item: item } })),
    ];
    for (let from = 0; from < requests.length; from += writesAtOnce) {
      const RequestItems = { [table.name]: requests.slice(from, from + writesAtOnce) };
      await table.client.send(new BatchWriteItemCommand({ RequestItems }));
    }
    world.mails.length = 0;
    executions.told.clear();
    executions.started.clear();
    now = addMinutes(monday, 60);
  };
  return {
    uses,
    faults,
    items,
    restore,
    mails: world.mails,
    told: executions.told,
    started: executions.started,
    moveClockBy: (minutes: number): void => {
      now = addMinutes(now, minutes);
    },
    stop: () => world.stop(),
  };
};

export type FaultWorld = Awaited<ReturnType<typeof startFaultWorld>>;

/** Random by nature, or the hash of something that is. */
const randomNames = new Set([
  "sealed",
  "sealedPayee",
  "salt",
  "hash",
  "previousHash",
  "chainHead",
  "wrapped",
]);

/** Counts how often somebody tried, which a retry does. */
const isOfTries = (row: Row): boolean => /^(?:ATTEMPTS|ACCESS)#/u.test(String(row["PK"]));

/** Events that don't follow one from the other up to their case's chain head. */
const brokenChains = (rows: readonly Row[]): readonly unknown[] =>
  rows
    .filter(({ PK, SK }) => SK === "META" && String(PK).startsWith("APP#"))
    .filter(({ PK, chainHead }) => {
      const events = rows
        .filter((row) => row["PK"] === PK && String(row["SK"]).startsWith("EV#"))
        .toSorted((a, b) => (String(a["SK"]) < String(b["SK"]) ? -1 : 1));
      const known = events.map(({ hash }) => hash);
      return (
        known.length > 0 &&
        (known.at(-1) !== chainHead ||
          events.slice(1).some(({ previousHash }, index) => previousHash !== known[index]))
      );
    })
    .map(({ PK }) => PK);

/** All that must be the same in the end: every row, who was mailed, and that the execution heard of it. */
export const endOf = async (world: FaultWorld) => {
  const rows = (await world.items()).map(fromItem).filter((row) => !isOfTries(row));
  return {
    brokenChains: brokenChains(rows),
    rows: Object.fromEntries(
      rows.map((row) => [
        `${String(row["PK"])}|${String(row["SK"])}`,
        Object.fromEntries(Object.entries(row).filter(([name]) => !randomNames.has(name))),
      ]),
    ),
    mails: [...new Set(world.mails.map(({ id }) => id))].toSorted(),
  };
};
