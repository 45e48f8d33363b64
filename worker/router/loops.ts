import { setTimeout as sleep } from 'node:timers/promises';
import { fillRows } from '#lib/audit-log/fill-rows';
import { integrate } from '#lib/audit-log/integrate';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import type { RouterContext } from './context.ts';

const INTEGRATE_MS = 250;
const ROWS_MS = 250;
const SWEEP_MS = 5_000;
const PROBES_MS = 2_500;

type Loop = { name: string; everyMs: number; run: (context: RouterContext) => Promise<number> };

/** Work more frequent than once a minute; the rest is a job (jobs/). */
const LOOPS: Loop[] = [
  {
    name: 'integrate audit leaves',
    everyMs: INTEGRATE_MS,
    run: ({ pool, signer }) => integrate(pool, signer),
  },
  {
    name: 'describe audit leaves',
    everyMs: ROWS_MS,
    run: ({ pool }) => fillRows(pool),
  },
  {
    name: 'charge abandoned reservations',
    everyMs: SWEEP_MS,
    run: ({ pool, ledger }) => chargeAbandoned(pool, null, ledger),
  },
  {
    name: 'record public probes',
    everyMs: PROBES_MS,
    run: ({ pool, probes }) => probes.flush(pool),
  },
];

/** Starts the periodic work of a replica; several replicas may run it side by side. Returns a function that stops it. */
export function startLoops(context: RouterContext): () => Promise<void> {
  const stop = new AbortController();
  const loops = LOOPS.map((loop) => runLoop(loop, context, stop.signal));
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}

async function runLoop(loop: Loop, context: RouterContext, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const done = await loop.run(context);
      if (done > 0) context.log.debug({ loop: loop.name, done }, 'loop');
    } catch (error) {
      context.log.error({ loop: loop.name, err: error }, 'a loop failed; it runs again');
    }
    // Rejects only because the router stops.
    await sleep(loop.everyMs, undefined, { signal }).catch(() => {});
  }
}
