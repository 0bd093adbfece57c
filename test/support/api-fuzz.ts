/**
 * Throws requests at the API that are made from its own document: right ones, nearly right ones and hostile ones.
 * The same seed throws the same requests. Nothing may fail, and every answer must be as the document says.
 */
import { generateSync } from "json-schema-faker";
import type { Embedded } from "#infra/local/embedded.ts";
import { operationAt, type Contract, type ListedOperation } from "./api-contract.ts";
import { answersAsJson, applyByApi, caller, newClient, type ApiAnswer } from "./api.ts";
import { newAnswers, programmeOf } from "./applicant.ts";

type Dice = () => number;

/** Mulberry32. */
const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const pick = <Item>(dice: Dice, items: readonly Item[]): Item => {
  const item = items[Math.floor(dice() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
};

const hostileTexts = [
  "",
  " ",
  "\u0000",
  "a\r\nSet-Cookie: x=1",
  "' OR '1'='1",
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "{{7*7}}",
  "\u202Etxt.exe",
  "😀".repeat(300),
  "x".repeat(5_000),
  "__proto__",
  "SN0000000000",
  "１２３４",
  "NaN",
  "1e309",
  "-1",
  "9".repeat(400),
];

const hostileValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [[[[[[]]]]]],
  { toString: 1 },
  JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}'),
  ...hostileTexts,
];

/** Changes something somewhere: a member goes, comes, or becomes what it should not be. */
const spoiled = (dice: Dice, value: unknown): unknown => {
  if (Array.isArray(value) && value.length > 0 && dice() < 0.7) {
    const at = Math.floor(dice() * value.length);
    return value.map((item: unknown, index) => (index === at ? spoiled(dice, item) : item));
  }
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) {
    const name = pick(dice, Object.keys(value));
    const rest = Object.entries(value).filter(([key]) => key !== name);
    const roll = dice();
    if (roll < 0.25) return Object.fromEntries(rest);
    if (roll < 0.45)
      return { ...value, [pick(dice, hostileTexts) || "x"]: pick(dice, hostileValues) };
    return { ...value, [name]: spoiled(dice, (value as Record<string, unknown>)[name]) };
  }
  return pick(dice, hostileValues);
};

