import 'server-only';
import type { SessionActor } from '#lib/actor';
import { UnauthenticatedError } from '#lib/errors';
import type { CsvValue } from '#lib/tables/csv';
import { getActor } from './actor.ts';
import { csvResponse } from './csv-response.ts';
import { toProblem } from './problem.ts';

type Call = { actor: SessionActor; query: Record<string, string>; params: Record<string, string> };
type Export<Row> = { name: string; rows: AsyncIterable<Row> };
type Columns<Row> = readonly (readonly [string, (row: Row) => CsvValue])[];

/** An exporting route of the console's API: session, verb, a file that is written while it is read. */
export function csvRoute<Row>(columns: Columns<Row>, verb: (call: Call) => Promise<Export<Row>>) {
  return async (
    request: Request,
    context: { params: Promise<Record<string, string>> },
  ): Promise<Response> => {
    try {
      const actor = await getActor();
      if (!actor) throw new UnauthenticatedError('Sign in first.');
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const { name, rows } = await verb({ actor, query, params: await context.params });
      const heading = columns.map(([title]) => title);
      return csvResponse(name, heading, records(columns, rows));
    } catch (error) {
      return toProblem(error);
    }
  };
}

async function* records<Row>(columns: Columns<Row>, rows: AsyncIterable<Row>): AsyncGenerator<CsvValue[]> {
  for await (const row of rows) yield columns.map(([, cell]) => cell(row));
}
