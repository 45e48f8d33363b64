import type { Logger } from '#lib/log';
import type { Message } from '#lib/nodes/messages';
import type { Engine } from './engine/engine.ts';

/** A question for the public model alone. It sees the prompt and no record. */
export async function answerPublic(
  engine: () => Promise<Engine>,
  log: Logger,
  { queryId, prompt, labels, maxTokens }: Message<'publicQuery'>,
): Promise<Message<'publicReply'>> {
  const empty = { queryId, text: '', labelIndex: null, promptTokens: 0, completionTokens: 0, error: null };
  try {
    const model = await engine();
    if (labels.length === 0) return { ...empty, ...(await model.generate(prompt, maxTokens)) };
    const { scores, promptTokens } = await model.scoreLabels({ prompt }, labels);
    return {
      ...empty,
      labelIndex: scores.indexOf(Math.max(...scores)),
      promptTokens,
      completionTokens: 1,
      finishReason: 'stop',
    };
  } catch (error) {
    log.error({ err: error }, 'a public question failed');
    return {
      ...empty,
      finishReason: 'stop',
      error: error instanceof Error ? error.message : 'the model failed',
    };
  }
}
