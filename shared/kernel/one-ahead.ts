/**
 * The values of a source, each while the next one is already being made: reading goes on while what was read is worked
 * with. What the next one fails with is thrown when it is its turn, or never when nobody asks for it.
 */
export async function* oneAhead<Value>(source: AsyncGenerator<Value>): AsyncGenerator<Value> {
  for (let next = source.next(); ;) {
    const here = await next;
    if (here.done === true) return;
    next = source.next();
    next.catch(() => {});
    yield here.value;
  }
}
