import type { AnswerShape } from '../query.ts';

/** The reply's content for a label: JSON of the schema the caller gave. */
export function renderLabel(shape: AnswerShape, label: string): string {
  return shape.kind === 'object' ? JSON.stringify({ [shape.property]: label }) : JSON.stringify(label);
}
