import type { PrincipalActor } from '#lib/actor';
import { Prisma } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { NotFoundError } from '#lib/errors';
import { authorise } from '#lib/identity/permissions';
import { namesIn } from './names-in.ts';
import { readRows } from './read-rows.ts';

/** One row of the log with the names in it. Any row may be read by whoever reads the log: it is public. */
export async function getRow(db: Database, actor: PrincipalActor, index: string) {
  authorise(actor, 'audit.read', { kind: 'audit_row', organisationId: actor.organisationId });
  if (!/^(0|[1-9]\d{0,17})$/.test(index)) throw new NotFoundError();
  const condition = Prisma.sql`r.index = ${BigInt(index)}`;
  const [row] = await readRows(db, condition, { descending: true, after: null, size: 1 });
  if (!row) throw new NotFoundError();
  return { row, names: await namesIn(db, actor, [row]) };
}
export type AuditRowDetail = Awaited<ReturnType<typeof getRow>>;
