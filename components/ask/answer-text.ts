import type { CompletionReply } from '#lib/requests/router-replies';

/** One of the labels, text from the hospitals, text of the model alone, or no answer because no label was clear. */
export type AnswerShape = 'label' | 'text' | 'public' | 'none';

export function shapeOf({ choices, privacy }: CompletionReply): AnswerShape {
  if (privacy.route === 'public') return 'public';
  if (choices[0]?.message.content == null) return 'none';
  return privacy.mechanism === 'short-answer' ? 'text' : 'label';
}

/** A vote's content is JSON of its schema, a label in quotes; any other answer is plain text. */
export function answerText(reply: CompletionReply): string {
  const content = reply.choices[0]?.message.content ?? '';
  // The first token often brings the space before its word.
  if (shapeOf(reply) !== 'label') return content.trimStart();
  if (reply.privacy.label) return reply.privacy.label;
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'string' ? value : content;
  } catch {
    return content;
  }
}

/** Models that exist to show the product at work are named so; their text must be labelled wherever it is shown. */
export function isDemonstrationModel(model: string): boolean {
  return model.startsWith('demo-');
}
