import type { Logger } from '#lib/log';
import type { Message } from '#lib/nodes/messages';
import { quantisePublic } from '#lib/privacy/mechanisms/short-answer';
import type { Engine, TokenScore } from './engine/engine.ts';

/** The public model's likeliest next tokens. It sees the prompt and what was said so far, and no record. */
export async function answerPublicScores(
  engine: () => Promise<Engine>,
  log: Logger,
  { queryId, prompt, prefix, maxTokens, top }: Message<'publicScores'>,
): Promise<Message<'publicScoresReply'>> {
  try {
    const model = await engine();
    const likeliest = await model.likeliest({ prompt, prefix, maxTokens }, top);
    const { promptTokens } = likeliest;
    // In the order of what is said, so that nodes whose scores differ by rounding alone say the same.
    const candidates = likeliest.candidates.map(onGrid).sort((a, b) => b.score - a.score || a.id - b.id);
    const { id, score } = onGrid(likeliest.end);
    return { queryId, candidates, end: { id, score }, promptTokens, error: null };
  } catch (error) {
    log.error({ err: error }, 'public scores failed');
    const message = error instanceof Error ? error.message : 'the model failed';
    return { queryId, candidates: [], end: null, promptTokens: 0, error: message };
  }
}

function onGrid({ id, logProb, text }: TokenScore) {
  return { id, score: quantisePublic(logProb), text };
}
