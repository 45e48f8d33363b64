import type { LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import type { Vocabulary } from './vocabulary.ts';

const metadataSchema = z.object({
  tokenizer: z.object({
    ggml: z.object({
      model: z.literal('llama'),
      tokens: z.array(z.string()),
      scores: z.array(z.number()),
      token_type: z.array(z.number()),
      eos_token_id: z.number(),
    }),
  }),
});

/** The model's vocabulary as its file has it. Throws when the model has no SentencePiece vocabulary. */
export function readVocabulary(model: LlamaModel): Vocabulary {
  const parsed = metadataSchema.safeParse(model.fileInfo.metadata);
  if (!parsed.success)
    throw new Error('The model file has no SentencePiece vocabulary.', { cause: parsed.error });
  const { tokens, scores, token_type, eos_token_id } = parsed.data.tokenizer.ggml;
  return { pieces: tokens, scores, kinds: token_type, end: eos_token_id };
}
