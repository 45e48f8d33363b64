import { PROOF } from '#lib/console-api/asking';
import { NotFoundError } from '#lib/errors';
import { getRequest } from '#lib/requests/get-request';
import { fetchProof } from '../../../../../../_server/ask-router.ts';
import { readRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';

export const GET = readRoute(PROOF, async ({ actor, params }) => {
  const { leaves } = await getRequest(database(), actor, params.id);
  const leaf = leaves.find(({ leafHash }) => leafHash === params.leafHash);
  if (!leaf) throw new NotFoundError('This request has no such leaf.');
  return fetchProof(actor, leaf.leafHash);
});
