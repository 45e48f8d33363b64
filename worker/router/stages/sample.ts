import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { untilTick } from '#lib/timing/until-tick';
import type { Histogram } from './aggregate.ts';
import type { Round } from './dispatch.ts';
import type { Plan } from './plan.ts';

/** The private answer: the label that was drawn. */
export type Drawn = { plan: Plan; round: Round; labelIndex: number };

/** How many milliseconds a draw is rounded up to: rejection sampling takes longer for some histograms than for others. */
const SAMPLING_TICK_MS = 5;

/** Draws one label with the exponential mechanism, exactly, and lets it go on a public tick. */
export async function sample({ plan, round, counts }: Histogram): Promise<Drawn> {
  const startedAtMs = performance.now();
  const labelIndex = sampleExponential({ scores: counts, beta: plan.query.beta });
  await untilTick(startedAtMs, SAMPLING_TICK_MS);
  return { plan, round, labelIndex };
}
