import { createCipheriv, createHash } from 'node:crypto';
import type { AUDIT_BUGS } from '#lib/privacy/audit/report';
import { drawToken } from '#lib/privacy/mechanisms/draw-token';
import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { randomSourceFrom } from '#lib/privacy/sampling/random';
import { renderLabel } from '../router/stages/render-label.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';
import { answersDrawnBy } from './answers-drawn-by.ts';
import { consensusDrawnAt } from './consensus-drawn-at.ts';
import type { Draw, TokenDraw } from './draw.ts';
import type { Subject } from './subject.ts';
import { consensus, THRESHOLD_EPSILON } from './subjects/consensus.ts';
import { retriedVote } from './subjects/retried-vote.ts';
import { shortAnswer } from './subjects/short-answer.ts';
import { twoVotes } from './subjects/two-votes.ts';
import { vote } from './subjects/vote.ts';
import { votesDrawnBy } from './votes-drawn-by.ts';

/**
 * Mistakes that have been made with mechanisms like ours. An audit that does not catch them cannot be believed when it
 * finds nothing. They exist here alone: no router or node can be told to make them.
 */
export type PlantedBug = {
  id: (typeof AUDIT_BUGS)[number];
  /** What shows it with few samples. */
  subject: Subject;
  stages: () => Partial<Stages>;
};

/** Each vote is drawn as if removing a shard, not replacing its vote, were the worst: half of the range is charged. */
export const zeroOutFormula: PlantedBug = {
  id: 'zero-out-formula',
  subject: vote(2),
  stages: () => votesDrawnBy(doubleRange),
};

export const doubleRange: Draw = ({ scores, beta: { num, den } }) =>
  sampleExponential({ scores, beta: { num: 2n * num, den } });

/** The charge is shared out among the hospitals asked. */
export const rhoDividedByHospitals: PlantedBug = {
  id: 'rho-divided-by-hospitals',
  subject: vote(4),
  stages: () => ({
    reserveBudgets: (context, plan) => {
      const rhoPico = plan.offer.rhoPico / BigInt(plan.cohort.length);
      return STAGES.reserveBudgets(context, { ...plan, offer: { ...plan.offer, rhoPico } });
    },
  }),
};

/** A retry is drawn afresh from the votes of the first time, and not charged: one count of several is dropped. */
export const droppedCount: PlantedBug = {
  id: 'dropped-count',
  subject: retriedVote(3, 6),
  stages: () => {
    const again = new Map<string, () => number>();
    return {
      ...votesDrawnBy((vote) => {
        again.set(vote.requestId, () => sampleExponential(vote));
        return sampleExponential(vote);
      }),
      replayed: async (context, query) => {
        const reply = await STAGES.replayed(context, query);
        const drawn = again.get(query.requestId)?.();
        return drawn === undefined
          ? reply
          : { ...reply, content: renderLabel(query.answer, query.labels[drawn]!) };
      },
    };
  },
};

/** The test of a consensus vote compares the counts as they are. */
export const testWithoutNoise: PlantedBug = {
  id: 'test-without-noise',
  subject: consensus('threshold', THRESHOLD_EPSILON),
  stages: () => consensusDrawnAt((charge) => ({ ...charge, sigma2: { num: 1n, den: 1_000n } })),
};

/** Each token is drawn as if a shard could at most fall silent: half of its reach is charged, a quarter of the rho. */
export const tokenDrawnTwiceAsFar: PlantedBug = {
  id: 'token-drawn-twice-as-far',
  subject: shortAnswer(1),
  stages: () => answersDrawnBy(doubleReach),
};

export const doubleReach: TokenDraw = ({ sums, clip: { num, den }, ...token }) =>
  drawToken({ ...token, clip: { num: 2n * num, den }, sums: sums.map((sum) => 2 * sum) });

/** The sampler is seeded by the prompt, so that the same question gets the same answer: two answers share their noise. */
export const reusedNoise: PlantedBug = {
  id: 'reused-noise',
  subject: twoVotes(1),
  stages: () => votesDrawnBy(drawWithReusedNoise),
};

/** Those that a router can be given, all found with some hundreds of samples. */
export const PLANTED_BUGS = [
  zeroOutFormula,
  rhoDividedByHospitals,
  droppedCount,
  testWithoutNoise,
  tokenDrawnTwiceAsFar,
  reusedNoise,
];

/**
 * However many tokens are drawn, the charge of one is taken. The demo model is too sure of how its sentences go on for
 * later tokens to show much, so it is asked without the API, for a public model that leaves every token open.
 */
export const tokensChargedOnce = {
  id: 'tokens-charged-once',
  subject: shortAnswer(16),
  charge: (rhoPicoPerToken: bigint) => rhoPicoPerToken,
} as const;

export const drawWithReusedNoise: Draw = ({ scores, beta, prompt }) => {
  const stream = createCipheriv(
    'aes-256-ctr',
    createHash('sha256').update(prompt).digest(),
    Buffer.alloc(16),
  );
  const random = randomSourceFrom((block) => block.set(stream.update(Buffer.alloc(block.length))));
  return sampleExponential({ scores, beta, random });
};
