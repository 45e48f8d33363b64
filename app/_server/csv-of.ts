import type { CsvValue } from '#lib/tables/csv';
import { csvResponse } from './csv-response.ts';

/** The columns of an export: what heads each, and what a row has in it. */
type Columns<Row> = readonly (readonly [string, (row: Row) => CsvValue])[];

/** An export as a download, its rows read while they are sent. */
export function csvOf<Row>(name: string, columns: Columns<Row>, rows: AsyncIterable<Row>): Response {
  const heading = columns.map(([title]) => title);
  return csvResponse(name, heading, records(columns, rows));
}

async function* records<Row>(columns: Columns<Row>, rows: AsyncIterable<Row>): AsyncGenerator<CsvValue[]> {
  for await (const row of rows) yield columns.map(([, cell]) => cell(row));
}
