import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from '#lib/db/pool';

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
  'clock_skew',
  /** Its hello is not one that this router understands. */
  'other_version',
  /** It connected with a certificate that is another node's, or not one of ours. */
  'bad_certificate',
  'certificate_expired',
  'certificate_revoked',
  /** It connected, and does not hold the identity key that it enrolled with. */
  'identity_changed',
  'bad_proof',
  'shards_changed',
  'spend_log_behind',
  'ledger_behind',
  'not_admitted',
] as const;
export type AttemptCode = (typeof ATTEMPT_CODES)[number];

export function isAttemptCode(code: string): code is AttemptCode {
  return ATTEMPT_CODES.some((known) => known === code);
}

/** The same refusal again within this long is one line: a node dials every few seconds. */
const AGAIN_S = 60;

/** Keeps a refused attempt for whoever waits for the node. Facts are public figures, such as a skew in milliseconds. */
export async function recordAttempt(
  pool: Pool | PoolClient,
  nodeId: string,
  code: AttemptCode,
  facts: Record<string, string | number> = {},
): Promise<void> {
  await pool.query(
    `INSERT INTO node_enrolment_attempt (id, node_id, code, facts)
     SELECT $1, n.id, $3, $4::jsonb FROM node n WHERE n.id = $2 AND NOT EXISTS (
       SELECT 1 FROM node_enrolment_attempt a
       WHERE a.node_id = n.id AND a.code = $3 AND a.facts = $4::jsonb AND a.at > now() - make_interval(secs => $5))`,
    [randomUUID(), nodeId, code, JSON.stringify(facts), AGAIN_S],
  );
}
