/** Offices in the order of the lines they stand on. */
import type { Organisation, Unit } from "#shared/domain/organisation.ts";

export interface Placed {
  readonly unit: Unit;
  readonly depth: number;
}

/** An office followed by those below it; an office whose superior is missing stands on its own. */
export const treeOf = ({ units }: Pick<Organisation, "units">): readonly Placed[] => {
  const under = (parent: Unit, depth: number): readonly Placed[] => [
    { unit: parent, depth },
    ...units
      .filter(({ parentId }) => parentId === parent.id)
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .flatMap((unit) => under(unit, depth + 1)),
  ];
  const roots = units.filter(({ parentId }) => !units.some(({ id }) => id === parentId));
  return roots.flatMap((root) => under(root, 0));
};

/** An office's name, moved in under the one above it, for lists that can only hold text. */
export const indented = (name: string, depth: number): string => `${"　".repeat(depth)}${name}`;
