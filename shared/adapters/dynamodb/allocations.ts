/**
 * Allocations in the table: one row that says what was decided, and the inputs in sealed parts, since P is a
 * household's income. The parts come first: an allocation exists once its row does, and then it is whole.
 */
import type { Allocation, AllocationAward, Candidate } from "#shared/domain/allocation.ts";
import { invariant } from "#shared/kernel/assert.ts";
import type { Allocations, ListedAllocation } from "#shared/ports/allocations.ts";
import type { Vault } from "#shared/ports/vault.ts";
import {
  absent,
  getRow,
  putRow,
  queryPage,
  transact,
  updateRow,
  type Row,
  type Table,
} from "./client.ts";
import {
  allocationKey,
  allocationListKey,
  allocationListPartition,
  allocationPartition,
  allocationPartKey,
} from "./keys.ts";

/** So many cases in a part: about 60 KB of the 400 KB a row may hold. */
const partSize = 400;

/** A candidate with what it got; null when it got nothing. */
interface Line {
  readonly candidate: Candidate;
  readonly awardedFen: AllocationAward["amountFen"] | null;
}

const scope = (id: string, inputs: string, part: number) => ({
  owner: allocationPartition(id),
  attribute: `part.${inputs}.${part}`,
  salt: "",
});

const linesOf = ({ candidates, awards }: Allocation): readonly Line[] => {
  const awarded = new Map(awards.map(({ applicationId, amountFen }) => [applicationId, amountFen]));
  return candidates.map((candidate) => ({
    candidate,
    awardedFen: awarded.get(candidate.applicationId) ?? null,
  }));
};

const partsOf = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  Array.from({ length: Math.ceil(lines.length / partSize) }, (_part, index) =>
    lines.slice(index * partSize, (index + 1) * partSize),
  );

const listedOf = (row: Row): ListedAllocation => {
  const {
    PK,
    SK: _sortKey,
    inputs: _inputs,
    parts: _parts,
    ...stored
  } = row as Row & { PK: string };
  return {
    carriedOutAt: null,
    ...stored,
    id: PK.slice(allocationPartition("").length),
  } as unknown as ListedAllocation;
};

const openLines = async (
  table: Table,
  vault: Vault,
  id: string,
  { inputs, parts }: { readonly inputs: string; readonly parts: number },
): Promise<readonly Line[]> => {
  const lines: Line[] = [];
  for (let part = 1; part <= parts; part += 1) {
    const row = await getRow(table, allocationPartKey(id, inputs, part));
    invariant(row, "an allocation is kept with all of its inputs");
    const text = await vault.open(scope(id, inputs, part), row["sealed"] as string);
    lines.push(...(JSON.parse(text) as Line[]));
  }
  return lines;
};

const wholeOf = (
  { awardCount: _awards, candidateCount: _candidates, ...said }: ListedAllocation,
  lines: readonly Line[],
): Allocation => ({
  ...said,
  candidates: lines.map(({ candidate }) => candidate),
  awards: lines.flatMap(({ candidate: { applicationId }, awardedFen }) =>
    awardedFen === null ? [] : [{ applicationId, amountFen: awardedFen }],
  ),
});

export const createAllocations = (table: Table, vault: Vault): Allocations => ({
  put: async (allocation) => {
    const { id, candidates, awards, ...said } = allocation;
    const lines = linesOf(allocation);
    // Parts of other inputs under the same id, from a form sent twice, lie beside these and not over them.
    const inputs = (await vault.sign("allocation-inputs", JSON.stringify(lines))).slice(0, 16);
    const parts = partsOf(lines);
    for (const [index, part] of parts.entries()) {
      const sealed = await vault.seal(scope(id, inputs, index + 1), JSON.stringify(part));
      await putRow(table, { ...allocationPartKey(id, inputs, index + 1), sealed });
    }
    const counts = { awardCount: awards.length, candidateCount: candidates.length };
    const outcome = await transact(table, [
      {
        put: { ...allocationKey(id), ...said, ...counts, inputs, parts: parts.length },
        condition: absent,
      },
      { put: { ...allocationListKey(allocation.madeAt, id) }, condition: absent },
    ]);
    return outcome.kind === "committed";
  },
  get: async (id) => {
    const row = await getRow(table, allocationKey(id));
    if (!row) return null;
    const kept = row as { readonly inputs: string; readonly parts: number };
    return wholeOf(listedOf(row), await openLines(table, vault, id, kept));
  },
  list: async (limit) => {
    const page = await queryPage(table, {
      KeyConditionExpression: "PK = :list",
      values: { ":list": allocationListPartition },
      ScanIndexForward: false,
      Limit: limit,
    });
    const rows = await Promise.all(
      page.rows.map(({ SK }) => getRow(table, allocationKey((SK as string).split("#")[1] ?? ""))),
    );
    return rows.filter((row) => row !== null).map(listedOf);
  },
  markCarriedOut: async (id, at) => {
    await updateRow(table, allocationKey(id), {
      update: "SET carriedOutAt = :at",
      expression: "attribute_exists(PK) AND attribute_not_exists(carriedOutAt)",
      values: { ":at": at },
    });
  },
});
