import { z } from 'zod';
import type { Database } from '#lib/db/prisma';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { epsilonFromRho } from '#lib/privacy/zcdp';

export type SpendPoint = { at: string; rho: number; epsilon: number };

const rowsSchema = z.array(z.object({ bucket: z.date(), total: z.string().transform(BigInt) }));

/** Up to two weeks are drawn by the hour, more by the day: some hundreds of points at most, whatever was asked. */
const HOURLY_UP_TO_MS = 14 * 24 * 60 * 60 * 1000;

/**
 * What an account had spent after each hour or day (UTC) in which anything moved, `at` being its start; quiet ones are
 * no point.
 * `rho` and `epsilon` (at the account's delta) are for drawing. The caller has authorised the account.
 */
export async function accountSeries(
  db: Database,
  account: { id: string; delta: string },
  now = new Date(),
): Promise<{ unit: 'hour' | 'day'; points: SpendPoint[] }> {
  const first = await db.ledgerEntry.findFirst({
    where: { accountId: account.id },
    orderBy: { createdAt: 'asc' },
    select: { createdAt: true },
  });
  if (!first) return { unit: 'hour', points: [] };
  const unit = now.getTime() - first.createdAt.getTime() <= HOURLY_UP_TO_MS ? 'hour' : 'day';
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select bucket, (sum(moved) over (order by bucket))::text as total
      from (
        select date_trunc(${unit}, created_at at time zone 'UTC') at time zone 'UTC' as bucket,
               sum(spent_delta_pico) as moved
        from ledger_entry
        where account_id = ${account.id}::uuid
        group by 1
      ) moves
      order by bucket`,
  );
  const delta = Number(account.delta);
  return {
    unit,
    points: rows.map(({ bucket, total }) => ({
      at: bucket.toISOString(),
      rho: rhoPicoToNumber(total),
      epsilon: epsilonFromRho(total, delta),
    })),
  };
}
