import { rowProof } from '#lib/audit-rows/row-proof';
import { ROW_PROOF_FILE } from '#lib/console-api/audit';
import { readRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const GET = readRoute(ROW_PROOF_FILE, async ({ actor, params }) => {
  const text = await rowProof(database(), actor, BigInt(params.index));
  return new Response(text, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="row-${params.index}.tlog-proof"`,
      'cache-control': 'no-store',
    },
  });
});
