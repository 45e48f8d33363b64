import { isGaussianVoteUseful } from '#lib/privacy/usefulness/gaussian-vote-usefulness';
import type { Scenario, ScenarioHospital } from '../../prisma/seed/scenario.ts';
import { demo } from '../../prisma/seed/scenarios/demo.ts';
import { HEART_LABELS } from './questions.ts';

const NODES = 9;
const SHARDS = 16;

const [first] = demo.organisations;
const like = first!.hospitals[0]!;
const hospitals = Array.from(
  { length: NODES },
  (_, i): ScenarioHospital => ({
    ...like,
    key: `ninth-${i}`,
    name: `Hospital ${i}`,
    shards: SHARDS,
    lanes: 1,
    computeCapacity: '1xCPU',
  }),
);

/** Nine small hospitals of one organisation, with nothing behind them. */
export const NINE: Scenario = {
  ...demo,
  name: 'nine',
  patientsPerHospital: 100,
  historyRequests: 0,
  organisations: [{ ...first!, users: first!.users.filter(({ hospital }) => !hospital), hospitals }],
};

/**
 * The smallest epsilon of three decimals at which nine hospitals make the usual vote useful and eight do not, so that all
 * of them are asked.
 * @param maxDropouts of nine and, where they survive dropouts too, of fewer.
 */
export function epsilonForNine(dropoutsOf: (nodes: number) => number): number {
  const isUsefulAt = (nodes: number, epsilon: number) =>
    isGaussianVoteUseful({
      labelCount: HEART_LABELS.length,
      shards: nodes * SHARDS,
      epsilon,
      delta: 1e-5,
      nodes,
      maxCollude: 1,
      maxDropouts: dropoutsOf(nodes),
    });
  for (let thousandths = 50; thousandths < 1000; thousandths += 1) {
    const epsilon = thousandths / 1000;
    if (isUsefulAt(NODES, epsilon) && !isUsefulAt(NODES - 1, epsilon)) return epsilon;
  }
  throw new Error('no epsilon needs nine hospitals');
}
