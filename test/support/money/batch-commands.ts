/** What befalls a batch: made, filled, fixed, authorised, voided, written; its cases go in and out with it. */
import { createHash } from "node:crypto";
import type { Application } from "#shared/domain/application.ts";
import { moveBatch, newBatch, type Batch, type BatchMove } from "#shared/domain/disbursement.ts";
import { enterBatch, leaveBatch } from "#shared/domain/settlement.ts";
import type { BatchId, StaffId } from "#shared/kernel/ids.ts";
import type { BatchEntry } from "#shared/ports/batch-store.ts";
import { must, putIntoBatch, stepped, takenOut } from "./book.ts";
import { loadCase, oneOf, people, tick, type Attempt, type Command, type World } from "./world.ts";

/** The batch a case is in, or the newest; at times any. */
export const batchFor = async (
  world: World,
  { batchId }: Application,
  what: number,
): Promise<Batch | null> => {
  const id = what % 5 === 4 ? oneOf(world.batches, what) : (batchId ?? world.batches.at(-1));
  return id === undefined ? null : world.stores.batches.get(id);
};

export const moved = (world: World, before: Batch, move: BatchMove): Attempt | null =>
  move.kind === "refused"
    ? null
    : async () => ((await world.stores.batches.update(before, move.batch)) ? "moved" : "stale");

export const makeBatch: Command = async (world, application, { who }) => {
  const fundId = application.fundId ?? oneOf(world.funds, who);
  if (!fundId) return null;
  world.serial += 1;
  const id = `B20260720-${world.run}-${world.serial}` as BatchId;
  const makerId = oneOf(people, who) ?? people[0];
  const batch = newBatch(id, { fundId, makerId, at: tick(world) });
  return async () => {
    const outcome = await world.stores.batches.create(batch);
    if (outcome === "created") world.batches.push(id);
    return outcome;
  };
};

const cardOf = ({ id, answersVersion }: Application): string => `${id.slice(-6)}${answersVersion}`;

const entryOf = (application: Application, batch: Batch, now: World["now"]): BatchEntry | null => {
  const entering = enterBatch(application, batch, now);
  const payee = { name: "王甲", bankName: "示例银行", cardNumber: cardOf(application) };
  return entering && { ...entering, payee };
};

/** Puts every payable case of the fund in, or leaves some out. */
export const fillBatch: Command = async (world, application, { who, what }) => {
  const batch = await batchFor(world, application, what);
  if (!batch) return null;
  const at = tick(world);
  const cases = await Promise.all(world.cases.map((id) => loadCase(world, id)));
  const some = cases.filter(({ id }, index) => id === application.id || (who >> index) % 2 === 0);
  const entries = some.flatMap((one) => entryOf(one, batch, at) ?? []);
  if (entries.length === 0) return null;
  return async () => {
    const outcomes = await world.stores.batches.addItems(batch.id, entries);
    for (const [index, { item, step, payee }] of entries.entries()) {
      if (outcomes[index] !== "committed") continue;
      putIntoBatch(world.book, { caseId: item.applicationId, batch: batch.id });
      stepped(world.book, item.applicationId, step.before.version);
      world.cards.set(item.reference, payee.cardNumber);
    }
    return outcomes.join(" ");
  };
};

export const fixBatch: Command = async (world, application, { what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  const type = before.count === 0 ? "found_empty" : "assembled";
  return moved(world, before, moveBatch(before, { type, at: tick(world), by: null }));
};

/** Somebody authorises, the maker among those who try; and past the domain's refusal the store's own is tried. */
export const authorise: Command = async (world, application, { who, what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  const by = oneOf(people, who) ?? people[0];
  const at = tick(world);
  const allowed = moveBatch(before, { type: "authorised", at, by });
  if (allowed.kind === "moved") return moved(world, before, allowed);
  if (allowed.code !== "own_batch") return null;
  const nobody = "nobody" as StaffId;
  const forged = moveBatch(before, { type: "authorised", at, by: nobody });
  if (forged.kind === "refused") return null;
  return moved(world, before, { ...forged, batch: { ...forged.batch, checkerId: by } });
};

export const decideVoid: Command = async (world, application, { what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  const event = { type: "void_decided", at: tick(world), by: people[0] } as const;
  return moved(world, before, moveBatch(before, event, { voidReason: "wrong" }));
};

/** Puts the cases of a batch that is being voided back, and ends it once none is left. */
export const goOnVoiding: Command = async (world, application, { what }) => {
  const before = await batchFor(world, application, what);
  if (before?.status !== "voiding") return null;
  const at = tick(world);
  const items = await world.stores.batches.items(before.id);
  const open = items.filter(({ status }) => status === "ready");
  if (open.length === 0) {
    return moved(world, before, moveBatch(before, { type: "voided", at, by: null }));
  }
  const entries = await Promise.all(
    open.map(async (item) =>
      leaveBatch(await loadCase(world, item.applicationId), item, at, before.fileKey !== null),
    ),
  );
  const leaving = entries.filter((entry) => entry !== null);
  return async () => {
    const outcomes = await world.stores.batches.voidItems(leaving);
    for (const [index, { item, step }] of leaving.entries()) {
      if (outcomes[index] !== "committed") continue;
      takenOut(world.book, item.applicationId, before.id);
      stepped(world.book, item.applicationId, step.before.version);
    }
    return outcomes.join(" ");
  };
};

/** What the bank gets: every payment of the batch by reference. */
const fileOf = async (world: World, { id }: Batch): Promise<string> => {
  const items = await world.stores.batches.items(id);
  return items
    .map(({ reference, amountFen }) => `${reference},${amountFen},${world.cards.get(reference)}\n`)
    .toSorted()
    .join("");
};

/** Writes the file of an authorised batch, which is the same however often it is written. */
export const writeFile: Command = async (world, application, { what }) => {
  const before = await batchFor(world, application, what);
  if (!before) return null;
  const text = await fileOf(world, before);
  const first = world.files.get(before.id);
  must(first === undefined || first === text, "I19: a batch's file isn't what it was");
  const sha256 = createHash("sha256").update(text).digest("hex");
  must(
    before.fileSha256 === null || before.fileSha256 === sha256,
    "I19: a batch's hash isn't its file's",
  );
  const attempt = moved(
    world,
    before,
    moveBatch(
      before,
      { type: "file_written", at: tick(world), by: null },
      { fileKey: `batches/${before.id}/bank.csv`, fileSha256: sha256 },
    ),
  );
  if (attempt === null) return null;
  world.files.set(before.id, text);
  return attempt;
};
