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

type Span = { from: string; to: string };

/** A span that ends now at the latest: what arrives while a file is written is not in it. */
export function endingBy(range: Span | null, now: Date): Span {
  const nowIso = now.toISOString();
  return {
    from: range?.from ?? new Date(0).toISOString(),
    to: range && range.to < nowIso ? range.to : nowIso,
  };
}
