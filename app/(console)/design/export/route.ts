import type { NextRequest } from 'next/server';
import { everyRow } from '#lib/tables/every-row';
import { parseTableQuery } from '#lib/tables/table-query';
import { pageOfSamples } from '../../../../components/design/page-of-samples.ts';
import { sampleShape } from '../../../../components/design/samples.ts';
import { requireActor } from '../../../_server/actor.ts';
import { csvResponse } from '../../../_server/csv-response.ts';

/** The samples as a file, by the page: how every list is exported. */
export async function GET(request: NextRequest): Promise<Response> {
  await requireActor();
  const query = parseTableQuery(sampleShape, Object.fromEntries(request.nextUrl.searchParams));
  const rows = everyRow(async (after) => pageOfSamples({ ...query, after }));
  return csvResponse('samples', ['name', 'state', 'region', 'records', 'added_at'], lines(rows));
}

async function* lines(rows: AsyncIterable<ReturnType<typeof pageOfSamples>['rows'][number]>) {
  for await (const { name, state, region, records, addedAt } of rows) {
    yield [name, state, region, records, addedAt];
  }
}
