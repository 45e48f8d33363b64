import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves at the next whole multiple of `tickMs` after `startedAtMs` (on performance.now()'s clock), so that how
 * long private work took is seen only as a number of ticks: one, as long as the tick is the worst case.
 */
export async function untilTick(startedAtMs: number, tickMs: number): Promise<void> {
  const ticks = Math.floor((performance.now() - startedAtMs) / tickMs) + 1;
  const releaseAtMs = startedAtMs + ticks * tickMs;
  for (let left = releaseAtMs - performance.now(); left > 0; left = releaseAtMs - performance.now()) {
    await sleep(Math.ceil(left));
  }
}
