import type { PrincipalActor } from '#lib/actor';
import { consistencyPath } from '#lib/audit-log/consistency';
import { inclusionPath } from '#lib/audit-log/merkle';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { withSubtrees } from './subtrees.ts';

type Reader = Pick<Database, '$queryRaw'>;

/** Inclusion proofs of rows in the tree of `size` leaves, leaf to root. The caller has authorised them. */
export async function pathsTo(
  db: Reader,
  indexes: readonly bigint[],
  size: bigint,
): Promise<{ index: bigint; path: Buffer[] }[]> {
  if (indexes.some((index) => index >= size)) throw new NotFoundError('The log is not that large.');
  return withSubtrees(db, size, (read) =>
    Promise.all(indexes.map(async (index) => ({ index, path: await inclusionPath(index, size, read) }))),
  );
}

/** The same for a browser that checks rows against a head it has verified. */
export async function proveRows(
  db: Reader,
  actor: PrincipalActor,
  { indexes, size }: { indexes: readonly bigint[]; size: bigint },
) {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  const proofs = await pathsTo(db, indexes, size);
  return proofs.map(({ index, path }) => ({ index: String(index), path: path.map(toHex) }));
}

/** Shows that the tree of `to` leaves continues the one of `from`: for a browser that kept the earlier head. */
export async function proveGrowth(
  db: Reader,
  actor: PrincipalActor,
  { from, to }: { from: bigint; to: bigint },
): Promise<string[]> {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  if (from <= 0n || from > to) throw new NotFoundError();
  return (await withSubtrees(db, to, (read) => consistencyPath(from, to, read))).map(toHex);
}

const toHex = (hash: Buffer): string => hash.toString('hex');
