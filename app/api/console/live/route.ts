import { LIVE } from '#lib/console-api/live';
import { findSessionActor } from '#lib/identity/sessions';
import { liveEventStream } from '#lib/live/event-stream';
import { readRoute } from '../../../_server/console-route.ts';
import { database } from '../../../_server/database.ts';
import { liveHub } from '../../../_server/live-hub.ts';
import { openStream } from '../../../_server/open-streams.ts';

export const GET = readRoute(LIVE, async ({ actor, query, headers, request }) => {
  const place = openStream(actor.sessionId);
  // What the browser saw last counts for more than where the page once began.
  const after = headers['last-event-id'] ?? query.after;
  const stream = liveEventStream({
    hub: liveHub(),
    actor,
    after: after === undefined ? null : BigInt(after),
    recheck: () => findSessionActor(database(), actor.sessionId),
    signal: AbortSignal.any([request.signal, place.signal]),
    onEnd: place.close,
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      // no-transform: compressing would hold messages back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});
