import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import { Prisma } from '#lib/db/generated/client';
import { authorise } from '#lib/identity/permissions';
import type { AuditQuery } from './audit-query.ts';
import { BY_PRODUCT } from './row-table.ts';

const NONE = Prisma.sql`false`;
const isId = (value: string): boolean => z.uuid().safeParse(value).success;

/**
 * The rows that the query keeps, as a condition on `audit_row` under the name r; not its page. The log is public, so
 * rows of others may be read by whoever may read any: only their names are withheld. Throws ForbiddenError for a role
 * that reads none.
 */
export function matchingRows(
  actor: PrincipalActor,
  query: Pick<AuditQuery, 'filters' | 'search' | 'range' | 'scope'>,
  action: 'audit.read' | 'audit.export' = 'audit.read',
): Prisma.Sql {
  const { organisationId } = actor;
  authorise(actor, action, { kind: 'audit_row', organisationId });
  const { filters, search, range, scope } = query;
  const conditions = [
    ...(scope === 'own'
      ? [
          Prisma.sql`r.index in (select o.index from audit_row_organisation o
            where o.organisation_id = ${organisationId}::uuid)`,
        ]
      : []),
    ...(filters.type.length > 0 ? [Prisma.sql`r.type = any(${filters.type}::text[])`] : []),
    ...(filters.actor.length > 0 ? [byActor(filters.actor)] : []),
    ...(filters.subject.length > 0
      ? [Prisma.sql`r.subject_id = any(${filters.subject.filter(isId)}::uuid[])`]
      : []),
    ...(filters.account.length > 0
      ? [
          Prisma.sql`r.index in (select a.index from audit_row_account a
            where a.account_id = any(${filters.account.filter(isId)}::uuid[]))`,
        ]
      : []),
    ...(range ? [Prisma.sql`r.at >= ${new Date(range.from)} and r.at < ${new Date(range.to)}`] : []),
    ...(search ? [found(search)] : []),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, ' and ') : Prisma.sql`true`;
}

function byActor(wanted: readonly string[]): Prisma.Sql {
  const people = Prisma.sql`r.actor = any(${wanted.filter(isId)}::uuid[])`;
  return wanted.includes(BY_PRODUCT) ? Prisma.sql`(r.actor is null or ${people})` : people;
}

/** A number in the log, a leaf's hash, or the id of what an entry is about, of an account in it or of who acted. */
function found(search: string): Prisma.Sql {
  if (/^\d{1,18}$/.test(search)) return Prisma.sql`r.index = ${BigInt(search)}`;
  if (/^[0-9a-f]{64}$/i.test(search)) {
    const hash = Buffer.from(search, 'hex');
    return Prisma.sql`r.index = (select l.index from audit_leaf l where l.leaf_hash = ${hash})`;
  }
  if (!isId(search)) return NONE;
  return Prisma.sql`r.index in (
    select index from audit_row where subject_id = ${search}::uuid
    union all select index from audit_row where actor = ${search}::uuid
    union all select index from audit_row_account where account_id = ${search}::uuid)`;
}
