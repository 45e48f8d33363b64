import { z } from 'zod';
import { decodeCursor, toPage } from '#lib/tables/cursor';
import type { TableQuery } from '#lib/tables/table-query';
import { SAMPLE_ROWS, type SampleRow, type sampleShape } from './samples.ts';

type Sort = (typeof sampleShape)['sorts'][number];

/** What a list's verb does in the database, done on the samples: narrow, order, cut a page. */
export function pageOfSamples(query: TableQuery<Sort>) {
  const { sort, search, filters, size } = query;
  const place = decodeCursor(query.after, {
    sort: sort.key,
    value: z.union([z.string(), z.number()]),
    id: z.string(),
  });
  const direction = sort.descending ? -1 : 1;
  const order = (a: SampleRow, b: SampleRow) => {
    const [left, right] = a[sort.key] === b[sort.key] ? [a.id, b.id] : [a[sort.key], b[sort.key]];
    return left < right ? -direction : left > right ? direction : 0;
  };
  const rows = SAMPLE_ROWS.filter(
    (row) =>
      row.name.toLowerCase().includes(search.toLowerCase()) &&
      (!filters.state?.length || filters.state.includes(row.state)) &&
      (!filters.region?.length || filters.region.includes(row.region)),
  )
    .toSorted(order)
    .filter((row) => !place || order(row, { ...row, [sort.key]: place.value, id: place.id }) > 0);
  return toPage(rows.slice(0, size + 1), size, (row) => ({
    sort: sort.key,
    value: row[sort.key],
    id: row.id,
  }));
}
