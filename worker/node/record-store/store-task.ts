import { Worker } from 'node:worker_threads';
import { THREAD_ENVIRONMENT } from '../lanes/thread-environment.ts';
import type { Decided } from './decide.ts';
import type { Verb } from './decisions.ts';
import type { Refreshed } from './refresh.ts';
import type { RecordSource } from './sources.ts';
import { PatientError, RecordStoreError } from './store-error.ts';
import type { StorePlace } from './store-place.ts';

export type StoreTask = { place: StorePlace } & (
  | { task: 'refresh'; source: RecordSource; onlyIfNew: boolean }
  | { task: Verb; patientId: string }
);
export type StoreFailure = { name: string; message: string };
type Reply = { done: unknown } | { failed: StoreFailure };

/**
 * Changes to the store run in a thread of their own: reading and sealing takes seconds, and no round may wait for it or show
 * that it goes on.
 */
export async function refreshInThread(
  place: StorePlace,
  source: RecordSource,
  onlyIfNew: boolean,
): Promise<Refreshed> {
  return (await inThread({ place, task: 'refresh', source, onlyIfNew })) as Refreshed;
}

export async function decideInThread(place: StorePlace, verb: Verb, patientId: string): Promise<Decided> {
  return (await inThread({ place, task: verb, patientId })) as Decided;
}

async function inThread(task: StoreTask): Promise<unknown> {
  const worker = new Worker(new URL('./store-thread.ts', import.meta.url), {
    workerData: task,
    env: THREAD_ENVIRONMENT,
  });
  const reply = await new Promise<Reply>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new RecordStoreError('the record store could not be changed')));
  });
  await worker.terminate();
  if ('done' in reply) return reply.done;
  const { name, message } = reply.failed;
  if (name === 'PatientError') throw new PatientError(message);
  throw new RecordStoreError(message);
}
