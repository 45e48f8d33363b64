import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { UserWhereInput } from '#lib/db/generated/models';
import type { Database } from '#lib/db/prisma';
import { afterCursor, cursorDate, decodeCursor, toPage } from '#lib/tables/cursor';
import type { TableQuery } from '#lib/tables/table-query';
import { authorise } from '../permissions.ts';
import type { memberShape } from './member-shape.ts';
import { SHOWN, toMember } from './member-view.ts';

export type MembersQuery = TableQuery<'name' | 'since', typeof memberShape.filters> & {
  /** Leaves out who joined later: for a list that is read over some time. */
  joinedBy?: Date;
};

/** A page of the members of `actor`'s organisation. */
export async function listMembers(db: Database, actor: PrincipalActor, query: MembersQuery) {
  const { organisationId } = actor;
  authorise(actor, 'member.read', { kind: 'member', organisationId });
  const { descending } = query.sort;
  const field = query.sort.key === 'since' ? 'createdAt' : 'name';
  const direction = descending ? 'desc' : 'asc';
  const users = await db.user.findMany({
    where: { AND: [matchingMembers(actor, query), afterCursor(field, descending, placeOf(query))] },
    select: SHOWN,
    orderBy: [{ [field]: direction }, { id: direction }],
    take: query.size + 1,
  });
  const { rows, next } = toPage(users, query.size, (user) => ({
    sort: query.sort.key,
    value: field === 'name' ? user.name : user.createdAt.toISOString(),
    id: user.id,
  }));
  return {
    next,
    rows: rows.map((user) => toMember(user, actor)),
  };
}
export type MemberRow = Awaited<ReturnType<typeof listMembers>>['rows'][number];

/** The members of `actor`'s organisation that the query keeps, on whatever page. */
export function matchingMembers(
  { organisationId }: Pick<PrincipalActor, 'organisationId'>,
  { search, filters, joinedBy }: MembersQuery,
): UserWhereInput {
  const text = { contains: search, mode: 'insensitive' } as const;
  const [state, other] = filters.state;
  const departments = filters.department.filter((id) => z.uuid().safeParse(id).success);
  return {
    organisationId,
    ...(joinedBy ? { createdAt: { lte: joinedBy } } : {}),
    ...(search ? { OR: [{ name: text }, { email: text }] } : {}),
    ...(filters.role.length > 0 ? { role: { in: filters.role } } : {}),
    ...(filters.department.length > 0 ? { departmentId: { in: departments } } : {}),
    ...(state && !other ? { disabledAt: state === 'active' ? null : { not: null } } : {}),
  };
}

function placeOf({ sort, after }: MembersQuery) {
  if (sort.key === 'name') return decodeCursor(after, { sort: sort.key, value: z.string() });
  const place = decodeCursor(after, { sort: sort.key, value: cursorDate });
  return place && { ...place, value: new Date(place.value) };
}
