/** All rows of a paged list, one page at a time: for exports. */
export async function* everyRow<Row>(
  page: (after: string | null) => Promise<{ rows: Row[]; next: string | null }>,
): AsyncGenerator<Row> {
  let after: string | null = null;
  do {
    const { rows, next } = await page(after);
    yield* rows;
    after = next;
  } while (after !== null);
}
