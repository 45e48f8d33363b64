import { setTimeout as sleep } from 'node:timers/promises';
import { integrate } from '#lib/audit-log/integrate';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import { forgetOldAnswers } from '#lib/ledger/replay';
import type { RouterContext } from './context.ts';

const INTEGRATE_MS = 250;
const SWEEP_MS = 5_000;
const FORGET_MS = 60_000;

type Job = { name: string; everyMs: number; run: (context: RouterContext) => Promise<number> };

const JOBS: Job[] = [
  {
    name: 'integrate audit leaves',
    everyMs: INTEGRATE_MS,
    run: ({ pool, signer }) => integrate(pool, signer),
  },
  {
    name: 'charge abandoned reservations',
    everyMs: SWEEP_MS,
    run: ({ pool }) => chargeAbandoned(pool, null),
  },
  { name: 'forget old answers', everyMs: FORGET_MS, run: ({ pool }) => forgetOldAnswers(pool) },
];

/** Starts the periodic work of a replica; several replicas may run it side by side. Returns a function that stops it. */
export function startJobs(context: RouterContext): () => Promise<void> {
  const stop = new AbortController();
  const loops = JOBS.map((job) => loop(job, context, stop.signal));
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}

async function loop(job: Job, context: RouterContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const done = await job.run(context);
      if (done > 0) context.log.debug({ job: job.name, done }, 'job');
    } catch (error) {
      context.log.error({ job: job.name, err: error }, 'job failed; it runs again');
    }
    // Rejects only because the router stops.
    await sleep(job.everyMs, undefined, { signal }).catch(() => {});
  }
}
