import { createCipheriv, createHash } from 'node:crypto';
import type { AUDIT_BUGS } from '#lib/privacy/audit/report';
import { sampleExponential } from '#lib/privacy/sampling/exponential-mechanism';
import { randomSourceFrom } from '#lib/privacy/sampling/random';
import { renderLabel } from '../router/stages/render-label.ts';
import { STAGES, type Stages } from '../router/stages/stage-set.ts';
import { consensusDrawnAt } from './consensus-drawn-at.ts';
import type { Draw } from './draw.ts';
import type { Subject } from './subject.ts';
import { consensus, MARGIN_EPSILON } from './subjects/consensus.ts';
import { retriedVote } from './subjects/retried-vote.ts';
import { twoVotes } from './subjects/two-votes.ts';
import { vote } from './subjects/vote.ts';
import { votesDrawnBy } from './votes-drawn-by.ts';

/**
 * Mistakes that have been made with mechanisms like ours. An audit that does not catch them cannot be believed when it
 * finds nothing. They exist here alone: no router or node can be told to make them.
 */
export type PlantedBug = {
  id: (typeof AUDIT_BUGS)[number];
  stages: () => Partial<Stages>;
  /** What shows it with few samples. */
  subject: Subject;
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

/** The sampler is seeded by the prompt, so that the same question gets the same answer: two answers share their noise. */
export const reusedNoise: PlantedBug = {
  id: 'reused-noise',
  subject: twoVotes(1),
  stages: () => votesDrawnBy(drawWithReusedNoise),
};

export const drawWithReusedNoise: Draw = ({ scores, beta, prompt }) => {
  const stream = createCipheriv(
    'aes-256-ctr',
    createHash('sha256').update(prompt).digest(),
    Buffer.alloc(16),
  );
  const random = randomSourceFrom((block) => block.set(stream.update(Buffer.alloc(block.length))));
  return sampleExponential({ scores, beta, random });
};

/** The margin of a consensus vote has noise for one vote, though a moved vote changes it by two. */
export const marginSensitivity: PlantedBug = {
  id: 'margin-sensitivity',
  subject: consensus('margin', MARGIN_EPSILON),
  stages: () =>
    consensusDrawnAt(({ sigma2: { num, den }, ...charge }) => ({
      ...charge,
      sigma2: { num, den: 4n * den },
    })),
};

/** Those that are found with the fewest samples first. */
export const PLANTED_BUGS = [
  zeroOutFormula,
  rhoDividedByHospitals,
  droppedCount,
  marginSensitivity,
  reusedNoise,
];
