import type { SessionActor } from '#lib/actor';
import type { LiveHub } from './live-hub.ts';
import { type OwnedChange, visibleChanges } from './visible-changes.ts';

export type StreamOptions = {
  hub: LiveHub;
  actor: SessionActor;
  /** The last leaf the reader has seen; null starts at the present. */
  after: bigint | null;
  /** Who the session is now; null ends the stream. */
  recheck: () => Promise<SessionActor | null>;
  signal: AbortSignal;
  /** Called once, however the stream ends. */
  onEnd: () => void;
  heartbeatMs?: number;
};

const HEARTBEAT_MS = 15_000;
/** A reader further behind reads its pages anew instead: one message for all of it. */
const FARTHEST_BEHIND = 5_000n;
/** Messages that a reader has not taken. It reads too slowly to be live; it can come back where it was. */
const MOST_WAITING = 1_000;
/** How long a reader whose stream broke waits before it comes back. */
const RETRY_MS = 2_000;

/**
 * Server-sent events for one reader. `id:` is the index of a leaf: a reader that names the last one it saw gets all
 * that came after it, once and in order. Node states have no id: they are not history.
 */
export function liveEventStream(options: StreamOptions): ReadableStream<Uint8Array> {
  const { hub, signal, recheck, heartbeatMs = HEARTBEAT_MS } = options;
  const encoder = new TextEncoder();
  let { actor } = options;
  let cursor = -1n;
  let end = () => {};

  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        let over = false;
        let pumping = false;
        let more = false;
        const send = (text: string) => {
          if (over) return;
          if ((controller.desiredSize ?? 0) < -MOST_WAITING) return end();
          controller.enqueue(encoder.encode(text));
        };
        const sendChanges = (changes: readonly OwnedChange[], id: bigint | null) => {
          const visible = visibleChanges(actor, changes);
          if (visible.length === 0) return;
          const data = JSON.stringify({ changes: visible });
          send(`event: change\n${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`);
        };
        /** Sends what there is after the cursor; one at a time, so that order and cursor cannot part. */
        const pump = async () => {
          more = true;
          if (pumping) return;
          pumping = true;
          try {
            while (more && !over) {
              more = false;
              for (const { index, changes } of await hub.after(cursor)) {
                if (over) return;
                sendChanges(changes, index);
                cursor = index;
                more = true;
              }
            }
          } catch (error) {
            // The reader comes back with its last id.
            end();
            throw error;
          } finally {
            pumping = false;
          }
        };
        const beat = async () => {
          const now = await recheck().catch(() => null);
          if (!now) {
            send('event: ended\ndata: {}\n\n');
            return end();
          }
          actor = now;
          // The cursor moves on past what was not this reader's to see, so that coming back stays short.
          send(`: still here\nid: ${cursor}\n\n`);
        };

        const unsubscribe = hub.subscribe({
          onLeaves: () => void pump().catch(() => {}),
          onNodes: (changes) => sendChanges(changes, null),
        });
        const heartbeat = setInterval(() => void beat(), heartbeatMs);
        end = () => {
          if (over) return;
          over = true;
          clearInterval(heartbeat);
          unsubscribe();
          options.onEnd();
          try {
            controller.close();
          } catch {
            // Cancelled by the reader: closed already.
          }
        };
        signal.addEventListener('abort', end, { once: true });
        if (signal.aborted) return end();

        try {
          const head = await hub.head();
          cursor = options.after ?? head;
          send(`retry: ${RETRY_MS}\n\n`);
          // Ahead of the log: an id of another federation, or of a log that was restored to an earlier state.
          if (cursor > head || head - cursor > FARTHEST_BEHIND) {
            cursor = head;
            send(`event: reset\nid: ${head}\ndata: {}\n\n`);
          } else send(`event: ready\nid: ${cursor}\ndata: {}\n\n`);
          await pump();
        } catch {
          end();
        }
      },
      cancel: () => end(),
    },
    new CountQueuingStrategy({ highWaterMark: 16 }),
  );
}
