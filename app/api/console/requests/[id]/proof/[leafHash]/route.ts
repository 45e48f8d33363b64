import { PROOF } from '#lib/console-api/asking';
import { NotFoundError } from '#lib/errors';
import { getRequest } from '#lib/requests/get-request';
import { fetchProof } from '../../../../../../_server/ask-router.ts';
import { readRoute } from '../../../../../../_server/console-route.ts';
import { database } from '../../../../../../_server/database.ts';
import { fetchKeyCustody, fetchLogKey } from '../../../../../../_server/log-key.ts';

export const GET = readRoute(PROOF, async ({ actor, params }) => {
  const { leaves } = await getRequest(database(), actor, params.id);
  const leaf = leaves.find(({ leafHash }) => leafHash === params.leafHash);
  if (!leaf) throw new NotFoundError('This request has no such leaf.');
  const proof = await fetchProof(actor, leaf.leafHash);
  if (proof.status === 'pending') return proof;
  const { checkpoint } = proof;
  if (!checkpoint) throw new NotFoundError('The router gave no signed head for this leaf.');
  const [verifierKey, keyCustody] = await Promise.all([fetchLogKey(), fetchKeyCustody()]);
  return { ...proof, checkpoint, entry: leaf.entry, verifierKey, keyCustody };
});
