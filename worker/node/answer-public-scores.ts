import type { Logger } from '#lib/log';
import type { Message } from '#lib/nodes/messages';
import { quantisePublic } from '#lib/privacy/mechanisms/short-answer';
import type { Engine } from './engine/engine.ts';
import { maySay, textOf } from './engine/vocabulary.ts';

/** The public model's likeliest next tokens. It sees the prompt and what was said so far, and no record. */
export async function answerPublicScores(
  engine: () => Promise<Engine>,
  log: Logger,
  { queryId, prompt, prefix, maxTokens, top }: Message<'publicScores'>,
): Promise<Message<'publicScoresReply'>> {
  try {
    const model = await engine();
    const { logProbs, promptTokens } = await model.nextToken({ prompt, prefix, maxTokens });
    const { vocabulary } = model;
    const scores = Array.from(logProbs, quantisePublic);
    const candidates = scores
      .map((score, id) => ({ id, score, text: textOf(vocabulary, id) }))
      .filter(({ id }) => maySay(vocabulary, id))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, top);
    const end = { id: vocabulary.end, score: scores[vocabulary.end] ?? quantisePublic(Number.NaN) };
    return { queryId, candidates, end, promptTokens, error: null };
  } catch (error) {
    log.error({ err: error }, 'public scores failed');
    const message = error instanceof Error ? error.message : 'the model failed';
    return { queryId, candidates: [], end: null, promptTokens: 0, error: message };
  }
}
