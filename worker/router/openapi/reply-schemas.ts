import { z } from 'zod';
import { MASKINGS } from '#lib/secure-aggregation/masking-choice';

/** What the API answers. Strict, and held against real replies by a test, so that the document says all there is. */
const rho = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .meta({ description: 'zCDP, an exact decimal.', example: '0.000433' });

const drawnSchema = z.union([
  z.strictObject({ test: z.enum(['threshold', 'margin']), reached: z.boolean() }),
  z.strictObject({
    tokens: z.int().meta({ description: 'Tokens drawn and charged, the end token among them.' }),
    maxTokens: z.int(),
    clip: z.number().meta({ description: 'Nats by which one shard may move a token either way.' }),
    ended: z.enum(['end', 'limit', 'caller']),
  }),
]);

export const privacyStatementSchema = z
  .strictObject({
    requestId: z.uuid(),
    route: z.enum(['federated', 'public']),
    mechanism: z.string(),
    mode: z.string(),
    masking: z.enum(MASKINGS).nullable().meta({
      description: "How each hospital's contribution was hidden from the router. Null where none was sent.",
    }),
    maxCollude: z.int().nullable().meta({
      description:
        'Hospitals that may be in league with the router without breaking the bound. Null in exact mode, where the bound holds against those who see answers.',
    }),
    nodes: z.int().meta({ description: 'Hospitals asked.' }),
    shards: z.int().meta({ description: 'Patient-disjoint shards asked, of all hospitals together.' }),
    rho,
    epsilon: z.number().meta({ description: 'Bounds what this answer reveals about any one patient.' }),
    delta: z.string(),
    drawn: drawnSchema.nullable().meta({
      description: 'How an answer that may cost less than was set aside came out. Null for a vote.',
    }),
    remaining: z
      .strictObject({ user: rho.nullable(), department: rho.nullable() })
      .nullable()
      .meta({ description: 'Null for the public route, which charges nothing.' }),
    receipt: z.strictObject({ leafHash: z.string(), proofUrl: z.url() }),
    notice: z.string(),
  })
  .meta({ id: 'PrivacyStatement' });

const usage = z.strictObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
const finishReason = z.enum(['stop', 'length']);

export const chatCompletionReplySchema = z
  .strictObject({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.strictObject({
        index: z.literal(0),
        message: z.strictObject({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z
            .string()
            .nullable()
            .meta({ description: 'Why there is no content: a consensus that was not reached.' }),
        }),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage,
    privacy: privacyStatementSchema,
  })
  .meta({ id: 'ChatCompletion' });

export const textCompletionReplySchema = z
  .strictObject({
    id: z.string(),
    object: z.literal('text_completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.strictObject({
        index: z.literal(0),
        text: z.string(),
        logprobs: z.null(),
        finish_reason: finishReason,
      }),
    ),
    usage,
    privacy: privacyStatementSchema,
  })
  .meta({ id: 'Completion' });

const quotedAccount = z.strictObject({
  kind: z.enum(['user', 'department', 'organisation', 'dataset']),
  name: z.string(),
  sufficient: z.boolean(),
  id: z
    .uuid()
    .nullable()
    .meta({ description: 'Null, as all that follows, for an account you may not read.' }),
  state: z.enum(['open', 'frozen', 'closed']).nullable(),
  cap: rho.nullable(),
  spent: rho.nullable(),
  reserved: rho.nullable(),
  remaining: rho.nullable(),
  remainingAfter: rho.nullable(),
  epsilonCap: z.number().nullable(),
  epsilonSpent: z.number().nullable(),
  delta: z.string().nullable(),
});

const probability = z.number().min(0).max(1);
const suffices = z
  .strictObject({ epsilon: z.number().nullable(), shards: z.int().nullable() })
  .meta({ description: 'What would be enough, each with everything else as it is; null when nothing is.' });
const oddsRatio = z
  .strictObject({ onePatient: z.number(), allPatients: z.number() })
  .meta({ description: 'The furthest that records can move the odds between two answers, as factors.' });
const chances = z
  .array(z.strictObject({ plurality: probability, probabilityRight: probability }))
  .meta({ description: 'The chance of the right label if this share of the shards agrees on it.' });
const judged = { probabilityRight: probability, plurality: probability, required: probability };

const usefulnessSchema = z.discriminatedUnion('mechanism', [
  z.strictObject({
    mechanism: z.literal('vote'),
    mode: z.enum(['exact', 'gaussian']),
    ...judged,
    useful: z.boolean(),
    chances,
    oddsRatio: oddsRatio.nullable(),
    suffices,
  }),
  z.strictObject({
    mechanism: z.literal('consensus'),
    mode: z.enum(['exact', 'gaussian']),
    kind: z.enum(['threshold', 'margin']),
    ...judged,
    probabilityAnswers: probability,
    probabilityAbstains: probability,
    useful: z.boolean(),
    chances,
    oddsRatio: oddsRatio.nullable(),
    suffices,
  }),
  z.strictObject({
    mechanism: z.literal('short-answer'),
    mode: z.literal('exact'),
    tokens: z.int().meta({ description: 'What epsilon pays for.' }),
    required: z.int(),
    useful: z.boolean(),
    oddsRatio,
    suffices,
  }),
]);

export const quoteReplySchema = z
  .strictObject({
    route: z.enum(['federated', 'public']),
    mechanism: z.string(),
    mode: z.string(),
    masking: z.enum(MASKINGS).nullable(),
    maxCollude: z.int().meta({ description: 'Hospitals that are assumed to collude, in gaussian mode.' }),
    maxDropouts: z.int().meta({ description: 'Hospitals that may be absent from the sum.' }),
    model: z.string(),
    nodes: z.int(),
    shards: z.int(),
    labels: z.int(),
    epsilon: z.number(),
    delta: z.string(),
    rho,
    useful: z.boolean(),
    usefulness: usefulnessSchema.nullable().meta({
      description: 'Judged from public quantities only. Null for the public route.',
    }),
    affordable: z.boolean(),
    cohort: z.string(),
    accounts: z.array(quotedAccount),
  })
  .meta({ id: 'Quote' });

export const modelsReplySchema = z.strictObject({
  object: z.literal('list'),
  data: z.array(
    z.strictObject({
      id: z.string(),
      object: z.literal('model'),
      created: z.int(),
      owned_by: z.string(),
    }),
  ),
});

export const proofReplySchema = z
  .strictObject({
    leafHash: z.string(),
    leafIndex: z.string(),
    treeSize: z.string(),
    rootHash: z.string(),
    path: z.array(z.string()).meta({ description: 'Sibling hashes, leaf to root, hex.' }),
    checkpoint: z.string().meta({ description: 'The signed note of the head the path leads to.' }),
  })
  .meta({ id: 'InclusionProof' });

export const errorReplySchema = z
  .strictObject({
    error: z.looseObject({
      message: z.string(),
      type: z.string(),
      code: z.string().meta({ example: 'privacy_budget_exhausted' }),
      param: z.string().nullable(),
      request_id: z.uuid().meta({ description: 'Also in x-request-id. Quote it when you ask for help.' }),
    }),
  })
  .meta({ id: 'Error' });
