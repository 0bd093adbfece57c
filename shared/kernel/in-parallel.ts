/**
 * Several pieces of work at a time, never more than `atOnce`; results in the order of the values.
 */
export const inParallel = async <Value, Result>(
  values: readonly Value[],
  atOnce: number,
  work: (value: Value) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = Array.from({ length: values.length });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < values.length; index = next++) {
      results[index] = await work(values[index] as Value);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, values.length) }, worker));
  return results;
};
