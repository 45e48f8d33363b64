import { ASK_FOR_TEXT } from '#lib/console-api/asking';
import { answerStream } from '../../../../_server/answer-stream.ts';
import { askForText } from '../../../../_server/ask-router.ts';
import { writeRoute } from '../../../../_server/console-route.ts';
import { openStream } from '../../../../_server/open-streams.ts';

export const POST = writeRoute(ASK_FOR_TEXT, async ({ actor, body, headers, request }) => {
  const place = openStream(actor.sessionId);
  const left = new AbortController();
  const gone = AbortSignal.any([request.signal, place.signal, left.signal]);
  try {
    const events = await askForText(actor, body, headers['idempotency-key'], gone);
    return answerStream(events, { gone, onLeft: () => left.abort(), onEnd: place.close });
  } catch (error) {
    place.close();
    // Nobody waits for it, and hanging up is no failure to be logged as one.
    if (gone.aborted) return new Response(null, { status: 499 });
    throw error;
  }
});
