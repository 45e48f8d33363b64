import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { REQUEST_STATES } from '#lib/requests/request-states';
import type { Buckets } from './span.ts';

const rowsSchema = z.array(z.object({ at: z.date(), state: z.enum(REQUEST_STATES), count: z.number() }));

export type OutcomePoint = {
  at: string;
  answered: number;
  reserved: number;
  failed: number;
  refused: number;
};

/** The organisation's requests by how they ended, for each bucket in which any was asked; quiet ones are no point. */
export async function outcomesOverTime(
  db: Database,
  actor: PrincipalActor,
  { from, to, bucket, zone }: Buckets,
): Promise<OutcomePoint[]> {
  const { organisationId } = actor;
  authorise(actor, 'overview.read', { kind: 'overview', organisationId });
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select date_trunc(${bucket}, created_at, ${zone}) as at, state::text as state, count(*)::int as count
      from request
      where organisation_id = ${organisationId}::uuid
        and created_at >= ${new Date(from)} and created_at < ${new Date(to)}
      group by 1, 2
      order by 1`,
  );
  const points = new Map<string, OutcomePoint>();
  for (const { at, state, count } of rows) {
    const key = at.toISOString();
    const point = points.get(key) ?? { at: key, answered: 0, reserved: 0, failed: 0, refused: 0 };
    point[state] = count;
    points.set(key, point);
  }
  return [...points.values()];
}
