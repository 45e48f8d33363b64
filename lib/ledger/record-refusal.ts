import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from '#lib/db/pool';
import { type AskedRequest, insertRequests, type RequestRow } from './insert-request.ts';

/**
 * Keeps a request that was refused before any debit, for the record of what was asked. It takes a random id, so that
 * the same idempotency key may be tried again, and it charges nothing.
 * @param at when it was refused; null is now.
 */
export async function recordRefusal(
  db: Pool | PoolClient,
  asked: AskedRequest & { epsilon: number | null },
  reason: { code: string; message: string },
  at: Date | null = null,
): Promise<void> {
  const row: RequestRow = {
    ...asked,
    id: randomUUID(),
    state: 'refused',
    delta: null,
    rhoPico: 0n,
    nodes: 0,
    shards: 0,
    parameters: {},
    reservedForMs: null,
    errorCode: reason.code,
    errorMessage: reason.message,
  };
  await insertRequests(db, [row], at);
}
