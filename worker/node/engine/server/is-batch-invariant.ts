import type { Engine } from '../engine.ts';

/** Public prompts of different lengths, so that they fill batches in different ways. */
const PROMPTS = [
  'What are the symptoms of asthma?',
  'A 58-year-old has crushing chest pain.',
  'Which vaccine is given against measles, and when? Name the ages at which it is given and what follows if one is missed.',
  'Fever.',
  'Explain to a patient, in plain words, what type 2 diabetes is, what may come of it and what can be done.',
  'What is a stroke?',
];
const ROUNDS = 3;
/** Ids that every vocabulary has. What they say does not matter: their scores are sums of the same numbers. */
const CANDIDATES = Array.from({ length: 64 }, (_, at) => 64 + at);

/**
 * Whether a score is the same to the bit when its prompt is evaluated alone, beside others and in other orders. It is
 * asked of public prompts alone. One difference refutes it; none does not prove it for batches never tried, which is why
 * docs/engines.md names the flags under which a server's makers promise it.
 */
export async function isBatchInvariant(engine: Engine): Promise<boolean> {
  const score = async (prompt: string) => {
    const answer = { prompt, prefix: [], maxTokens: 16 };
    return (await engine.candidateScores(answer, CANDIDATES)).logProbs;
  };
  const alone = new Map<string, readonly number[]>();
  for (const prompt of PROMPTS) alone.set(prompt, await score(prompt));
  for (let round = 0; round < ROUNDS; round += 1) {
    const order = [...PROMPTS.slice(round), ...PROMPTS.slice(0, round)];
    if (round === 1) order.reverse();
    const beside = await Promise.all(
      [...order, ...order].map(async (prompt) => ({ prompt, scores: await score(prompt) })),
    );
    if (beside.some(({ prompt, scores }) => !sameBits(scores, alone.get(prompt) ?? []))) return false;
  }
  return true;
}

function sameBits(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, at) => Object.is(value, b[at]));
}
