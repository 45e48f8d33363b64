import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { afterCursor, decodeCursor, toPage } from './cursor.ts';
import { boundOf } from './request-outcome.ts';
import type { RequestState } from './request-states.ts';
import { visibleRequests } from './visible-requests.ts';

const PAGE_SIZE = 25;

/** The requests `actor` may see, newest first. `after` is the `next` of the page before; bad ones start anew. */
export async function listRequests(
  db: Database,
  actor: PrincipalActor,
  query: { state?: RequestState | undefined; after?: string | undefined },
) {
  const rows = await db.request.findMany({
    where: {
      AND: [
        visibleRequests(actor),
        query.state ? { state: query.state } : {},
        afterCursor(decodeCursor(query.after)),
      ],
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE_SIZE + 1,
  });
  const page = toPage(rows, PAGE_SIZE);
  const names = await namesOf(
    db,
    actor.organisationId,
    page.rows.map((row) => row.userId),
  );
  return {
    next: page.next,
    rows: page.rows.map((row) => ({
      id: row.id,
      state: row.state,
      route: row.route,
      mechanism: row.mechanism,
      model: row.model,
      purpose: row.purpose,
      epsilon: boundOf(row),
      delta: row.delta,
      chargedRho: formatRho(row.chargedRhoPico),
      nodes: row.nodes,
      shards: row.shards,
      errorCode: row.errorCode,
      userName: names.get(row.userId) ?? null,
      isOwn: row.userId === actor.userId,
      createdAt: row.createdAt,
    })),
  };
}
export type RequestRow = Awaited<ReturnType<typeof listRequests>>['rows'][number];

async function namesOf(
  db: Database,
  organisationId: string,
  userIds: string[],
): Promise<Map<string, string>> {
  const users = await db.user.findMany({
    where: { organisationId, id: { in: [...new Set(userIds)] } },
    select: { id: true, name: true },
  });
  return new Map(users.map((user) => [user.id, user.name]));
}
