import { consensus } from './consensus.ts';
import { gaussianConsensus } from './gaussian-consensus.ts';
import { gaussianVote } from './gaussian-vote.ts';
import type { Mechanisms } from './mechanism.ts';
import { shortAnswer } from './short-answer.ts';
import { vote } from './vote.ts';

/** Every way in which this router answers privately. */
export const MECHANISMS: Mechanisms = {
  vote,
  'gaussian-vote': gaussianVote,
  consensus,
  'gaussian-consensus': gaussianConsensus,
  'short-answer': shortAnswer,
};
