import {
  type ConsensusQuestion,
  type ConsensusUsefulness,
  consensusUsefulness,
} from './consensus-usefulness.ts';
import {
  type GaussianConsensusQuestion,
  gaussianConsensusUsefulness,
} from './gaussian-consensus-usefulness.ts';
import { type GaussianVoteQuestion, gaussianVoteUsefulness } from './gaussian-vote-usefulness.ts';
import {
  type ShortAnswerQuestion,
  type ShortAnswerUsefulness,
  shortAnswerUsefulness,
} from './short-answer-usefulness.ts';
import { type VoteQuestion, type VoteUsefulness, voteUsefulness } from './vote-usefulness.ts';

/** What a request is worth, as JSON: told apart by `mechanism`, votes by `mode`. */
export type Usefulness = VoteUsefulness | ConsensusUsefulness | ShortAnswerUsefulness;

/** Public quantities only. */
export type UsefulnessQuestion =
  | ({ mechanism: 'vote'; mode: 'exact' } & VoteQuestion)
  | ({ mechanism: 'vote'; mode: 'gaussian' } & GaussianVoteQuestion)
  | ({ mechanism: 'consensus'; mode: 'exact' } & ConsensusQuestion)
  | ({ mechanism: 'consensus'; mode: 'gaussian' } & GaussianConsensusQuestion)
  | ({ mechanism: 'short-answer' } & ShortAnswerQuestion);

/** @throws RangeError, naming the parameter, when one means nothing. */
export function usefulnessOf(question: UsefulnessQuestion): Usefulness {
  switch (question.mechanism) {
    case 'vote':
      return question.mode === 'exact' ? voteUsefulness(question) : gaussianVoteUsefulness(question);
    case 'consensus':
      return question.mode === 'exact'
        ? consensusUsefulness(question)
        : gaussianConsensusUsefulness(question);
    case 'short-answer':
      return shortAnswerUsefulness(question);
  }
}
