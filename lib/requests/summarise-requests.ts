import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { formatRho } from '#lib/privacy/pico-rho';
import { matchingRequests, type RequestQuery } from './request-query.ts';
import type { RequestState } from './request-states.ts';

/** How many requests the query keeps, by state, and what they were charged together. */
export async function summariseRequests(db: Database, actor: PrincipalActor, query: RequestQuery) {
  const groups = await db.request.groupBy({
    by: ['state'],
    where: matchingRequests(actor, query),
    _count: true,
    _sum: { chargedRhoPico: true },
  });
  const byState = Object.fromEntries(groups.map((group) => [group.state, group._count])) as Partial<
    Record<RequestState, number>
  >;
  return {
    count: groups.reduce((sum, group) => sum + group._count, 0),
    byState,
    /** Each request's charge once, however many accounts bore it in full. */
    chargedRho: formatRho(groups.reduce((sum, group) => sum + (group._sum.chargedRhoPico ?? 0n), 0n)),
  };
}
export type RequestSummary = Awaited<ReturnType<typeof summariseRequests>>;
