/** Whether a row of a trail has what its kind has: a file may come from anybody. */
import { msOfInstant } from "../kernel/calendar.ts";
import type { TrailRow } from "./trail-row.ts";

type Shape = Readonly<Record<string, "string" | "number" | "object" | "array" | "text or null">>;

const balances = {
  grantedFen: "number",
  availableFen: "number",
  reservedFen: "number",
  paidFen: "number",
} as const;
const head = { id: "string", version: "number", head: "string" } as const;
const link = {
  id: "string",
  version: "number",
  said: "object",
  sealed: "text or null",
  previousHash: "string",
  hash: "string",
} as const;

const shapes: Readonly<Record<TrailRow["kind"], Shape>> = {
  trail: { at: "string" },
  anchor: { date: "string", root: "string", previous: "string", leaves: "number" },
  leaf: { date: "string", leaf: "object" },
  transfer: { transfer: "object" },
  fund: { id: "string", ...balances },
  batch: { id: "string", status: "string", count: "number", sumFen: "number", history: "array" },
  item: {
    batchId: "string",
    reference: "string",
    applicationId: "string",
    cycle: "number",
    amountFen: "number",
    status: "string",
  },
  case: { ...head, status: "string" },
  file: head,
  event: link,
  version: link,
  access: { day: "string", at: "string", subject: "string", fields: "array" },
  manifest: { counts: "object", sumsFen: "object" },
};

const leafShapes: Readonly<Record<string, Shape>> = {
  case: head,
  file: head,
  fund: { id: "string", count: "number", hash: "string", ...balances },
  batch: { id: "string", version: "number", events: "number", hash: "string", itemsHash: "string" },
  access: { day: "string", count: "number", hash: "string" },
};

const transferShape: Shape = {
  subject: "string",
  kind: "string",
  fundId: "string",
  debit: "string",
  credit: "string",
  amountFen: "number",
  at: "string",
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fits = (value: unknown, shape: Shape | undefined): boolean => {
  if (!shape || !isObject(value)) return false;
  return Object.entries(shape).every(([name, wanted]) => {
    const field = value[name];
    if (wanted === "array") return Array.isArray(field);
    if (wanted === "object") return isObject(field);
    if (wanted === "text or null") return field === null || typeof field === "string";
    return typeof field === wanted;
  });
};

const named = (shapesOf: Readonly<Record<string, Shape>>, name: unknown): Shape | undefined =>
  typeof name === "string" && Object.hasOwn(shapesOf, name) ? shapesOf[name] : undefined;

/** Whether the row is of a kind that there is, and has its fields. */
export const isWholeRow = (row: TrailRow): boolean => {
  if (!fits(row, named(shapes, row.kind))) return false;
  if (row.kind === "transfer") {
    return fits(row.transfer, transferShape) && !Number.isNaN(msOfInstant(row.transfer.at));
  }
  return row.kind === "leaf" ? fits(row.leaf, named(leafShapes, row.leaf.type)) : true;
};
