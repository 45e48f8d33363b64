import { type CsvValue, csvStream } from '#lib/tables/csv';

/** An export as a download. `name` without its ending; the rows are read while they are sent. */
export function csvResponse(
  name: string,
  heading: readonly string[],
  rows: AsyncIterable<readonly CsvValue[]>,
): Response {
  return new Response(csvStream(heading, rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
    },
  });
}
