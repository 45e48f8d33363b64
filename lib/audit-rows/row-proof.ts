import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { pathsTo } from './row-proofs.ts';
import { tlogProof } from './tlog-proof.ts';
import { witnessedHead } from './witnessed-head.ts';

/** One row's proof as a file, as any third party could have it from the log. */
export async function rowProof(db: Database, actor: PrincipalActor, index: bigint): Promise<string> {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  const head = await witnessedHead(db, index + 1n);
  if (!head) throw new NotFoundError('There is no such row.');
  const [proof] = await pathsTo(db, [index], head.size);
  return tlogProof({ ...proof!, checkpoint: head.checkpoint });
}
