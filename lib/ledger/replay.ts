import { timingSafeEqual } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { ConflictError, GoneError, NotFoundError } from '#lib/errors';

/** A request whose idempotency key was used before, as it stands now. */
export type Replay =
  | { state: 'reserved' }
  | { state: 'answered'; ciphertext: Buffer }
  | { state: 'failed'; code: string; message: string; charged: boolean };

type Row = {
  state: 'reserved' | 'answered' | 'failed';
  body_hash: Buffer;
  answer_ciphertext: Buffer | null;
  /** Within the 24 hours that a key is kept; null while reserved. */
  fresh: boolean | null;
  error_code: string | null;
  error_message: string | null;
  charged_rho_pico: bigint;
};

/**
 * Answers a retry without charging it. It writes (`replays`) because a read would not wait for replication: an
 * answer must not be replayed from a commit that a standby never saw. Looking again while the first answer is still on
 * its way is no replay.
 * Throws ConflictError for another body under the same key, GoneError once the stored answer is over 24 h old.
 */
export async function replay(pool: Pool, requestId: string, bodyHash: Buffer): Promise<Replay> {
  const row = await transaction(pool, async (client) => {
    const found = await client.query<Row>(
      `UPDATE request SET replays = replays + (state <> 'reserved')::int WHERE id = $1
       RETURNING state::text AS state, body_hash, answer_ciphertext, coalesce(answer_expires_at > now(), settled_at > now() - interval '24 hours') AS fresh, error_code,
         error_message, charged_rho_pico`,
      [requestId],
    );
    return found.rows[0];
  });
  if (!row) throw new NotFoundError();
  if (row.body_hash.length !== bodyHash.length || !timingSafeEqual(row.body_hash, bodyHash)) {
    throw new ConflictError(
      'This Idempotency-Key was used with a different body. Nothing more was charged.',
      {
        code: 'idempotency_conflict',
      },
    );
  }
  if (row.state === 'reserved') return { state: 'reserved' };
  if (!row.fresh || (row.state === 'answered' && !row.answer_ciphertext)) {
    throw new GoneError(
      'This Idempotency-Key is older than 24 hours: what it was answered with is no longer kept.',
      {
        code: 'idempotency_key_expired',
      },
    );
  }
  if (row.state === 'failed') {
    return {
      state: 'failed',
      code: row.error_code ?? 'round_failed',
      message: row.error_message ?? 'The request failed.',
      charged: row.charged_rho_pico > 0n,
    };
  }
  return { state: 'answered', ciphertext: row.answer_ciphertext! };
}

/** Clears stored answers that are past their 24 hours. Returns how many. */
export async function forgetOldAnswers(pool: Pool): Promise<number> {
  const cleared = await pool.query(
    'UPDATE request SET answer_ciphertext = NULL WHERE answer_ciphertext IS NOT NULL AND answer_expires_at <= now()',
  );
  return cleared.rowCount ?? 0;
}
