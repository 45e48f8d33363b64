import type { CompletionReply } from '#lib/requests/router-replies';

/** A vote's content is JSON of its schema, a label in quotes; a public answer is plain text. */
export function answerText({ choices, privacy }: CompletionReply): string {
  const content = choices[0]?.message.content ?? '';
  if (privacy.label) return privacy.label;
  if (privacy.route === 'public') return content;
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
