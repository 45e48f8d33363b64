import { z } from 'zod';
import type { Database } from '#lib/db/prisma';
import { currentPeriod } from './current-period.ts';
import { periodBounds } from './period-bounds.ts';

/** How an account stood right after an entry, in pico-rho. */
export type Balance = { spentRhoPico: bigint; reservedRhoPico: bigint };
type Place = { id: string; createdAt: Date };

const sum = z.string().transform(BigInt);
const rowsSchema = z.array(z.object({ id: z.uuid(), spent: sum, reserved: sum }));
const baseSchema = z.array(z.object({ spent: sum, reserved: sum }));

/** The account after each of these entries, which need not follow each other. The caller has authorised the account. */
export async function balancesAfter(
  db: Database,
  accountId: string,
  entries: readonly Place[],
): Promise<Map<string, Balance>> {
  const inOrder = entries.toSorted(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last) return new Map();
  const base = await before(db, accountId, first);
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select id, spent::text, reserved::text from (
        select id, sum(spent_delta_pico) over running as spent, sum(reserved_delta_pico) over running as reserved
        from ledger_entry
        where account_id = ${accountId}::uuid
          and (created_at, id) >= (${first.createdAt}, ${first.id}::uuid)
          and (created_at, id) <= (${last.createdAt}, ${last.id}::uuid)
        window running as (order by created_at, id)
      ) moved where id = any(${entries.map(({ id }) => id)}::uuid[])`,
  );
  return new Map(
    rows.map(({ id, spent, reserved }) => [
      id,
      { spentRhoPico: base.spent + spent, reservedRhoPico: base.reserved + reserved },
    ]),
  );
}

/** All that came before: added up from the period's start, or taken back from how the account stands, whichever is less. */
async function before(db: Database, accountId: string, { createdAt, id }: Place) {
  const { start } = periodBounds(currentPeriod(createdAt));
  const early = createdAt.getTime() - start.getTime() < Date.now() - createdAt.getTime();
  const [base] = baseSchema.parse(
    early
      ? await db.$queryRaw`
          select coalesce(sum(spent_delta_pico), 0)::text as spent,
                 coalesce(sum(reserved_delta_pico), 0)::text as reserved
          from ledger_entry
          where account_id = ${accountId}::uuid and (created_at, id) < (${createdAt}, ${id}::uuid)`
      : await db.$queryRaw`
          select (a.spent_rho_pico - coalesce(e.spent, 0))::text as spent,
                 (a.reserved_rho_pico - coalesce(e.reserved, 0))::text as reserved
          from account a cross join lateral (
            select sum(spent_delta_pico) as spent, sum(reserved_delta_pico) as reserved from ledger_entry
            where account_id = a.id and (created_at, id) >= (${createdAt}, ${id}::uuid)) e
          where a.id = ${accountId}::uuid`,
  );
  return base!;
}
