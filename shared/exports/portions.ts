/** Rows in portions: a row at a time, waiting for each costs an export of a million rows more than the rows do. */

const rowsOfPortion = 100;

const isAsync = <Row>(rows: Iterable<Row> | AsyncIterable<Row>): rows is AsyncIterable<Row> =>
  Symbol.asyncIterator in rows;

/** The rows in their order, 100 at a time; the last portion holds what is left. */
export async function* portionsOf<Row>(
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<readonly Row[]> {
  let portion: Row[] = [];
  if (isAsync(rows)) {
    for await (const row of rows) {
      portion.push(row);
      if (portion.length < rowsOfPortion) continue;
      yield portion;
      portion = [];
    }
  } else {
    for (const row of rows) {
      portion.push(row);
      if (portion.length < rowsOfPortion) continue;
      yield portion;
      portion = [];
    }
  }
  if (portion.length > 0) yield portion;
}
