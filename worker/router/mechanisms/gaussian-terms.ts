import { guaranteedSurvivors, sigmaLocalFor } from '#lib/privacy/mechanisms/distributed-gaussian';
import { fractionText, type Rational } from '#lib/privacy/sampling/rational';
import type { GaussianConsensus, GaussianVote } from '../query.ts';
import type { Asked } from './mechanism.ts';

/** A vote in gaussian mode: the variance of each hospital's own noise, and what that costs. */
export type GaussianTerms = { sigma2Local: Rational; rhoPico: bigint };

/** Priced by the shares of noise that are certain to be there and unknown to whoever reads the sum. */
export function gaussianTerms(query: GaussianVote | GaussianConsensus, asked: Asked): GaussianTerms {
  const survivors = guaranteedSurvivors(sharesOf(asked));
  return sigmaLocalFor(query.rhoPico, { survivors, labelCount: query.labels.length });
}

/** What the ledger keeps, so that a report can recompute the charge. */
export function gaussianParameters(query: GaussianVote | GaussianConsensus, asked: Asked) {
  const { sigma2Local } = gaussianTerms(query, asked);
  return { K: query.labels.length, sigma2Local: fractionText(sigma2Local), ...sharesOf(asked) };
}

export function gaussianQuestion(query: GaussianVote | GaussianConsensus, asked: Asked) {
  const { labels, epsilon, delta } = query;
  const shards = Math.max(1, asked.shards);
  return { labelCount: labels.length, shards, epsilon, delta, ...sharesOf(asked) };
}

/** A quote may be asked for with fewer hospitals than ever answer together: it is then one for the fewest that may. */
function sharesOf({ nodes, maxCollude, maxDropouts }: Asked) {
  return { nodes: Math.max(nodes, maxCollude + maxDropouts + 1), maxCollude, maxDropouts };
}
