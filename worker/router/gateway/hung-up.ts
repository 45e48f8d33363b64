import type { FastifyReply } from 'fastify';

/** Aborted once the caller's connection is gone before its answer was. */
export function hungUp(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  // Gone before anybody listened: its close has been said already.
  if (reply.raw.destroyed) gone.abort(new Error('the caller hung up'));
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) gone.abort(new Error('the caller hung up'));
  });
  return gone.signal;
}
