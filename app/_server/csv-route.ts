import 'server-only';
import type { ConsoleRoute } from '#lib/console-api/definition';
import type { CsvValue } from '#lib/tables/csv';
import { readRoute, type Verb } from './console-route.ts';
import { csvResponse } from './csv-response.ts';

type Exporting = ConsoleRoute & { method: 'GET'; reply: { contentType: string } };
type Call<R extends ConsoleRoute> = Parameters<Verb<R>>[0] & { search: Record<string, string> };
type Export<Row> = { name: string; rows: AsyncIterable<Row> };
type Columns<Row> = readonly (readonly [string, (row: Row) => CsvValue])[];

/** An exporting route of the console's API: a file that is written while it is read. `search` is the page's own query. */
export function csvRoute<const R extends Exporting, Row>(
  definition: R,
  columns: Columns<Row>,
  verb: (call: Call<R>) => Promise<Export<Row>>,
) {
  const answer = async (call: Parameters<Verb<R>>[0]): Promise<Response> => {
    const search = Object.fromEntries(new URL(call.request.url).searchParams);
    const { name, rows } = await verb({ ...call, search });
    const heading = columns.map(([title]) => title);
    return csvResponse(name, heading, records(columns, rows));
  };
  return readRoute(definition, answer as Verb<R>);
}

async function* records<Row>(columns: Columns<Row>, rows: AsyncIterable<Row>): AsyncGenerator<CsvValue[]> {
  for await (const row of rows) yield columns.map(([, cell]) => cell(row));
}
