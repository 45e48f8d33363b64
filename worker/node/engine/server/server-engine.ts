import { randomUUID } from 'node:crypto';
import type { AnswerSoFar, Engine, EngineCall, EngineCapabilities, Question } from '../engine.ts';
import { NotExactError } from '../engine.ts';
import { choicePrompt, labelScores } from './choice-prompt.ts';
import type { Dialect, ServerInfo, ServerPrompt } from './dialect.ts';
import { questionText } from './question-text.ts';
import { isSayable } from './sayable.ts';
import { Turns } from './turns.ts';

/** Beyond every id that may travel: used where a server does not say how many tokens it knows, and checks ids itself. */
const MOST_TOKENS = 0x100_0000;
/** The likeliest tokens of which some may not be said. */
const SPARE = 64;

/** An engine of a model server. Where its scores depend on what else is evaluated, one prompt at a time is. */
export function serverEngine(
  dialect: Dialect,
  info: ServerInfo,
  can: Omit<EngineCapabilities, 'labelVotes' | 'contextTokens'>,
  close: () => Promise<void>,
): Engine {
  const { contextTokens, end } = info;
  const tokenCount = info.tokenCount ?? MOST_TOKENS;
  const turns = new Turns();
  // A batch with another shard's prompt in it would let that shard change this one's scores.
  const turn = <T>(work: () => Promise<T>) => (can.batchInvariant ? work() : turns.take(work));

  // Without a name of its own a prompt would share the server's cache with all others that have none.
  const named = (call: EngineCall): EngineCall => ({ salt: randomUUID(), ...call });

  const answerPrompt = (answer: AnswerSoFar): ServerPrompt => {
    requireTokens(answer.prefix, 'prefix');
    return { text: `${questionText(answer, contextTokens)}\nAnswer:`, prefix: answer.prefix };
  };
  const requireTokens = (ids: readonly number[], what: string) => {
    const unknown = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= tokenCount);
    if (unknown !== undefined) throw new RangeError(`${what}: ${unknown} is no token of this model`);
  };
  const requireExact = () => {
    if (!can.exactScores) throw new NotExactError('this engine gives no exact scores');
  };

  return {
    capabilities: { ...can, labelVotes: 'records-in-prompt', contextTokens },
    vocabulary: null,
    tokenCount,
    generate: (prompt, maxTokens, call: EngineCall = {}) => {
      const text = `${questionText({ prompt }, contextTokens)}\nAnswer:`;
      return turn(() => dialect.write({ text, prefix: [] }, maxTokens, named(call)));
    },
    scoreLabels: async (question: Question, labels, call: EngineCall = {}) => {
      const text = choicePrompt(questionText(question, contextTokens), labels);
      const { scores, promptTokens } = await turn(() => dialect.topTexts({ text, prefix: [] }, named(call)));
      return { scores: labelScores(scores, labels.length), promptTokens };
    },
    likeliest: async (answer, top, call: EngineCall = {}) => {
      requireExact();
      if (!end) throw new NotExactError('nobody said which token ends an answer: set engine.endToken');
      const prompt = answerPrompt(answer);
      const { scores, promptTokens } = await turn(() =>
        dialect.top(prompt, top + SPARE, end.id, named(call)),
      );
      const ending = scores.find(({ id }) => id === end.id);
      if (!ending) throw new NotExactError('the model server left out the end token');
      const candidates = scores
        .filter(({ id, text }) => id === end.id || isSayable(text))
        .map((score) => (score.id === end.id ? { ...score, text: '' } : score))
        .sort((a, b) => b.logProb - a.logProb || a.id - b.id)
        .slice(0, top);
      return { candidates, end: { ...ending, text: '' }, promptTokens };
    },
    candidateScores: async (answer, candidates, call: EngineCall = {}) => {
      requireExact();
      requireTokens(candidates, 'candidates');
      const prompt = answerPrompt(answer);
      return turn(() => dialect.exact(prompt, candidates, named(call)));
    },
    close,
  };
}
