import { Worker } from 'node:worker_threads';
import type { ReadCounts } from '../records/read-counts.ts';

export type VoterSetup = { recordsDir: string; shardKey: Uint8Array; shards: number };
export type VoteTask = { taskId: number; prompt: string; labels: readonly string[] };
export type LoadCounts = ReadCounts & { records: number };

/** Votes per label over this node's shards. Resolves for every question, whatever the records hold. */
export type Vote = (prompt: string, labels: readonly string[]) => Promise<Uint32Array>;

type Waiting = { labels: number; resolve: (counts: Uint32Array) => void };
type Message = { loaded: LoadCounts } | { taskId: number; counts: Uint32Array };
type Thread = { loaded: Promise<LoadCounts>; ended: Promise<void>; vote: Vote; stop: () => Promise<unknown> };

/** A thread that ended is started again after this; until then its shards abstain. */
const RESTART_MS = 1_000;

/**
 * Keeps the shards in a thread of their own, so that channel, guard and public probes never wait for private work. If
 * the thread dies, every question it had becomes an abstention of all shards: the same kind of reply, at the same tick.
 */
export async function startVoter(
  setup: VoterSetup,
  onEnded: () => void = () => {},
): Promise<{ vote: Vote; counts: LoadCounts; close: () => Promise<void> }> {
  let closed = false;
  let thread = startThread(setup);
  const counts = await thread.loaded;
  const watch = (watched: Thread) => {
    void watched.ended.then(() => {
      if (closed) return;
      onEnded();
      setTimeout(() => {
        if (closed) return;
        thread = startThread(setup);
        // A thread that cannot load again ends, and is tried again in turn.
        thread.loaded.catch(() => {});
        watch(thread);
      }, RESTART_MS);
    });
  };
  watch(thread);
  return {
    counts,
    vote: (prompt, labels) => thread.vote(prompt, labels),
    close: async () => {
      closed = true;
      await thread.stop();
    },
  };
}

function startThread(setup: VoterSetup): Thread {
  const worker = new Worker(new URL('./voter-thread.ts', import.meta.url), { workerData: setup });
  const waiting = new Map<number, Waiting>();
  const loaded = Promise.withResolvers<LoadCounts>();
  const ended = Promise.withResolvers<void>();
  let lastTaskId = 0;
  let isOver = false;
  worker.on('message', (message: Message) => {
    if ('loaded' in message) return loaded.resolve(message.loaded);
    waiting.get(message.taskId)?.resolve(message.counts);
    waiting.delete(message.taskId);
  });
  worker.on('error', (error) => loaded.reject(error));
  worker.on('exit', () => {
    isOver = true;
    loaded.reject(new Error('the records could not be loaded'));
    for (const { labels, resolve } of waiting.values()) resolve(new Uint32Array(labels));
    ended.resolve();
  });
  return {
    loaded: loaded.promise,
    ended: ended.promise,
    stop: () => worker.terminate(),
    vote: (prompt, labels) => {
      if (isOver) return Promise.resolve(new Uint32Array(labels.length));
      return new Promise((resolve) => {
        lastTaskId++;
        waiting.set(lastTaskId, { labels: labels.length, resolve });
        worker.postMessage({ taskId: lastTaskId, prompt, labels } satisfies VoteTask);
      });
    },
  };
}
