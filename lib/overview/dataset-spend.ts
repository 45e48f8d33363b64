import { z } from 'zod';
import type { PrincipalActor } from '#lib/actor';
import type { Database } from '#lib/db/prisma';
import { authorise } from '#lib/identity/permissions';
import { rhoPicoToNumber } from '#lib/privacy/pico-rho';
import type { Buckets } from './span.ts';

const rowsSchema = z.array(
  z.object({ at: z.date(), ownerId: z.uuid(), spent: z.string().transform(BigInt) }),
);

export type DatasetSpend = { id: string; name: string; points: { at: string; rho: number }[] };

/**
 * What each dataset of the organisation spent in each bucket in which it spent anything, over all its periods. Rho as
 * floats, for drawing.
 */
export async function datasetSpend(
  db: Database,
  actor: PrincipalActor,
  { from, to, bucket, zone }: Buckets,
): Promise<DatasetSpend[]> {
  const { organisationId } = actor;
  authorise(actor, 'account.read', { kind: 'dataset_account', organisationId });
  const accounts = await db.account.findMany({
    where: { organisationId, kind: 'dataset' },
    orderBy: [{ period: 'desc' }, { name: 'asc' }],
    select: { id: true, ownerId: true, name: true },
  });
  const rows = rowsSchema.parse(
    await db.$queryRaw`
      select date_trunc(${bucket}, e.created_at, ${zone}) as at, a.owner_id as "ownerId",
        sum(e.spent_delta_pico)::text as spent
      from ledger_entry e join account a on a.id = e.account_id
      where e.account_id = any(${accounts.map((account) => account.id)}::uuid[])
        and e.created_at >= ${new Date(from)} and e.created_at < ${new Date(to)} and e.spent_delta_pico <> 0
      group by 1, 2
      order by 1`,
  );
  // A dataset has an account each year; the newest names it.
  const owners = new Map<string, DatasetSpend>();
  for (const { ownerId, name } of accounts) {
    if (!owners.has(ownerId)) owners.set(ownerId, { id: ownerId, name, points: [] });
  }
  for (const { at, ownerId, spent } of rows) {
    owners.get(ownerId)?.points.push({ at: at.toISOString(), rho: rhoPicoToNumber(spent) });
  }
  return [...owners.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
