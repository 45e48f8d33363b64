import { median } from '../lib/median.ts';
import { atLeast, atMost, type Row } from '../lib/result-json.ts';
import type { Sample } from './measure.ts';
import { FEW, keyOf, MANY, PLACES, type Place, type Speed, type Way } from './speed.ts';

/** The median of one figure over the samples of one way. */
export function middle(speed: Speed, key: string, read: (sample: Sample) => number): number {
  return median((speed.get(key) ?? []).map(read));
}

const rate = (sample: Sample) => sample.ratePerS;
const cpuUs = (sample: Sample) => sample.nodeUs + sample.serverUs;
const p50Ms = (sample: Sample) => sample.p50Ms;

/** P3 to P5. A debit in a transaction of its own is the better of two: ours made one by one, and one written plainly. */
export function ratiosOf(speed: Speed): Row[] {
  const at = (way: Way | 'batch', place: Place, callers: number, read: (sample: Sample) => number) =>
    middle(speed, keyOf(way, place, callers), read);
  const perRequest = (place: Place, callers: number, read: (sample: Sample) => number) => [
    at('plain', place, callers, read),
    at('one', place, callers, read),
  ];
  const hot = at('group', 'hot', MANY, rate);
  const spread = at('group', 'spread', MANY, rate);
  const cpu = at('group', 'spread', MANY, cpuUs) / Math.min(...perRequest('spread', MANY, cpuUs));
  const slowest = PLACES.flatMap((place) =>
    FEW.map((callers) => at('group', place, callers, p50Ms) / Math.min(...perRequest(place, callers, p50Ms))),
  );
  const row = (id: string, metric: string, value: number) => ({ id, metric, value, unit: 'ratio' });
  return [
    atLeast(
      row(
        'P3.hotVsPerRequest',
        'hot account, rate / one debit a transaction',
        hot / Math.max(...perRequest('hot', MANY, rate)),
      ),
      4.5,
    ),
    atLeast(row('P3.hotVsSpread', 'hot account, rate / rate over 1,000 accounts', hot / spread), 0.85),
    atMost(
      row('P4.cpuVsPerRequest', 'Node and Postgres CPU of a debit / of one debit a transaction', cpu),
      0.35,
    ),
    atLeast(
      row('P4.rateVsBatchSql', 'rate / 200 debits a statement', spread / at('batch', 'spread', 1, rate)),
      0.25,
    ),
    atMost(
      row(
        'P5.p50VsPerRequest',
        'p50 with 1, 2 and 4 callers, hot and spread, the worst / one debit a transaction',
        Math.max(...slowest),
      ),
      1.1,
    ),
  ];
}
