/** Name, Postgres type, and what a row has there. */
export type Column<Row> = readonly [name: string, type: string, read: (row: Row) => unknown];

/**
 * A statement over rows that it is given: `given` stands for them in its text, `next` is the number of the first further
 * parameter. Many rows travel as an array a column; a single one as plain values, which Postgres reads in half the time.
 */
export function givenRows<Row>(
  columns: readonly Column<Row>[],
  text: (given: string, next: number) => string,
): (rows: readonly Row[], ...further: unknown[]) => [text: string, values: unknown[]] {
  const places = (suffix: string) => columns.map(([, type], i) => `$${i + 1}::${type}${suffix}`).join(', ');
  const names = columns.map(([name]) => name).join(', ');
  const next = columns.length + 1;
  const one = text(`(VALUES (${places('')})) AS given(${names})`, next);
  const many = text(`unnest(${places('[]')}) AS given(${names})`, next);
  return (rows, ...further) => {
    const [first] = rows;
    return first !== undefined && rows.length === 1
      ? [one, [...columns.map(([, , read]) => read(first)), ...further]]
      : [many, [...columns.map(([, , read]) => rows.map(read)), ...further]];
  };
}
