/** Runs a drawn sequence of operations, each now, late or twice, and checks all of the money after each. */
import type { Application, Status } from "#shared/domain/application.ts";
import type { BatchStatus } from "#shared/domain/disbursement.ts";
import { addMinutes } from "#shared/kernel/calendar.ts";
import * as bank from "./bank-commands.ts";
import * as batches from "./batch-commands.ts";
import * as cases from "./case-commands.ts";
import * as lateReturns from "./late-commands.ts";
import * as funds from "./fund-commands.ts";
import {
  householdCapFen,
  loadCase,
  oneOf,
  type Attempt,
  type Command,
  type Drawn,
  type World,
} from "./world.ts";
import { checkMoney } from "./invariants.ts";
import type { Snapshot } from "./stores.ts";

const wait: Command = async (world, _application, { what }) => {
  world.now = addMinutes(world.now, 60 * (1 + (what % 48)));
  return null;
};

const { batchFor: _batchFor, moved: _moved, ...ofBatches } = batches;
const commands = { ...cases, ...ofBatches, ...bank, ...funds, ...lateReturns, wait } as const;
type Operation = keyof typeof commands;
export const operations = (Object.keys(commands) as readonly Operation[]).filter(
  (name) => name !== "wait",
);
/** An operation, or whichever takes the case's batch one step on. */
type Name = Operation | "goOn";

const times = (count: number, name: Name): readonly Name[] =>
  Array.from({ length: count }, () => name);

/** What a case in each state mostly waits for; of a batch, its own state says so. */
const likely: Readonly<Partial<Record<Status, readonly Name[]>>> = {
  draft: [...times(2, "apply"), "proposeOrder", ...times(2, "bookOrder"), "cancelOrder"],
  in_approval: [
    ...times(12, "decide"),
    ...times(2, "proposeOrder"),
    ...times(4, "bookOrder"),
    "takeBack",
  ],
  waiting_for_funds: [
    ...times(3, "reserveWaiting"),
    ...times(2, "income"),
    "bookOrder",
    "takeBack",
  ],
  reserved: [...times(20, "goOn"), "makeBatch", "fillBatch", "takeBack"],
  batched: [...times(24, "goOn"), "decideVoid", "fillBatch", "readReturn"],
  payment_failed: [...times(4, "mend"), ...times(4, "checkCard"), "lapseOverdue", "goOn"],
  paid: [
    ...times(2, "claimBack"),
    ...times(3, "sayReturned"),
    ...times(4, "agreeReturned"),
    "proposeClose",
    "bookOrder",
    ...times(3, "goOn"),
    "readReturn",
    "giveReturn",
  ],
  recovery_due: [...times(6, "refund"), ...times(2, "proposeToWriteOff"), ...times(3, "writeOff")],
};

/** What a batch in each state waits for. */
const awaited: Readonly<Partial<Record<BatchStatus, readonly Operation[]>>> = {
  assembling: ["fillBatch", "fillBatch", "fixBatch"],
  awaiting_authorisation: ["authorise", "authorise", "authorise", "authorise", "decideVoid"],
  authorised: ["writeFile"],
  sent: ["giveReturn", "readReturn", "readReturn", "closeBatch"],
  voiding: ["goOnVoiding"],
};

/** What takes the case's batch, or the newest, one step on; without one, or where that is done, a new one. */
const onward = async (world: World, application: Application, drawn: Drawn): Promise<Operation> => {
  const batch = await batches.batchFor(world, application, drawn.what);
  const isOther = application.status === "reserved" && batch?.fundId !== application.fundId;
  const names = batch && !isOther ? awaited[batch.status] : undefined;
  if (!batch || !names) return "makeBatch";
  if (batch.status === "assembling" && batch.count === 0) return "fillBatch";
  return oneOf(names, drawn.who) ?? "fixBatch";
};

const anything: readonly Name[] = [
  ...new Set(Object.values(likely).flatMap((names) => [...(names ?? [])])),
  "wait",
];

export interface Figures {
  /** By operation and how it ended. */
  readonly ends: Map<string, number>;
}

