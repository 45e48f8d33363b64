import { setTimeout as sleep } from 'node:timers/promises';
import { fillRows } from '#lib/audit-log/fill-rows';
import { integrate } from '#lib/audit-log/integrate';
import { chargeAbandoned } from '#lib/ledger/charge-abandoned';
import type { RouterContext } from './context.ts';
import { currentEpoch } from './keys/current-epoch.ts';
import { Witnessing } from './witnessing/witnessing.ts';

const INTEGRATE_MS = 250;
const ROWS_MS = 250;
const WITNESS_MS = 500;
const SWEEP_MS = 5_000;
const PROBES_MS = 2_500;
const KEY_EPOCH_MS = 1_000;
/** How long a router that stops waits for its log's last head and the witnesses' signatures. */
const LAST_HEAD_MS = 750;

type Loop = { name: string; everyMs: number; run: (context: RouterContext) => Promise<number> };

/** Work more frequent than once a minute; the rest is a job (jobs/). */
const loopsOf = (witnessing: Witnessing): Loop[] => [
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
    name: 'show the head to witnesses',
    everyMs: WITNESS_MS,
    run: (context) => witnessing.offer(context),
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
  {
    name: 'begin key epochs',
    everyMs: KEY_EPOCH_MS,
    run: async ({ pool, keyDirectory }) => {
      const epoch = await currentEpoch(pool);
      if (epoch.keyEpoch === keyDirectory.keyEpoch) return 0;
      keyDirectory.begin(epoch);
      return 1;
    },
  },
];

/**
 * Starts the periodic work of a replica; several replicas may run it side by side. Returns a function that stops it, after
 * a last head over everything that was logged, which the nodes that are still connected may sign.
 */
export function startLoops(context: RouterContext): () => Promise<void> {
  const stop = new AbortController();
  const witnessing = new Witnessing();
  const loops = loopsOf(witnessing).map((loop) => runLoop(loop, context, stop.signal));
  return async () => {
    stop.abort();
    await Promise.all(loops);
    await Promise.race([lastHead(context, witnessing), sleep(LAST_HEAD_MS, undefined, { ref: false })]);
  };
}

async function lastHead(context: RouterContext, witnessing: Witnessing): Promise<void> {
  try {
    while ((await integrate(context.pool, context.signer)) > 0);
    await witnessing.settled();
    await witnessing.offer(context, true);
    await witnessing.settled();
  } catch (error) {
    context.log.warn({ err: error }, 'the last entries of the audit log wait for the next start');
  }
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
