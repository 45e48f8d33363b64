import { expect, it } from 'vitest';
import { rhoFromEpsilon } from '../../privacy/accounting/zcdp.ts';
import { sigmaLocalFor } from '../../privacy/mechanisms/distributed-gaussian.ts';
import { rhoPicoToNumber } from '../../privacy/pico-rho.ts';
import type { Run } from './read-runs.ts';
import { runEvents } from './run-events.ts';

const SHARES = { survivors: 6, labelCount: 4 };
const { sigma2Local, rhoPico } = sigmaLocalFor(rhoFromEpsilon(0.1, 1e-5), SHARES);
const parameters = {
  mode: 'gaussian',
  masking: 'survives-dropouts',
  K: 4,
  sigma2Local: { num: String(sigma2Local.num), den: String(sigma2Local.den) },
  nodes: 9,
  maxCollude: 1,
  maxDropouts: 2,
};
const run = (change: Partial<Run> = {}): Run => ({
  mechanism: 'vote',
  parameters,
  chargedRhoPico: rhoPico,
  count: 3,
  ...change,
});

it.each(['vote', 'consensus'])(
  'a gaussian %s is two discrete Gaussians, worth what is charged',
  (mechanism) => {
    const { events, known } = runEvents(run({ mechanism }));
    expect(known).toBe(true);
    expect(events).toMatchObject([{ type: 'discrete_gaussian', sensitivity: 1, count: 6 }]);
    const sigma = (events[0] as { sigma: number }).sigma;
    expect((6 * 1) / (2 * sigma ** 2)).toBeCloseTo(3 * rhoPicoToNumber(rhoPico), 9);
  },
);

it.each([
  ['another charge than its shares cost', run({ chargedRhoPico: rhoPico - 1n })],
  ['shares that do not count as guaranteed', run({ parameters: { ...parameters, maxCollude: 9 } })],
  ['noise below any formula', run({ parameters: { ...parameters, sigma2Local: { num: '1', den: '1' } } })],
])('%s is known by its charge alone', (_what, odd) => {
  expect(runEvents(odd)).toMatchObject({ known: false, events: [{ type: 'zcdp' }] });
});
