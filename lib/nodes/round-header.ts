import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#lib/crypto/canonical-json';

/**
 * What the router commits to before a node computes anything. Its hash h = SHA-256(JCS(header)) names the round: the
 * node charges, answers and signs for exactly this h, and later the masks are keyed by it, so that showing different
 * headers to different nodes yields garbage.
 */
const bigintText = z.string().regex(/^(0|[1-9][0-9]{0,37})$/);
const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

export const roundHeaderSchema = z.strictObject({
  v: z.literal(1),
  /** How vectors are protected on the way: "clear" until masks exist. */
  suite: z.literal('clear'),
  keyEpoch: z.int().nonnegative(),
  ledgerEpoch: z.int().positive(),
  requestId: z.uuid(),
  roundId: z.uuid(),
  attempt: z.int().min(1).max(2),
  mechanism: z.literal('vote'),
  mode: z.literal('exact'),
  params: z.strictObject({
    /** Exponential mechanism: P(label) proportional to exp(beta * count), beta = num / den. */
    beta: z.strictObject({ num: bigintText, den: bigintText }),
    /** Shards asked over the whole cohort. */
    s: z.int().positive(),
    /** Labels. */
    K: z.int().min(2).max(64),
  }),
  /** SHA-256(nonce32 || JCS(query)): the nodes answer this query and no other. */
  queryCommit: sha256Hex,
  purpose: z.string().min(1).max(64),
  /** Coordinates of the vector. */
  len: z.int().min(1).max(512),
  modBits: z.literal(32),
  scale: z.literal(1),
  sensitivity: z.literal(1),
  sigmaLocal: z.literal(0),
  maxCollude: z.int().nonnegative(),
  maxDropouts: z.int().nonnegative(),
  /** Node ids, sorted, no duplicates. */
  cohort: z.array(z.uuid()).min(1).max(50),
  minCohort: z.int().positive(),
  /** Milliseconds since the epoch, UTC: after it a node no longer answers. */
  deadlineMs: z.int().positive(),
  /** What every account is charged, pico-rho. */
  rhoPico: bigintText,
});
export type RoundHeader = z.infer<typeof roundHeaderSchema>;

/** What the nodes are asked; it travels beside the header and is bound to it by `queryCommit`. */
export const roundQuerySchema = z.strictObject({
  prompt: z.string().min(1).max(65_536),
  labels: z.array(z.string().min(1).max(256)).min(2).max(64),
});
export type RoundQuery = z.infer<typeof roundQuerySchema>;

export function headerHash(header: RoundHeader): Buffer {
  return createHash('sha256').update(canonicalJson(header)).digest();
}

/** @param nonce 32 random bytes, so that the commitment does not let anyone test guesses of the prompt. */
export function queryCommit(nonce: Uint8Array, query: RoundQuery): string {
  if (nonce.length !== 32) throw new RangeError('the nonce has 32 bytes');
  return createHash('sha256').update(nonce).update(canonicalJson(query)).digest('hex');
}