export const noFigures = (): Figures => ({ ends: new Map() });

export const stepsIn = ({ ends }: Figures): number =>
  [...ends.values()].reduce((sum, count) => sum + count, 0);

/** One number's parts: which case, how it is tried, by whom and with what. */
const partsOf = (drawn: number) => ({
  focus: drawn % 8,
  mode: Math.trunc(drawn / 8) % 32,
  kind: Math.trunc(drawn / 256) % 64,
  who: Math.trunc(drawn / 16_384) % 256,
  what: Math.trunc(drawn / 4_194_304) % 512,
});

const ended: readonly Status[] = ["withdrawn", "lapsed", "closed"];

/** Mostly the first case that is on its way, so that one of them gets far within a run. */
const caseFor = async (world: World, focus: number, kind: number) => {
  const all = await Promise.all(world.cases.map((id) => loadCase(world, id)));
  const open = all.filter(({ status }) => !ended.includes(status));
  const first = open.find(({ status }) => status !== "draft");
  const chosen = focus < 4 && first ? first : (oneOf(open, focus + kind) ?? all[0]);
  if (!chosen) throw new Error("a world has cases");
  return chosen;
};

export interface Prepared {
  readonly name: Operation;
  readonly attempt: Attempt;
}

/** One operation as it was landed, for a second store to be compared with. */
export interface Landed {
  readonly name: Operation;
  readonly outcome: string;
}

const prepare = async (
  world: World,
  drawn: number,
): Promise<(Prepared & { mode: number }) | null> => {
  const { focus, mode, kind, who, what } = partsOf(drawn);
  const application = await caseFor(world, focus, kind);
  const expected = mode < 27 ? (likely[application.status] ?? anything) : anything;
  const drawnName = oneOf(expected, kind) ?? "wait";
  const name = drawnName === "goOn" ? await onward(world, application, { who, what }) : drawnName;
  const attempt = await commands[name](world, application, { who, what });
  return attempt && { name, attempt, mode };
};

/** Runs one number's operation; it may be held back for later, land twice, or bring a held one with it. */
export const step = async (
  world: World,
  held: Prepared[],
  drawn: number,
): Promise<readonly Landed[]> => {
  if (drawn === 0) return [];
  const prepared = await prepare(world, drawn);
  if (!prepared) return [];
  const { mode } = prepared;
  // Money that comes back is rare: of two slips on one claim, one is often late.
  if (mode % 8 === 7 || (prepared.name === "refund" && mode % 4 === 1)) {
    held.push(prepared);
    return [];
  }
  const now = [prepared, ...(mode % 8 === 6 ? [prepared] : [])];
  const late = mode % 3 === 0 ? held.splice(0, 1) : [];
  const landed: Landed[] = [];
  for (const { name, attempt } of [...now, ...late]) {
    landed.push({ name, outcome: await attempt() });
  }
  return landed;
};

/** What every sequence begins with: some money in two of the funds, and three of the four have applied. */
export const open = async (world: World): Promise<void> => {
  for (const [index, id] of world.cases.slice(0, 3).entries()) {
    const application = await loadCase(world, id);
    await (
      await funds.income(world, application, { who: index % 2, what: index })
    )?.();
    await (
      await cases.apply(world, application, { who: 0, what: 0 })
    )?.();
  }
};

export const counted = ({ ends }: Figures, { name, outcome }: Landed): void => {
  ends.set(`${name} ${outcome}`, (ends.get(`${name} ${outcome}`) ?? 0) + 1);
};

/** @throws Broken at the first operation after which a rule doesn't hold. */
export const runSequence = async (
  world: World,
  snapshot: () => Promise<Snapshot>,
  sequence: readonly number[],
  figures: Figures,
): Promise<void> => {
  const held: Prepared[] = [];
  await open(world);
  for (const drawn of sequence) {
    const landed = await step(world, held, drawn);
    for (const one of landed) counted(figures, one);
    if (landed.length > 0) checkMoney(await snapshot(), world.book, householdCapFen);
  }
};
