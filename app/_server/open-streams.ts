import 'server-only';
import { ExhaustedError } from '#lib/errors';

/** A browser shares one stream among its tabs; the rest is room for reconnecting and for browsers that cannot. */
const MOST_PER_SESSION = 6;
const MOST_PER_PROCESS = 1_000;

type Streams = { perSession: Map<string, number>; all: Set<AbortController> };
const kept = globalThis as typeof globalThis & { fdlrStreams?: Streams };

function streams(): Streams {
  if (kept.fdlrStreams) return kept.fdlrStreams;
  const made: Streams = { perSession: new Map(), all: new Set() };
  kept.fdlrStreams = made;
  // A server that stops waits for its open replies, and these would never end by themselves.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      for (const stream of made.all) stream.abort();
    });
  }
  return made;
}

/** Takes a place for a stream; throws ExhaustedError when the session has its share. Call `close` once it is over. */
export function openStream(sessionId: string): { signal: AbortSignal; close: () => void } {
  const { perSession, all } = streams();
  const open = perSession.get(sessionId) ?? 0;
  if (open >= MOST_PER_SESSION || all.size >= MOST_PER_PROCESS) {
    throw new ExhaustedError('This session has enough live streams open. Close a tab, or wait a little.', {
      code: 'too_many_streams',
      extra: { retryAfterMs: 30_000 },
    });
  }
  const stop = new AbortController();
  perSession.set(sessionId, open + 1);
  all.add(stop);
  return {
    signal: stop.signal,
    close: () => {
      if (!all.delete(stop)) return;
      const left = (perSession.get(sessionId) ?? 1) - 1;
      if (left > 0) perSession.set(sessionId, left);
      else perSession.delete(sessionId);
    },
  };
}
