import type { PrincipalActor } from '#lib/actor';
import { formatTlogProof } from '#lib/audit-log/tlog-proof';
import { Prisma } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { type LoggedRow, readRows } from './read-rows.ts';
import { pathsTo } from './row-proofs.ts';
import { type Head, witnessedHead } from './witnessed-head.ts';

/** One row's proof as a file, as any third party could have it from the log. */
export async function rowProof(db: Database, actor: PrincipalActor, index: bigint): Promise<string> {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  const page = { descending: true, after: null, size: 1 };
  const [head, [row]] = await Promise.all([
    witnessedHead(db, index + 1n),
    readRows(db, Prisma.sql`r.index = ${index}`, page),
  ]);
  if (!head || !row) throw new NotFoundError();
  const [proof] = await pathsTo(db, [index], head.size);
  return proofFile(row, proof!.path, head);
}

/** C2SP tlog-proof: what somebody needs, besides the log's key, to check a row without this product. */
export function proofFile(row: LoggedRow, path: readonly Buffer[], head: Head): string {
  const proof = {
    leafHash: row.leafHash,
    leafIndex: row.index,
    treeSize: String(head.size),
    rootHash: head.rootHash,
    path: path.map((hash) => hash.toString('hex')),
    checkpoint: head.checkpoint,
  };
  return formatTlogProof(proof, Buffer.from(row.entry));
}
