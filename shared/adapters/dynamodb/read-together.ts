/**
 * Rows that are asked for in the same moment are read with one call. A page asks for a dozen rows, each where it is
 * needed; most of what a read costs a function is the call around it, and here many of them share one.
 */
/** One row that somebody waits for. */
interface Asked<Key, Row> {
  readonly key: Key;
  readonly answer: PromiseWithResolvers<Row | null>;
}

/** Reads the rows under some keys, each key once; those that are there, in any order. */
export type ReadMany<Key, Row> = (keys: readonly Key[]) => Promise<readonly Row[]>;

/**
 * Gathers what is asked for until the event loop turns, and reads it in parts of `atOnceMax` keys. A key asked for
 * twice in that moment is read once: after both were asked, so neither sees an older row than by itself. When a read
 * fails, all that waited for it fail, each with the same error.
 */
export const readTogether = <Key, Row>(
  readMany: ReadMany<Key, Row>,
  nameOf: (keyOrRow: Key | Row) => string,
  atOnceMax: number,
): ((key: Key) => Promise<Row | null>) => {
  let waiting = new Map<string, Asked<Key, Row>>();

  const readPart = async (part: readonly (readonly [string, Asked<Key, Row>])[]): Promise<void> => {
    try {
      const rows = await readMany(part.map(([, { key }]) => key));
      const byName = new Map(rows.map((row) => [nameOf(row), row]));
      for (const [name, { answer }] of part) answer.resolve(byName.get(name) ?? null);
    } catch (error) {
      for (const [, { answer }] of part) answer.reject(error);
    }
  };

  const readAll = (): void => {
    const all = [...waiting];
    waiting = new Map();
    for (let first = 0; first < all.length; first += atOnceMax) {
      void readPart(all.slice(first, first + atOnceMax));
    }
  };

  return (key) => {
    const name = nameOf(key);
    const asked = waiting.get(name);
    if (asked) return asked.answer.promise;
    if (waiting.size === 0) setImmediate(readAll);
    const answer = Promise.withResolvers<Row | null>();
    waiting.set(name, { key, answer });
    return answer.promise;
  };
};
