import { randomUUID } from 'node:crypto';
import type { PrismaTransaction } from '#lib/db/prisma';

/** Why an enrolment or a connection of a node was refused. Words and the next thing to try are the console's, by code. */
export const ATTEMPT_CODES = [
  /** The code's locator is that of this invite; the rest is not. */
  'wrong_code',
  /** That was one too many: the invite works no more. */
  'too_many_codes',
  'invite_expired',
  'invite_used',
  'invite_withdrawn',
  /** The certificate request is not signed by its own key, or not for a P-256 key. */
  'bad_request',
  /** The hospital's configuration says other shards than the invite. */
  'shards_differ',
  'clock_skew',
  /** Certified, and it connected with a certificate that is expired, revoked or another node's. */
  'bad_certificate',
  'bad_proof',
  'spend_log_behind',
] as const;
export type AttemptCode = (typeof ATTEMPT_CODES)[number];

/** Keeps a refused attempt for whoever waits for the node. Facts are public figures, such as a skew in milliseconds. */
export async function recordAttempt(
  tx: Pick<PrismaTransaction, 'nodeEnrolmentAttempt'>,
  nodeId: string,
  code: AttemptCode,
  facts: Record<string, string | number>,
  now: Date,
): Promise<void> {
  await tx.nodeEnrolmentAttempt.create({ data: { id: randomUUID(), nodeId, code, facts, at: now } });
}
