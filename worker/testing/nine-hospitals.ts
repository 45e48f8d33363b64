import { isGaussianVoteUseful } from '#lib/privacy/usefulness/gaussian-vote-usefulness';
import { isVoteUseful } from '#lib/privacy/usefulness/vote-usefulness';
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
  // Some sixteen in a shard: fewer speak for nothing in particular.
  patientsPerHospital: 250,
  historyRequests: 0,
  organisations: [{ ...first!, users: first!.users.filter(({ hospital }) => !hospital), hospitals }],
};

/**
 * The smallest epsilon of three decimals at which nine hospitals make the usual vote useful and eight do not, so that all
 * of them are asked.
 * @param mode 'exact', or how many of so many hospitals may be absent from a gaussian sum.
 */
export function epsilonForNine(mode: 'exact' | ((nodes: number) => number)): number {
  const isUsefulAt = (nodes: number, epsilon: number) => {
    const question = { labelCount: HEART_LABELS.length, shards: nodes * SHARDS, epsilon, delta: 1e-5 };
    return mode === 'exact'
      ? isVoteUseful(question)
      : isGaussianVoteUseful({ ...question, nodes, maxCollude: 1, maxDropouts: mode(nodes) });
  };
  for (let thousandths = 50; thousandths < 1000; thousandths += 1) {
    const epsilon = thousandths / 1000;
    if (isUsefulAt(NODES, epsilon) && !isUsefulAt(NODES - 1, epsilon)) return epsilon;
  }
  throw new Error('no epsilon needs nine hospitals');
}
