import { proveGrowth } from '#lib/audit-rows/row-proofs';
import { LOG_GROWTH } from '#lib/console-api/audit';
import { readRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

export const GET = readRoute(LOG_GROWTH, async ({ actor, query }) => {
  const sizes = { from: BigInt(query.from), to: BigInt(query.to) };
  return { path: await proveGrowth(database(), actor, sizes) };
});
