import { randomUUID } from 'node:crypto';
import { appendLeaf } from '#lib/audit-log/append-leaf';
import { publicKeyFromRaw } from '#lib/crypto/key-files';
import type { Pool, PoolClient } from '#lib/db/pool';
import { transaction } from '#lib/db/transaction';
import { ConflictError, ForbiddenError, InvalidRequestError } from '#lib/errors';
import { readRequest } from '../pki/request.ts';
import { recordRefusal } from '../record-refusal.ts';
import { type AttemptCode, recordAttempt } from './attempt-codes.ts';
import { verifyEnrolment } from './enrol-proof.ts';
import type { EnrolRequest } from './enrol-schemas.ts';
import { MAX_WRONG_CODES } from './get-onboarding.ts';
import { provesCode } from './invite-code.ts';
import { NODES_CHANNEL } from './nodes-channel.ts';

export type Enrolled = { nodeId: string; name: string; shards: number; lanes: number };

type Invite = Enrolled & {
  id: string;
  state: string;
  codeKey: Buffer;
  wrongCodes: number;
  expiresAt: Date;
  usedAt: Date | null;
  withdrawnAt: Date | null;
  csr: Buffer | null;
};

/** Clocks further apart than this would spoil certificates and rounds alike. */
const MAX_CLOCK_SKEW_MS = 60_000;

/**
 * Takes a node's request for a certificate, once, from whoever proves the code: invited -> pending, and its identity key
 * is pinned. Nothing is certified before people have compared six words. Whoever does not know the code is answered in
 * the same words whether or not there is such an invite; who invited reads why in the console.
 */
export async function enrolNode(
  pool: Pool,
  request: EnrolRequest,
  caFingerprint: string,
  now: Date,
): Promise<Enrolled> {
  const csr = Buffer.from(request.csr, 'base64');
  const identityKey = Buffer.from(request.identityKey, 'hex');
  // What refuses must stay written: it is not part of what fails.
  const outcome = await transaction(pool, (client) =>
    tryToEnrol(client, { ...request, csr, identityKey }, caFingerprint, now),
  );
  if ('nodeId' in outcome) return outcome;
  throw outcome.refusal;
}

type Shown = Omit<EnrolRequest, 'csr' | 'identityKey'> & { csr: Buffer; identityKey: Buffer };

async function tryToEnrol(
  client: PoolClient,
  shown: Shown,
  caFingerprint: string,
  now: Date,
): Promise<Enrolled | { refusal: Error }> {
  const found = await client.query<Invite>(
    `SELECT i.id, i.node_id AS "nodeId", i.code_key AS "codeKey", i.wrong_codes AS "wrongCodes",
       i.expires_at AS "expiresAt", i.used_at AS "usedAt", i.withdrawn_at AS "withdrawnAt",
       n.name, n.shards, n.lanes, n.state::text AS state, n.csr
     FROM node_invite i JOIN node n ON n.id = i.node_id WHERE i.locator = $1 FOR UPDATE`,
    [shown.locator],
  );
  const invite = found.rows[0];
  const inLog = (nodeId: string | null, code: AttemptCode) =>
    recordRefusal(client, { nodeId, where: 'enrolment', code }, now);
  if (!invite) {
    await inLog(null, 'wrong_code');
    return { refusal: unknownCode() };
  }
  const refuse = async (code: AttemptCode, refusal: Error, facts: Record<string, string | number> = {}) => {
    await recordAttempt(client, invite.nodeId, code, facts);
    await inLog(invite.nodeId, code);
    return { refusal };
  };
  if (invite.wrongCodes >= MAX_WRONG_CODES) return refuse('too_many_codes', unknownCode());
  if (!provesCode(Buffer.from(shown.proof, 'hex'), invite.codeKey, shown.csr, shown.identityKey)) {
    await client.query('UPDATE node_invite SET wrong_codes = wrong_codes + 1 WHERE id = $1', [invite.id]);
    const left = MAX_WRONG_CODES - invite.wrongCodes - 1;
    return refuse(left === 0 ? 'too_many_codes' : 'wrong_code', unknownCode(), { left });
  }
  // From here on it is somebody who holds the code: told what is wrong with it.
  if (invite.withdrawnAt) return refuse('invite_withdrawn', gone('was withdrawn'));
  if (invite.usedAt) {
    // The reply may have been lost: the very same request again is no second use.
    if (invite.csr?.equals(shown.csr)) return enrolled(invite);
    return refuse('invite_used', gone('was used before'));
  }
  if (invite.expiresAt <= now) return refuse('invite_expired', gone('has expired'));
  const skewMs = Math.abs(shown.clockMs - now.getTime());
  if (skewMs > MAX_CLOCK_SKEW_MS) {
    const why = `The clocks differ by ${Math.round(skewMs / 1000)} s. Set this machine's clock, then try again.`;
    return refuse('clock_skew', new InvalidRequestError(why, { code: 'clock_skew' }), { skewMs });
  }
  const signed = verifyEnrolment(
    shown.csr,
    caFingerprint,
    shown.signature,
    publicKeyFromRaw(shown.identityKey),
  );
  if (!signed || !(await readRequest(shown.csr))) {
    const why = 'The certificate request is not valid, or not signed by the keys that it is for.';
    return refuse('bad_request', new InvalidRequestError(why, { code: 'bad_request' }));
  }
  return take(client, invite, shown, now);
}

async function take(client: PoolClient, invite: Invite, shown: Shown, now: Date): Promise<Enrolled> {
  const { nodeId } = invite;
  const moved = await client.query(
    `UPDATE node SET state = 'pending', csr = $2, identity_key = $3, enrolled_at = $4, enrolled_build = $5
     WHERE id = $1 AND state = 'invited'`,
    [nodeId, shown.csr, shown.identityKey, now, shown.build],
  );
  if (moved.rowCount === 0) throw new ConflictError('This node is enrolled already.', { code: 'node_state' });
  await client.query('UPDATE node_invite SET used_at = $2 WHERE id = $1', [invite.id, now]);
  await client.query(
    `INSERT INTO node_transition (id, node_id, "from", "to", at) VALUES ($1, $2, 'invited', 'pending', $3)`,
    [randomUUID(), nodeId, now],
  );
  const at = { v: 1, atMs: now.getTime() } as const;
  const moves = { from: 'invited', to: 'pending', by: null, reasonId: null } as const;
  await appendLeaf(client, { ...at, type: 'node.transition', nodeId, ...moves }, nodeId);
  const identityKey = shown.identityKey.toString('hex');
  await appendLeaf(client, { ...at, type: 'node.pinned', nodeId, identityKey }, nodeId);
  await client.query('SELECT pg_notify($1, $2)', [NODES_CHANNEL, nodeId]);
  return enrolled(invite);
}

const enrolled = ({ nodeId, name, shards, lanes }: Invite): Enrolled => ({ nodeId, name, shards, lanes });

function unknownCode(): Error {
  return new ForbiddenError('This code is not one that works. Check it, or ask for a new invite.', {
    code: 'wrong_code',
  });
}

function gone(what: string): Error {
  return new ForbiddenError(`This invite ${what}. Ask for a new one.`, { code: 'invite_gone' });
}
