import { z } from 'zod';
import { completionReplySchema } from './router-replies.ts';

/** A refusal as problem+json has it; what it must hold is checked where it is read. */
const problem = z.looseObject({ status: z.number(), code: z.string(), detail: z.string() });

/**
 * What the console says while an answer is drawn, one JSON object a line: each token's text as it is drawn, and at the
 * end either the whole answer with its statement or what went wrong. A stream without an end was cut.
 */
export const answerEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('answer'), reply: completionReplySchema }),
  z.object({ kind: z.literal('problem'), problem }),
]);
export type AnswerEvent = z.input<typeof answerEventSchema>;
