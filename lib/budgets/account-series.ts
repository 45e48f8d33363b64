import { z } from 'zod';
import type { Database } from '#lib/db/prisma';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import { bucketStarts } from '#lib/time/range';
import type { TimeRange } from '#lib/time/range-presets';
import { periodBounds } from './period-bounds.ts';

/** One hour, day, week or month: what was spent in it and in all by its end (or by now, while it runs). */
export type SpendPoint = { start: string; end: string; spentRho: number | null; totalRho: number | null };

const rowsSchema = z.array(z.object({ bucket: z.date(), spent: z.string().transform(BigInt) }));
const sumSchema = z.array(z.object({ spent: z.string().transform(BigInt) })).length(1);

/**
 * What an account spent over a time range, for drawing. Where the account's period is over or had not begun, nothing is
 * known, which is not nothing spent. The caller has authorised the account.
 */
export async function accountSeries(
  db: Database,
  account: { id: string; period: string },
  range: TimeRange,
): Promise<SpendPoint[]> {
  const starts = bucketStarts(range);
  const first = new Date(starts[0] ?? range.from);
  const { bucket, zone } = range;
  const [rows, [before]] = await Promise.all([
    db.$queryRaw`
      select bucket at time zone ${zone} as bucket, spent::text
      from (
        select date_trunc(${bucket}, created_at at time zone ${zone}) as bucket, sum(spent_delta_pico) as spent
        from ledger_entry
        where account_id = ${account.id}::uuid and spent_delta_pico <> 0
          and created_at >= ${first} and created_at < ${new Date(range.to)}
        group by 1
      ) moves`.then(rowsSchema.parse),
    db.$queryRaw`
      select coalesce(sum(spent_delta_pico), 0)::text as spent
      from ledger_entry
      where account_id = ${account.id}::uuid and spent_delta_pico <> 0 and created_at < ${first}`.then(
      sumSchema.parse,
    ),
  ]);
  const spentIn = new Map(rows.map((row) => [row.bucket.toISOString(), row.spent]));
  const period = periodBounds(account.period);
  let total = before?.spent ?? 0n;
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? range.to;
    const spent = spentIn.get(start) ?? 0n;
    total += spent;
    const known = new Date(end) > period.start && new Date(start) < period.end;
    return {
      start,
      end,
      spentRho: known ? rhoPicoToNumber(spent) : null,
      totalRho: known ? rhoPicoToNumber(total) : null,
    };
  });
}
