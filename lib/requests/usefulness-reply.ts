import { z } from 'zod';

/** How much an answer would be worth, as the router says it: public quantities only (lib/privacy/usefulness). */
const suffices = z.object({
  /** The smallest useful epsilon with these shards; null when none that would still protect is. */
  epsilon: z.number().nullable(),
  /** The fewest useful shards at this epsilon; null when no number of them is. */
  shards: z.number().nullable(),
});

/** The furthest that private data can move the odds between two answers, as factors. */
const oddsRatio = z.object({ onePatient: z.number(), allPatients: z.number() });

const label = {
  /** At `plurality`; useful at `required` or more. */
  probabilityRight: z.number(),
  plurality: z.number(),
  required: z.number(),
  useful: z.boolean(),
  chances: z.array(z.object({ plurality: z.number(), probabilityRight: z.number() })),
  suffices,
};

export const usefulnessReplySchema = z.discriminatedUnion('mechanism', [
  z.object({ mechanism: z.literal('vote'), ...label, oddsRatio: oddsRatio.nullable() }),
  z.object({
    mechanism: z.literal('consensus'),
    kind: z.enum(['threshold', 'margin']),
    ...label,
    probabilityAnswers: z.number(),
    /** That it stays silent where two labels have half of the shards each. */
    probabilityAbstains: z.number(),
    oddsRatio: oddsRatio.nullable(),
  }),
  z.object({
    mechanism: z.literal('short-answer'),
    /** What epsilon pays for; useful at `required` or more. */
    tokens: z.number(),
    required: z.number(),
    useful: z.boolean(),
    oddsRatio,
    suffices,
  }),
]);
export type UsefulnessReply = z.output<typeof usefulnessReplySchema>;
export type LabelUsefulness = Exclude<UsefulnessReply, { mechanism: 'short-answer' }>;
export type TextUsefulness = Extract<UsefulnessReply, { mechanism: 'short-answer' }>;
