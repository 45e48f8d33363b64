import 'server-only';
import type { AnswerEvent } from '#lib/requests/answer-events';
import { toProblemEvent } from './problem.ts';

type Options = {
  /** Aborted once nobody reads any more, or the process stops. */
  gone: AbortSignal;
  /** The reader has gone. */
  onLeft: () => void;
  /** Called once, however it ends. */
  onEnd: () => void;
};

/** Events as lines of JSON, each sent the moment it is there. Whatever fails on the way is the last line. */
export function answerStream(
  events: AsyncGenerator<AnswerEvent>,
  { gone, onLeft, onEnd }: Options,
): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    // Not awaited and not `pull`: it runs on in the context of the request, which the logs name.
    start(controller) {
      const send = (event: AnswerEvent) => controller.enqueue(encoder.encode(`${JSON.stringify(event)}\n`));
      void sendAll(events, send, gone)
        .then(() => controller.close())
        // The reader has gone: there is nobody to tell.
        .catch(() => {})
        .finally(onEnd);
    },
    cancel: onLeft,
  });
  return new Response(stream, {
    headers: {
      'content-type': 'application/x-ndjson; charset=utf-8',
      // no-transform: compressing would hold tokens back.
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

async function sendAll(
  events: AsyncGenerator<AnswerEvent>,
  send: (event: AnswerEvent) => void,
  gone: AbortSignal,
): Promise<void> {
  try {
    for await (const event of events) send(event);
  } catch (error) {
    // Hanging up is no failure, and a stream without an end says all there is to say.
    if (!gone.aborted) send({ kind: 'problem', problem: toProblemEvent(error) });
  }
}
