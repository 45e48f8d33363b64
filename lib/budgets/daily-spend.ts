import { z } from 'zod';
import type { Database } from '#lib/db/prisma';
import { FORECAST_WEEKS } from './forecast.ts';

const DAY_MS = 86_400_000;
const WINDOW_DAYS = 7 * FORECAST_WEEKS;

type Holder = { kind: string; ownerId: string };

const rowsSchema = z.array(
  z.object({ holder: z.string(), day: z.coerce.number().int(), spent: z.string().transform(Number) }),
);

/** Names a holder across its periods: a year's first weeks are forecast from the last of the year before. */
export const holderKey = ({ kind, ownerId }: Holder): string => `${kind}/${ownerId}`;

/**
 * What each holder spent on each of the full days (UTC) that a forecast reads, oldest first, in pico-rho as floats.
 * A holder without any spend has no entry. The caller has authorised the accounts.
 */
export async function dailySpend(
  db: Database,
  holders: readonly Holder[],
  now: Date,
): Promise<Map<string, number[]>> {
  const today = Math.floor(now.getTime() / DAY_MS);
  const from = new Date((today - WINDOW_DAYS) * DAY_MS);
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select a.kind::text || '/' || a.owner_id as holder,
             floor(extract(epoch from e.created_at) / 86400)::int as day,
             sum(e.spent_delta_pico)::text as spent
      from unnest(${holders.map((holder) => holder.kind)}::text[], ${holders.map((holder) => holder.ownerId)}::uuid[])
             as wanted(kind, owner_id)
      join account a on a.kind = wanted.kind::account_kind and a.owner_id = wanted.owner_id
      join ledger_entry e on e.account_id = a.id
      where e.spent_delta_pico <> 0 and e.created_at >= ${from} and e.created_at < ${new Date(today * DAY_MS)}
      group by 1, 2`,
  );
  const byHolder = new Map<string, number[]>();
  for (const { holder, day, spent } of rows) {
    const days = byHolder.get(holder) ?? Array<number>(WINDOW_DAYS).fill(0);
    days[day - (today - WINDOW_DAYS)] = spent;
    byHolder.set(holder, days);
  }
  return byHolder;
}
