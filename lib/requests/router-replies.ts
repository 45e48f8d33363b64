import { z } from 'zod';
import { CONSENSUS_TESTS } from './question.ts';
import { usefulnessReplySchema } from './usefulness-reply.ts';

/** What the console reads of the router's replies. Unknown members are let through unread. */
const rho = z.string().regex(/^\d+(\.\d+)?$/);

const account = {
  kind: z.enum(['user', 'department', 'organisation', 'dataset']),
  name: z.string(),
  /** Whether it is open and has enough left for the question. */
  sufficient: z.boolean(),
};

const readableAccountSchema = z.object({
  ...account,
  id: z.string(),
  state: z.enum(['open', 'frozen', 'closed']),
  cap: rho,
  spent: rho,
  reserved: rho,
  remaining: rho,
  remainingAfter: rho,
  epsilonCap: z.number(),
  epsilonSpent: z.number(),
  delta: z.string(),
});

/** An account that the caller may not read: how it stands stays with those who may. */
const withheldAccountSchema = z.object({ ...account, id: z.null() });

export const quoteAccountSchema = z.union([readableAccountSchema, withheldAccountSchema]);
export type QuoteAccount = z.output<typeof quoteAccountSchema>;

export const quoteReplySchema = z.object({
  route: z.string(),
  mechanism: z.string(),
  mode: z.string(),
  model: z.string(),
  maxCollude: z.number(),
  maxDropouts: z.number(),
  nodes: z.number(),
  shards: z.number(),
  labels: z.number(),
  epsilon: z.number(),
  delta: z.string(),
  rho,
  useful: z.boolean(),
  usefulness: usefulnessReplySchema,
  affordable: z.boolean(),
  /** `too_small`: fewer hospitals can answer now than a private answer needs; `conditions_unmet`: than would. */
  cohort: z.string().optional(),
  accounts: z.array(quoteAccountSchema),
});
export type QuoteReply = z.output<typeof quoteReplySchema>;

/** How an answer came out that may cost less than was set aside. */
export const drawnSchema = z.union([
  z.object({ test: z.enum(CONSENSUS_TESTS), reached: z.boolean() }),
  z.object({
    tokens: z.number(),
    maxTokens: z.number(),
    /** Nats by which one shard may move a token's log-probability, before the mean over all shards. */
    clip: z.number(),
    /** The end was drawn, the limit was reached, or the caller hung up. */
    ended: z.enum(['end', 'limit', 'caller']),
  }),
]);
export type Drawn = z.output<typeof drawnSchema>;

/** What was charged for an answer and what it can reveal. */
export const privacyStatementSchema = z.object({
  route: z.string(),
  mechanism: z.string().nullish(),
  mode: z.string().nullish(),
  masking: z.string().nullish(),
  maxCollude: z.number().nullish(),
  nodes: z.number().nullish(),
  shards: z.number().nullish(),
  rho,
  epsilon: z.number().nullish(),
  delta: z.string().nullish(),
  drawn: drawnSchema.nullish(),
  receipt: z.object({ leafHash: z.string(), proofUrl: z.string() }).nullish(),
  requestId: z.string().nullish(),
  label: z.string().nullish(),
});
export type PrivacyStatement = z.output<typeof privacyStatementSchema>;

export const completionReplySchema = z.object({
  model: z.string(),
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullable(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  privacy: privacyStatementSchema,
});
export type CompletionReply = z.output<typeof completionReplySchema>;

const proofSchema = z.object({
  status: z.literal('found').default('found'),
  leafIndex: z.union([z.number(), z.string()]),
  treeSize: z.union([z.number(), z.string()]),
  rootHash: z.string(),
  path: z.array(z.string()),
  checkpoint: z.string().nullish(),
});

/** A leaf just written is `pending` until the log has taken it in, well under a second later. */
export const proofReplySchema = z.union([z.object({ status: z.literal('pending') }), proofSchema]);

/** The same from the console, with what a browser needs to check it: the leaf's text and the log's published key. */
export const checkableProofSchema = z.union([
  z.object({ status: z.literal('pending') }),
  proofSchema.extend({
    checkpoint: z.string(),
    entry: z.string(),
    verifierKey: z.string(),
    /** Who keeps the private half of that key. */
    keyCustody: z.string().optional(),
  }),
]);
export type CheckableProof = Extract<z.output<typeof checkableProofSchema>, { status: 'found' }>;

export const modelsReplySchema = z.object({ data: z.array(z.object({ id: z.string() })) });
