import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';
import { SUITE } from '#lib/secure-aggregation/key-announcement';
import { MASKINGS } from '#lib/secure-aggregation/masking-choice';

/**
 * What the router commits to before a node computes anything. Its hash h = SHA-256(JCS(header)) names the round: the
 * node charges, answers and signs for exactly this h, and the masks are keyed by it, so that showing different headers
 * to different nodes yields garbage.
 */
const bigintText = z.string().regex(/^(0|[1-9][0-9]{0,37})$/);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const tokenId = z.int().min(0).max(0xff_ffff);

/** Tokens that may come next, the end token among them (privacy.md section 2). */
export const MAX_CANDIDATES = 128;
/** Tokens of a private answer. */
export const MAX_ANSWER_TOKENS = 160;

const fraction = z.strictObject({ num: bigintText, den: bigintText });

const shards = z.int().positive();
/** What every vote has: `s` shards asked over the whole cohort, and `K` labels. */
const labels = { s: shards, K: z.int().min(2).max(64) };
/** The test of a consensus. In gaussian mode it reads the same noisy counts and has no noise of its own. */
const test = z.enum(['threshold', 'margin']);
/** Variance of each node's own discrete Gaussian noise, in votes squared. */
const sigma2Local = fraction;

const common = {
  v: z.literal(1),
  /** How vectors are protected on the way. */
  suite: z.literal(SUITE),
  keyEpoch: z.int().positive(),
  /** Names the keys of the whole cohort, so that nodes which were shown different ones do not answer. */
  keyDirectoryHash: sha256Hex,
  /** Whether every member is needed to unmask the sum. */
  masking: z.enum(MASKINGS),
  ledgerEpoch: z.int().positive(),
  requestId: z.uuid(),
  roundId: z.uuid(),
  attempt: z.int().min(1).max(2),
  /** SHA-256(nonce32 || JCS(query)): the nodes answer this query and no other. */
  queryCommit: sha256Hex,
  purpose: z.string().min(1).max(64),
  /** Coordinates of the vector. */
  len: z.int().min(1).max(512),
  modBits: z.literal(32),
  /** Integers a coordinate's unit is divided into. */
  scale: z.int().positive(),
  /** The most that one shard moves one coordinate, in those integers. */
  sensitivity: z.int().positive(),
  /** Members that may be in league with whoever reads the sum: their noise does not count. */
  maxCollude: z.int().nonnegative().max(50),
  /** Members that may be absent from the sum: their noise does not count either. */
  maxDropouts: z.int().nonnegative().max(50),
  /** Node ids, sorted, no duplicates. */
  cohort: z.array(z.uuid()).min(1).max(50),
  minCohort: z.int().positive(),
  /** Milliseconds since the epoch, UTC: after it a node no longer answers. */
  deadlineMs: z.int().positive(),
  /** What every account is charged, pico-rho. */
  rhoPico: bigintText,
};
const vote = { ...common, mechanism: z.literal('vote') };
const consensus = { ...common, mechanism: z.literal('consensus') };
const exact = z.literal('exact');
const gaussian = z.literal('gaussian');

export const roundHeaderSchema = z.discriminatedUnion('mechanism', [
  z.discriminatedUnion('mode', [
    /** Exponential mechanism: P(label) proportional to exp(beta * count). */
    z.strictObject({ ...vote, mode: exact, params: z.strictObject({ ...labels, beta: fraction }) }),
    /** Every node adds its share of noise under its mask; the largest noisy count wins. */
    z.strictObject({ ...vote, mode: gaussian, params: z.strictObject({ ...labels, sigma2Local }) }),
  ]),
  z.discriminatedUnion('mode', [
    z.strictObject({
      ...consensus,
      mode: exact,
      /** `sigma2`: the variance of the test's discrete Gaussian noise, in votes squared. */
      params: z.strictObject({ ...labels, beta: fraction, test, sigma2: fraction }),
    }),
    z.strictObject({
      ...consensus,
      mode: gaussian,
      params: z.strictObject({ ...labels, test, sigma2Local }),
    }),
  ]),
  z.strictObject({
    ...common,
    mechanism: z.literal('short-answer'),
    mode: exact,
    params: z.strictObject({
      /** Nats by which a shard may move one token's log-probability either way. */
      clip: fraction,
      tau: z.literal(1),
      s: shards,
      /** Candidate tokens. */
      K: z.int().min(2).max(MAX_CANDIDATES),
      /** Number of this token in the answer, from 0: every one is a round of its own. */
      position: z
        .int()
        .min(0)
        .max(MAX_ANSWER_TOKENS - 1),
      /** The most tokens the answer may have. */
      maxTokens: z.int().min(1).max(MAX_ANSWER_TOKENS),
    }),
  }),
]);
export type RoundHeader = z.infer<typeof roundHeaderSchema>;
export type Mechanism = RoundHeader['mechanism'];

/** What the nodes are asked; it travels beside the header and is bound to it by `queryCommit`. */
export const voteQuerySchema = z.strictObject({
  prompt: z.string().min(1).max(65_536),
  labels: z.array(z.string().min(1).max(256)).min(2).max(64),
});
export type VoteQuery = z.infer<typeof voteQuerySchema>;

export const tokenQuerySchema = z.strictObject({
  prompt: z.string().min(1).max(65_536),
  /** Ids of the tokens drawn so far. */
  prefix: z.array(tokenId).max(MAX_ANSWER_TOKENS),
  /** Ids of the tokens that may come next, in the order of the vector's coordinates. */
  candidates: z.array(tokenId).min(2).max(MAX_CANDIDATES),
});
export type TokenQuery = z.infer<typeof tokenQuerySchema>;

export const roundQuerySchema = z.union([voteQuerySchema, tokenQuerySchema]);
export type RoundQuery = z.infer<typeof roundQuerySchema>;

export function headerHash(header: RoundHeader): Buffer {
  return createHash('sha256').update(canonicalJson(header)).digest();
}

/** @param nonce 32 random bytes, so that the commitment does not let anyone test guesses of the prompt. */
export function queryCommit(nonce: Uint8Array, query: RoundQuery): string {
  if (nonce.length !== 32) throw new RangeError('the nonce has 32 bytes');
  return createHash('sha256').update(nonce).update(canonicalJson(query)).digest('hex');
}
