import { randomUUID } from 'node:crypto';
import type { Pool } from '#lib/db/pool';
import { type AskedRequest, insertRequest } from './insert-request.ts';

/**
 * Keeps a request that was refused before any debit, for the record of what was asked. It takes a random id, so that
 * the same idempotency key may be tried again, and it charges nothing.
 */
export async function recordRefusal(
  pool: Pool,
  asked: AskedRequest & { epsilon: number | null },
  reason: { code: string; message: string },
): Promise<void> {
  await insertRequest(pool, {
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
  });
}
