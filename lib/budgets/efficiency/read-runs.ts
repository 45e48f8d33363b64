import { z } from 'zod';
import type { Database } from '#lib/db/prisma';

/** Charges of one account that are alike in all that decides what they reveal, and how many there were. */
export type Run = { mechanism: string; parameters: unknown; chargedRhoPico: bigint; count: number };

const rowsSchema = z.array(
  z.object({
    account_id: z.uuid(),
    mechanism: z.string(),
    parameters: z.string().transform((text): unknown => JSON.parse(text)),
    rho_pico: z.string().transform(BigInt),
    count: z.int(),
  }),
);

/**
 * What was charged to each account, in groups. Labels and cohort change nothing about what a draw reveals, and would make
 * a group of almost every request. A failed request that was charged counts: whether it was drawn is not known.
 */
export async function readRuns(db: Database, accountIds: readonly string[]): Promise<Map<string, Run[]>> {
  const rows = await db.$queryRaw`
    select account_id, mechanism, (parameters - 'cohort' - 'K')::text as parameters,
      spent_delta_pico::text as rho_pico, count(*)::int as count
    from ledger_entry
    where account_id = any(${[...accountIds]}::uuid[]) and kind = 'settle' and spent_delta_pico > 0
    group by account_id, mechanism, (parameters - 'cohort' - 'K')::text, spent_delta_pico
    order by account_id, count(*) desc, spent_delta_pico`.then(rowsSchema.parse);
  const runs = new Map<string, Run[]>();
  for (const { account_id: id, mechanism, parameters, rho_pico: chargedRhoPico, count } of rows)
    runs.set(id, [...(runs.get(id) ?? []), { mechanism, parameters, chargedRhoPico, count }]);
  return runs;
}
