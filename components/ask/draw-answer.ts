import type { ShortAnswerQuestion } from '#lib/requests/question';
import type { CompletionReply } from '#lib/requests/router-replies';
import { streamAnswer } from './stream-answer.ts';

export type Drawing = {
  onText: (text: string) => void;
  /** Aborted when the person wants no more of it; with LEFT as its reason when nobody is there to see it. */
  stop: AbortSignal;
};

/** Why a drawing is hung up when its page is left. */
export const LEFT = new DOMException('The page was left.', 'AbortError');

/**
 * A short answer as it is drawn. Stopping hangs up, which ends the drawing at the router, and then asks with the same
 * key for what was drawn until then: that is charged once, and nothing more is drawn for it. Leaving hangs up alone: its
 * key is kept for whoever comes back.
 */
export async function drawAnswer(
  question: ShortAnswerQuestion,
  key: string,
  { onText, stop }: Drawing,
): Promise<CompletionReply> {
  try {
    return await streamAnswer(question, { key, onText, signal: stop });
  } catch (error) {
    if (!stop.aborted || stop.reason === LEFT) throw error;
    return streamAnswer(question, { key, onText: () => {} });
  }
}
