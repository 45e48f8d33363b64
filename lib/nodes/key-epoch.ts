import type { Pool } from '#lib/db/pool';
import type { PrismaTransaction } from '#lib/db/prisma';

/** Which masking keys count now. It rises at a revocation and never falls. */
export async function currentKeyEpoch(pool: Pick<Pool, 'query'>): Promise<number> {
  const found = await pool.query<{ epoch: number }>('SELECT epoch FROM key_epoch WHERE id = 1');
  return found.rows[0]?.epoch ?? 1;
}

/** Begins the next one in the caller's transaction. */
export async function bumpKeyEpoch(tx: PrismaTransaction, now: Date): Promise<number> {
  const { epoch } = await tx.keyEpoch.upsert({
    where: { id: 1 },
    create: { id: 1, epoch: 2, beganAt: now },
    update: { epoch: { increment: 1 }, beganAt: now },
  });
  return epoch;
}
