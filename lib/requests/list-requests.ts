import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Request } from '#lib/db/generated/client';
import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { afterCursor, type Cursor, cursorDate, decodeCursor, toPage } from '#lib/tables/cursor';
import { DEMO_HISTORY_REPLICA } from './demo-history.ts';
import { boundOf } from './request-bound.ts';
import { matchingRequests, type RequestQuery } from './request-query.ts';

const NOT_LISTED = { answerCiphertext: true, bodyHash: true, errorMessage: true, parameters: true } as const;
type Row = Omit<Request, keyof typeof NOT_LISTED>;

/** One page of the requests that `actor` may see and that the query keeps. A page that is none starts anew. */
export async function listRequests(db: Database, actor: PrincipalActor, query: RequestQuery) {
  const { sort, after, size } = query;
  const direction = sort.descending ? 'desc' : 'asc';
  const field = sort.key === 'charged' ? 'chargedRhoPico' : 'createdAt';
  const rows = await db.request.findMany({
    where: {
      AND: [matchingRequests(actor, query), afterCursor(field, sort.descending, placeOf(sort.key, after))],
    },
    orderBy: [{ [field]: direction }, { id: direction }],
    take: size + 1,
    omit: NOT_LISTED,
  });
  const page = toPage(rows, size, (row) => cursorOf(sort.key, row));
  const names = await namesOf(db, actor.organisationId, page.rows);
  return {
    next: page.next,
    rows: page.rows.map((row) => ({
      id: row.id,
      state: row.state,
      route: row.route,
      mechanism: row.mechanism,
      mode: row.mode,
      model: row.model,
      purpose: names.purposes.get(row.purpose) ?? row.purpose,
      epsilon: boundOf(row),
      delta: row.delta,
      quotedRho: formatRho(row.rhoPico),
      chargedRho: formatRho(row.chargedRhoPico),
      nodes: row.nodes,
      shards: row.shards,
      labelCount: row.labelCount,
      errorCode: row.errorCode,
      userName: names.users.get(row.userId) ?? null,
      departmentName: names.departments.get(row.departmentId) ?? null,
      isOwn: row.userId === actor.userId,
      viaApiKey: row.apiKeyId !== null,
      isDemoHistory: row.replica === DEMO_HISTORY_REPLICA,
      createdAt: row.createdAt,
      settledAt: row.settledAt,
    })),
  };
}
export type RequestRow = Awaited<ReturnType<typeof listRequests>>['rows'][number];

/** Where the page before ended. */
function placeOf(sort: RequestQuery['sort']['key'], after: string | null) {
  if (sort === 'charged') {
    const place = decodeCursor(after, { sort, value: z.string().regex(/^\d{1,18}$/) });
    return place && { ...place, value: BigInt(place.value) };
  }
  const place = decodeCursor(after, { sort, value: cursorDate });
  return place && { ...place, value: new Date(place.value) };
}

function cursorOf(sort: RequestQuery['sort']['key'], row: Row): Cursor {
  const value = sort === 'charged' ? String(row.chargedRhoPico) : row.createdAt.toISOString();
  return { sort, value, id: row.id };
}

async function namesOf(db: Database, organisationId: string, rows: readonly Row[]) {
  const idsOf = (key: 'userId' | 'departmentId') => [...new Set(rows.map((row) => row[key]))];
  const [users, departments, purposes] = await Promise.all([
    db.user.findMany({
      where: { organisationId, id: { in: idsOf('userId') } },
      select: { id: true, name: true },
    }),
    db.department.findMany({
      where: { organisationId, id: { in: idsOf('departmentId') } },
      select: { id: true, name: true },
    }),
    db.purpose.findMany({ select: { code: true, display: true } }),
  ]);
  return {
    users: new Map(users.map((user) => [user.id, user.name])),
    departments: new Map(departments.map((department) => [department.id, department.name])),
    purposes: new Map(purposes.map((purpose) => [purpose.code, purpose.display])),
  };
}
