import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, UnavailableError } from '#lib/errors';
import { openAnswer } from '#lib/ledger/answer-cipher';
import { replay } from '#lib/ledger/replay';
import { ROUND_DEADLINE_MS } from '#lib/nodes/round-deadline';
import type { RouterContext } from '../context.ts';
import type { Query, Reply } from '../query.ts';

/** The stored answer of an earlier use of the same key; waits for it while it is still on its way. */
export async function replayed(context: RouterContext, query: Query): Promise<Reply> {
  const giveUpAtMs = Date.now() + ROUND_DEADLINE_MS + 2_000;
  for (;;) {
    const found = await replay(context.pool, query.requestId, query.bodyHash);
    if (found.state === 'answered') {
      return JSON.parse(openAnswer(context.keys.answer, query.requestId, found.ciphertext)) as Reply;
    }
    if (found.state === 'failed') {
      throw new UnavailableError(found.message, {
        code: found.code,
        extra: { charged: found.charged, replayed: true },
      });
    }
    if (Date.now() > giveUpAtMs) {
      throw new ConflictError('The first request with this Idempotency-Key is still being answered.', {
        code: 'request_in_progress',
      });
    }
    await sleep(100);
  }
}