/** Text that is no JSON, or hardly. */
const brokenBodies: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  "{",
  '{"answers":',
  "[",
  "null",
  "1",
  '"text"',
  "{'a':1}",
  '{"a":1,}',
  `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
  `{"x":"${"y".repeat(66_000)}"}`,
  new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]),
  '\uFEFF{"answers":{}}',
];

/** A case that the fuzz knows the code of. */
interface Known {
  readonly id: string;
  readonly accessCode: string;
}

interface Thrown {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | null>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

interface World {
  readonly dice: Dice;
  readonly contract: Contract;
  readonly cases: readonly Known[];
  readonly bodiesOf: (listed: ListedOperation) => readonly unknown[];
  readonly weakKey: string;
}

const headerValues: Readonly<Record<string, readonly (string | null)[]>> = {
  accept: [
    "application/json",
    "*/*",
    "text/html",
    "application/*;q=0",
    "application/problem+json",
    ";;,,q=2",
  ],
  "accept-language": ["en", "zh-CN", "fr;q=1, en;q=0.1", "*", "x".repeat(500), ";q=,"],
  "content-type": [
    "application/json; charset=utf-8",
    "application/jsonx",
    "text/plain",
    "multipart/form-data",
    null,
  ],
  "if-match": ['"v1"', "*", '"d"', 'W/"v1"', "x".repeat(300), '"v1", "v2"', null],
  "idempotency-key": ["same-key-again", "short", "k".repeat(200), "with space", null],
  "songnuan-access-code": ["0000-0000-0000", "x", "x".repeat(400), null],
  authorization: ["Bearer snk_", "Basic eDp5", "Bearer", null],
};

/** Whole characters only: half a pair can't be encoded. */
const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join("");

const pathOf = (
  { dice, cases }: World,
  template: string,
): { path: string; known: Known | null } => {
  const known = dice() < 0.85 ? pick(dice, cases) : null;
  const value = (name: string): string => {
    if (name === "applicationId" && known) return known.id;
    if (name === "programmeId" && dice() < 0.9) {
      return pick(dice, ["golden-autumn", "emergency", "winter-warmth", "critical-illness"]);
    }
    return encodeURIComponent(cut(pick(dice, hostileTexts), 300)) || "%FF";
  };
  const path = template.slice(1).replaceAll(/\{(\w+)\}/gu, (_all, name: string) => value(name));
  const roll = dice();
  if (roll < 0.02)
    return { path: `${path}/${encodeURIComponent(cut(pick(dice, hostileTexts), 99))}`, known };
  if (roll < 0.03) return { path: path.replace("/", "%2F"), known };
  return { path, known };
};

const queryOf = ({ dice }: World, { operation }: ListedOperation): string => {
  const known = operation.parameters.filter((one) => one.in === "query").map(({ name }) => name);
  const names = [...known, ...(dice() < 0.05 ? ["debug"] : [])].filter(() => dice() < 0.4);
  const pairs = names.map((name): [string, string] => [
    name,
    dice() < 0.6
      ? pick(dice, ["1", "20", "golden-autumn", "chunfeng", ""])
      : cut(pick(dice, hostileTexts), 200),
  ]);
  return pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : "";
};

const isLatin = (text: string): boolean => /^[\t\u0020-\u007E]*$/u.test(text);

const headersOf = (world: World, known: Known | null): Thrown["headers"] => {
  const { dice, weakKey } = world;
  const headers: Record<string, string | null> = {};
  if (known) headers["songnuan-access-code"] = known.accessCode;
  if (dice() < 0.5) headers["if-match"] = "*";
  if (dice() < 0.03) headers["authorization"] = `Bearer ${weakKey}`;
  while (dice() < 0.25) {
    const name = pick(dice, Object.keys(headerValues));
    const value = pick(dice, headerValues[name] ?? []);
    if (value === null || isLatin(value)) headers[name] = value;
  }
  return headers;
};

const bodyOf = (world: World, listed: ListedOperation): Thrown["body"] => {
  const { dice, bodiesOf } = world;
  if (!listed.operation.requestBody)
    return dice() < 0.05 && listed.method !== "GET" ? "{}" : undefined;
  const roll = dice();
  if (roll < 0.06) return pick(dice, brokenBodies);
  if (roll < 0.08) return undefined;
  const body = pick(dice, bodiesOf(listed));
  return JSON.stringify(dice() < 0.5 ? body : spoiled(dice, body)) ?? "";
};

const thrown = (world: World): Thrown => {
  const { dice, contract } = world;
  const listed = pick(dice, contract.operations);
  const method =
    dice() < 0.03 ? pick(dice, ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"]) : listed.method;
  const { path, known } = pathOf(world, listed.path);
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(world, listed);
  return {
    method,
    path: `${path}${queryOf(world, listed)}`,
    headers: {
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headersOf(world, known),
    },
    ...(body === undefined ? {} : { body }),
  };
};

/** Bodies that fit the document, and whole answers of real programmes among them. */
const bodyPool = (contract: Contract, seed: number): World["bodiesOf"] => {
  const perOperation = 25;
  const pools = new Map<string, readonly unknown[]>();
  const { components } = contract.document;
  const real = contract.operations.length > 0 ? programmeOf("golden-autumn") : null;
  const whole = real ? answersAsJson(real, newAnswers(real.id)) : {};
  return ({ operation: { operationId, requestBody } }) => {
    const known = pools.get(operationId);
    if (known) return known;
    const schema = requestBody?.content["application/json"]?.schema ?? {};
    const made = Array.from({ length: perOperation }, (_, index) =>
      generateSync({ ...schema, components }, { seed: seed + index }),
    );
    const pool = [
      ...made,
      { kinds: ["id_cards"] },
      { answers: whole },
      { programmeId: real?.id, answers: whole },
      {},
    ];
    pools.set(operationId, pool);
    return pool;
  };
};

/** Cases in different states, so that operations get further than the door. */
const knownCases = async (city: Embedded): Promise<readonly Known[]> => {
  const cases: Known[] = [];
  for (const programmeId of ["golden-autumn", "emergency", "golden-autumn"]) {
    const applied = await applyByApi(city, programmeOf(programmeId), newAnswers(programmeId));
    cases.push({ id: applied.applicationId, accessCode: applied.accessCode });
  }
  const { key } = await newClient(city);
  for (const programmeId of ["golden-autumn", "emergency", "critical-illness"]) {
    const body = {
      programmeId,
      answers: answersAsJson(programmeOf(programmeId), newAnswers(programmeId)),
    };
    const created = await caller(city, key)("POST", "applications", { body });
    const { application, accessCode } = created.body as {
      application: { id: string };
      accessCode: string;
    };
    cases.push({ id: application.id, accessCode });
  }
  return cases;
};

export interface Fuzzed {
  readonly requests: number;
  readonly byStatus: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  readonly operationsDone: readonly string[];
  readonly ms: number;
}

const atOnce = 8;

/** A fault as it can be made again: what was thrown, and what is wrong with the answer. */
const faultOf = (contract: Contract, sent: Thrown, answer: ApiAnswer): string | null => {
  const { method, path } = sent;
  const told = `${method} ${path.slice(0, 120)}`;
  if (answer.status >= 500) return `${told}: ${answer.status} ${String(sent.body).slice(0, 200)}`;
  if (method === "HEAD") return answer.body === null ? null : `${told}: HEAD with a body`;
  const listed = operationAt(contract, method, path);
  const fault = contract.faultOf(listed?.operation.operationId ?? "none", answer);
  return fault && `${told}: ${fault}`;
};

export const fuzzApi = async (
  city: Embedded,
  contract: Contract,
  { requests, seed }: { readonly requests: number; readonly seed: number },
): Promise<Fuzzed> => {
  const dice = diceOf(seed);
  const { key } = await newClient(city, { callsPerMinute: 10_000_000 });
  const { key: weakKey } = await newClient(city, { scopes: ["notices:read"], callsPerMinute: 20 });
  const world: World = {
    dice,
    contract,
    cases: await knownCases(city),
    bodiesOf: bodyPool(contract, seed),
    weakKey,
  };
  const call = caller(city, key);
  const byStatus: Record<string, number> = {};
  const faults: string[] = [];
  const operationsDone = new Set<string>();
  let left = requests;
  const throwThem = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const sent = thrown(world);
      const answer = await call(sent.method, sent.path, sent);
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
      const fault = faultOf(contract, sent, answer);
      if (fault) faults.push(fault);
      const listed = operationAt(contract, sent.method, sent.path);
      if (answer.status < 300 && listed) operationsDone.add(listed.operation.operationId);
    }
  };
  const startedMs = performance.now();
  await Promise.all(Array.from({ length: atOnce }, throwThem));
  const ms = performance.now() - startedMs;
  return { requests, byStatus, faults, operationsDone: [...operationsDone].toSorted(), ms };
};
