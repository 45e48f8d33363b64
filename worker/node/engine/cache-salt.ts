import { createHmac } from 'node:crypto';

/**
 * The name of one shard's prompts of one request in a server's prefix cache. A cache that serves two of them would show,
 * by its speed, what the other one asked or holds. Rounds do not say which organisation asks, so each request has names
 * of its own, which is stricter; whoever lacks the node's secret cannot tell them.
 * @param part the shard's number; null for the public model, which sees no record.
 */
export function cacheSalt(secret: Buffer, requestId: string, part: number | null): string {
  return createHmac('sha256', secret)
    .update(`fdlr/cache/v1 ${requestId} ${part ?? 'public'}`)
    .digest('base64url');
}
