import { type Account, remainingRhoPico } from '../../lib/ledger/accounts.ts';
import type { PrivacyEvent } from '../../lib/privacy/accounting/events.ts';
import { pldEpsilon } from '../../lib/privacy/accounting/pld/pld.ts';
import { rhoFromEpsilon } from '../../lib/privacy/accounting/zcdp.ts';
import { drawToken } from '../../lib/privacy/mechanisms/draw-token.ts';
import { GRID } from '../../lib/privacy/mechanisms/short-answer.ts';
import { chargeForEpsilon } from '../../lib/privacy/mechanisms/vote-charge.ts';
import { sampleDiscreteGaussian } from '../../lib/privacy/sampling/discrete-gaussian.ts';
import { consensusUsefulness } from '../../lib/privacy/usefulness/consensus-usefulness.ts';
import { gaussianVoteUsefulness } from '../../lib/privacy/usefulness/gaussian-vote-usefulness.ts';
import { voteUsefulness } from '../../lib/privacy/usefulness/vote-usefulness.ts';
import type { Call } from './time-calls.ts';

const DELTA = 1e-5;
const SHARDS = 256;
const CANDIDATES = 100;
const CLIP = { num: 1n, den: 1n };

/** What an account may hold after ten thousand requests: votes at two prices, tokens, two tests; one event each. */
const KINDS: readonly PrivacyEvent[] = [
  { type: 'bounded_range', eta: 0.0588, count: 1 },
  { type: 'bounded_range', eta: 0.261, count: 1 },
  { type: 'bounded_range', eta: 4 / SHARDS, count: 1 },
  { type: 'discrete_gaussian', sigma: 60, sensitivity: 1, count: 1 },
  { type: 'gaussian', noise_multiplier: 50, count: 1 },
];
const events = Array.from({ length: 10_000 }, (_, i) => KINDS[i % KINDS.length]!);

const accounts = Array.from({ length: 10 }, (_, i): Account => {
  const capRhoPico = rhoFromEpsilon(10, DELTA);
  const spent = { spentRhoPico: BigInt(i) * 10n ** 9n, reservedRhoPico: 10n ** 9n };
  const named = { id: `${i}`, ownerId: `${i}`, organisationId: '0', name: `account ${i}`, period: '2026' };
  return { ...named, ...spent, kind: 'dataset', capRhoPico, delta: '1e-5', state: 'open' };
});

/** What a body says, what it costs, and whether ten accounts can bear it. */
function admit(epsilonText: string): boolean {
  const { rhoPico } = chargeForEpsilon(JSON.parse(epsilonText), DELTA);
  return accounts.every((account) => account.state === 'open' && remainingRhoPico(account) >= rhoPico);
}

/** Requests ask for a few round epsilons; these are a hundred. */
const epsilonTexts = Array.from({ length: 100 }, (_, i) => String((i + 1) / 100));

const token = (gapNats: number) => {
  const publicScores = Array.from({ length: CANDIDATES }, (_, id) => ({
    id,
    score: -(id === 0 ? 0 : Math.round(gapNats * GRID)) - id,
  }));
  const sums = publicScores.map(({ id }) => id * SHARDS);
  return () => drawToken({ publicScores, sums, shards: SHARDS, clip: CLIP });
};

const worth = { labelCount: 12, shards: SHARDS, delta: DELTA };
const sliding = (turn: number) => ({ ...worth, epsilon: (turn % 1000) / 1000 + 0.05 });

/** Everything about a private request that is arithmetic alone. */
export const CALLS: readonly Call[] = [
  {
    id: 'admission',
    metric: 'admission against 10 accounts',
    unit: 'us',
    target: 5,
    perBatch: 20_000,
    once: (turn) => admit(epsilonTexts[turn % epsilonTexts.length]!),
  },
  {
    id: 'admission-new-epsilon',
    metric: 'admission at an epsilon never asked for before',
    unit: 'us',
    target: null,
    perBatch: 50,
    once: (turn) => admit(String(1 + turn / 1e6)),
  },
  {
    id: 'discrete-gaussian',
    metric: 'one discrete Gaussian, sigma 60',
    unit: 'us',
    target: 10,
    perBatch: 20_000,
    once: () => sampleDiscreteGaussian({ sigma2: { num: 3600n, den: 1n } }),
  },
  {
    id: 'token-flat',
    metric: '100-candidate token, all alike',
    unit: 'us',
    target: 100,
    perBatch: 1_000,
    once: token(0),
  },
  {
    id: 'token-peaked',
    metric: '100-candidate token, one e^3 ahead',
    unit: 'us',
    target: 100,
    perBatch: 1_000,
    once: token(3),
  },
  {
    id: 'token-certain',
    metric: '100-candidate token, one e^12 ahead',
    unit: 'us',
    target: 100,
    perBatch: 1_000,
    once: token(12),
  },
  {
    id: 'pld-10000-events',
    metric: 'PLD epsilon of 10,000 events of 5 kinds',
    unit: 'ms',
    target: 300,
    perBatch: 1,
    once: () => pldEpsilon(events, DELTA, 'replace_one'),
  },
  {
    id: 'worth-vote',
    metric: 'worth of an exact vote, epsilon moving',
    unit: 'us',
    target: null,
    perBatch: 20,
    once: (turn) => voteUsefulness(sliding(turn)),
  },
  {
    id: 'worth-gaussian',
    metric: 'worth of a gaussian vote, epsilon moving',
    unit: 'us',
    target: null,
    perBatch: 5,
    once: (turn) => gaussianVoteUsefulness({ ...sliding(turn), nodes: 4, maxCollude: 1, maxDropouts: 0 }),
  },
  {
    id: 'worth-consensus',
    metric: 'worth of a consensus vote, epsilon moving',
    unit: 'us',
    target: null,
    perBatch: 5,
    once: (turn) => consensusUsefulness({ ...sliding(turn), kind: 'threshold' }),
  },
];
