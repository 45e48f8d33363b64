import type { ShortAnswerQuestion } from '#lib/requests/question';
import type { CompletionReply } from '#lib/requests/router-replies';
import { streamAnswer } from './stream-answer.ts';

export type Drawing = {
  onText: (text: string) => void;
  /** Aborted when the person wants no more of it. */
  stop: AbortSignal;
};

/**
 * A short answer as it is drawn. Stopping hangs up, which ends the drawing at the router, and then asks with the same
 * key for what was drawn until then: that is charged once, and nothing more is drawn for it.
 */
export async function drawAnswer(
  question: ShortAnswerQuestion,
  key: string,
  { onText, stop }: Drawing,
): Promise<CompletionReply> {
  try {
    return await streamAnswer(question, { key, onText, signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
    return streamAnswer(question, { key, onText: () => {} });
  }
}
