import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { DEMO_HISTORY_REPLICA } from '#lib/requests/demo-history';
import type { Span } from './span.ts';

/** What the product aims at for private answers. */
export const SERVICE_TARGETS = { p50Ms: 200, p95Ms: 500, p99Ms: 1000, errorRate: 0.001 } as const;

const rowSchema = z.object({
  answered: z.number(),
  failed: z.number(),
  refused: z.number(),
  unserved: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
});

export type ServiceLevels = z.output<typeof rowSchema>;

/**
 * How the organisation's private questions in `span` fared, from what was measured: how many were answered, failed and
 * were refused (`unserved` of them for want of connected hospitals), and nearest-rank percentiles of the answered
 * ones' time, to the end of the last stage. Not counted: requests in progress, and the demo's history, which was never
 * asked.
 */
export async function serviceLevels(db: Database, actor: PrincipalActor, span: Span): Promise<ServiceLevels> {
  const { organisationId } = actor;
  authorise(actor, 'overview.read', { kind: 'overview', organisationId });
  const [row] = await db.$queryRaw<unknown[]>`
    with asked as (
      select state, error_code,
        (select max(stage.value::float8) from jsonb_each_text(stages_ms) as stage) as total_ms
      from request
      where organisation_id = ${organisationId}::uuid and created_at >= ${new Date(span.from)}
        and created_at < ${new Date(span.to)}
        and replica <> ${DEMO_HISTORY_REPLICA} and route = 'federated' and state <> 'reserved'
    )
    select
      count(*) filter (where state = 'answered')::int as answered,
      count(*) filter (where state = 'failed')::int as failed,
      count(*) filter (where state = 'refused')::int as refused,
      count(*) filter (where state = 'refused' and error_code = 'cohort_too_small')::int as unserved,
      percentile_disc(0.5) within group (order by total_ms) filter (where state = 'answered') as "p50Ms",
      percentile_disc(0.95) within group (order by total_ms) filter (where state = 'answered') as "p95Ms",
      percentile_disc(0.99) within group (order by total_ms) filter (where state = 'answered') as "p99Ms"
    from asked`;
  return rowSchema.parse(row);
}

/** The share of questions that deserved an answer and got none; null where none was asked. */
export function errorRateOf({ answered, failed, unserved }: ServiceLevels): number | null {
  const owed = answered + failed + unserved;
  return owed === 0 ? null : (failed + unserved) / owed;
}

/** The share of all questions that were answered, refusals by policy counted among the unanswered. */
export function answeredShareOf({ answered, failed, refused }: ServiceLevels): number | null {
  const asked = answered + failed + refused;
  return asked === 0 ? null : answered / asked;
}

/** Whether every level that was measured is within its target; null where none was measured. */
export function levelsMet(levels: ServiceLevels): boolean | null {
  const rate = errorRateOf(levels);
  if (rate === null) return null;
  const within = (name: 'p50Ms' | 'p95Ms' | 'p99Ms') => {
    const value = levels[name];
    return value === null || value < SERVICE_TARGETS[name];
  };
  return rate < SERVICE_TARGETS.errorRate && within('p50Ms') && within('p95Ms') && within('p99Ms');
}
