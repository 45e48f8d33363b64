import type { RouterContext } from '../context.ts';

/**
 * Writes that a key was used, for the list of keys: once an hour for each key, and never waited for. A stopping router
 * lets it finish. What fails is tried again with the key's next use.
 */
export function noteUse({ pool, inFlight, log }: RouterContext, apiKeyId: string): void {
  const written = pool
    .query(
      `UPDATE api_key SET last_used_at = now()
       WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 hour')`,
      [apiKeyId],
    )
    .catch((error: unknown) => log.warn({ err: error }, 'the use of a key could not be noted'))
    .finally(() => inFlight.delete(written));
  inFlight.add(written);
}
