/** A broken invariant is a bug: it stops the work at once, in production too, before money moves on it. */
export class InvariantBroken extends Error {
  override readonly name = "InvariantBroken";
}

/**
 * States what must be true here. @throws InvariantBroken when it is not.
 * The message must not carry personal data: it reaches the log.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantBroken(message);
}

/** Ends a switch over a closed union: a case that was forgotten does not compile. */
export const unreachable = (value: never): never => {
  throw new InvariantBroken(`a value outside its closed set: ${typeof value}`);
};
