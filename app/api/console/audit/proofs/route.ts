import { proveRows } from '#lib/audit-rows/row-proofs';
import { ROW_PROOFS } from '#lib/console-api/audit';
import { readRoute } from '../../../../_server/console-route.ts';
import { database } from '../../../../_server/database.ts';

export const GET = readRoute(ROW_PROOFS, async ({ actor, query }) => {
  const wanted = { size: BigInt(query.size), indexes: query.indexes.map(BigInt) };
  return { proofs: await proveRows(database(), actor, wanted) };
});
